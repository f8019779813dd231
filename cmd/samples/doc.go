// Command samples makes sample offices from a seed: the plan, the unit tree, the returns that units sent, and the
// truth of what a careful coordinator would conclude from them.
//
//	go run ./cmd/samples office --seed 20 --out samples/bo-tttt
//	go run ./cmd/samples scale --units 200 --rows 20 --weeks 1 --seed 1 --out DIR
//
// Stories come first. Each position (a task of one lead unit) is given a course over the weeks; from the course
// come both the rows of the files and truth.json. Nothing of the pipeline but its nouns (package progress) is used here,
// so the truth cannot inherit a mistake of the code that is tested against it.
//
// The office's returns of the current week are made by the programs that units use: openpyxl, python-docx, LibreOffice
// and Chromium. The scale offices and the plan are written in Go alone.
package main
