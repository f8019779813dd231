package main

import (
	"errors"
	"flag"
	"path/filepath"
)

// blankCommand writes the plan and the unit register with headings alone: what `tiendo init` gives a new office to fill in.
func blankCommand(args []string) error {
	flags := flag.NewFlagSet("blank", flag.ContinueOnError)
	out := flags.String("out", "", "folder to write")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *out == "" {
		return errors.New("blank: --out is missing")
	}
	plan, units := planSheet(nil), unitSheet(nil)
	plan.Title = []string{"KẾ HOẠCH …", "Phiên bản: 1 (hiệu lực từ ngày …)"}
	return errors.Join(
		put(filepath.Join(*out, "plan.xlsx"), plan.with(milestoneSheet(nil))),
		put(filepath.Join(*out, "units.xlsx"), units.writeXLSX),
	)
}
