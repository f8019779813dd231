// Package synthesize adds up. In comes where every task of every unit stands, now and in earlier periods; out comes
// the synthesis: each figure and each line that will be printed. All arithmetic of the house is here and nothing else is:
// no judging, no wording, no reading, no clock.
//
// [Sum] makes the synthesis, [Check] adds it up again another way. What Check finds is a fault of the program, and nothing is
// published then.
package synthesize
