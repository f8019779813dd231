package main

import (
	"os"
	"path/filepath"
	"strconv"

	"github.com/spf13/cobra"

	"tiendo/pipeline"
	"tiendo/pipeline/progress"
)

func newPlan(c *console) *cobra.Command {
	cmd := c.command("plan", "plan", cobra.NoArgs, func(cmd *cobra.Command, _ []string) error { return cmd.Help() })
	cmd.AddCommand(
		c.command("import", "plan_import", cobra.NoArgs, func(cmd *cobra.Command, _ []string) error {
			return c.withDesk(cmd.Context(), func(d pipeline.Desk) error {
				d, err := pipeline.WithRegisters(cmd.Context(), d)
				if err != nil {
					return err
				}
				units, plan := d.Units, d.Plan
				defer c.tellFindings(d.Warnings)
				isNew, err := d.Ledger.SavePlan(cmd.Context(), plan, d.Now())
				if err != nil {
					return err
				}
				if !isNew {
					c.say("plan.known", "name", plan.Name, "version", plan.Version)
					return nil
				}
				positions := 0
				for _, t := range plan.Tasks {
					positions += len(t.Leads)
				}
				c.say("plan.imported", "name", plan.Name, "version", plan.Version, "tasks", strconv.Itoa(len(plan.Tasks)),
					"positions", strconv.Itoa(positions), "units", strconv.Itoa(len(units.Reporting(progress.DateOf(d.Now().In(d.Office.Zone))))))
				return nil
			})
		}),
		c.jsonFlag(c.command("diff [OLD]", "plan_diff", cobra.MaximumNArgs(1), func(cmd *cobra.Command, args []string) error {
			office, err := c.loadOffice()
			if err != nil {
				return err
			}
			return c.withLook(cmd.Context(), office, func(d pipeline.Desk) error {
				old, err := c.planBefore(cmd, d, args)
				if err != nil {
					return err
				}
				changes, err := pipeline.DiffPlan(cmd.Context(), d, old)
				if err != nil {
					return err
				}
				if c.json {
					return c.printJSON(changes)
				}
				if len(changes) == 0 {
					c.say("plan.same")
				}
				for _, x := range changes {
					if x.Field == "milestone" { // whose percents are figures, and no words of the plan
						x.From, x.To = c.words.Figure(x.From), c.words.Figure(x.To)
					}
					c.say("plan."+x.Kind, "code", x.Code, "field", c.words.Say("plan.field."+x.Field), "from", orDash(x.From), "to", orDash(x.To), "title", shorten(x.Title, 80))
				}
				return nil
			})
		})),
	)
	return cmd
}

// planBefore is the plan to compare with: the file named, else the version imported last.
func (c *console) planBefore(cmd *cobra.Command, d pipeline.Desk, args []string) (progress.Plan, error) {
	if len(args) == 1 {
		if _, err := os.Stat(args[0]); err != nil {
			return progress.Plan{}, usageError{[]string{c.words.Say("error.no_file", "file", args[0])}}
		}
		if len(d.Office.Plans) > 1 { // one file is not the version before of several plans
			return progress.Plan{}, usageError{[]string{c.words.Say("error.several_plans")}}
		}
		_, plan, _, err := pipeline.ReadRegisters(cmd.Context(), d.Readers, d.Office.UnitsFile, []pipeline.PlanFile{{Path: filepath.Clean(args[0])}})
		return plan, err
	}
	if d.Ledger == nil {
		return progress.Plan{}, usageError{[]string{c.words.Say("error.no_plan")}}
	}
	versions, err := d.Ledger.PlanVersions(cmd.Context())
	if err != nil {
		return progress.Plan{}, err
	}
	if len(versions) == 0 {
		return progress.Plan{}, usageError{[]string{c.words.Say("error.no_plan")}}
	}
	return d.Ledger.Plan(cmd.Context(), versions[len(versions)-1].SHA256)
}
