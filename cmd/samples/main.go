package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
)

const usage = `usage: samples office [--seed N] --out DIR
       samples scale [--units N] [--rows N] [--weeks N] [--pdf N] [--seed N] --out DIR
       samples levels [--seed N] --out DIR
       samples blank --out DIR`

func main() {
	if err := command(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "samples:", err)
		os.Exit(2)
	}
}

// command runs one of the commands.
func command(args []string) error {
	if len(args) == 0 {
		return errors.New(usage)
	}
	switch args[0] {
	case "office":
		return officeCommand(args[1:])
	case "scale":
		return scaleCommand(args[1:])
	case "levels":
		return levelsCommand(args[1:])
	case "blank":
		return blankCommand(args[1:])
	}
	return fmt.Errorf("unknown command %q\n%s", args[0], usage)
}

func officeCommand(args []string) error {
	flags := flag.NewFlagSet("office", flag.ContinueOnError)
	seed := flags.Uint64("seed", 20, "decides every story")
	out := flags.String("out", "", "folder to write, emptied of earlier returns first")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *out == "" {
		return errors.New("office: --out is missing")
	}
	o, err := newOffice(*seed)
	if err != nil {
		return err
	}
	if err := clear(*out); err != nil {
		return err
	}
	return o.write(*out)
}

// clear removes the returns of an earlier making.
func clear(dir string) error {
	return errors.Join(os.RemoveAll(dir+"/inbox"), os.RemoveAll(dir+"/history"))
}
