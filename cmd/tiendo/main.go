// Command tiendo judges the progress of a master plan from the returns of its units. This floor has the commands, the
// configuration, the scheduler and the exit statuses; it alone prints, reads the clock and the flags.
package main

import (
	"os"
	_ "time/tzdata" // offices' servers are often without a zone database
)

func main() { os.Exit(execute(os.Args[1:], os.Stdout, os.Stderr)) }
