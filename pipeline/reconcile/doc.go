// Package reconcile judges what units sent. In come returns as they were read, the plan, the units and what the
// office remembers of earlier periods; out come whose return each file is, what each unit delivered, where each task
// of each unit stands, and every finding on the way.
//
// The package only thinks: it reads no file, no clock and no setting, and the order in which returns arrive in a
// slice changes nothing. [Identify] looks at one file, [Judge] at one period.
//
// Every check is a rule: one file named after its code and a case folder of the same name in testdata. To add one:
//
//  1. write rNN_what_it_checks.go with a variable of type rule, its check taking a [sent], delivery, match or claim;
//  2. add the variable to the list in rules.go, in the order of the codes;
//  3. put its sentences under finding.RNN and remedy.RNN in templates/wording/vi/rules.yaml and en/rules.yaml;
//  4. write at least one failing and one passing case in testdata/rNN_what_it_checks;
//  5. run the tests of this package: they tell what is missing.
package reconcile
