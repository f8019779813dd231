package main

import (
	"context"
	"fmt"
	"time"

	"github.com/go-co-op/gocron/v2"
	"github.com/google/uuid"
	"github.com/jonboulle/clockwork"
	"github.com/spf13/cobra"

	"tiendo/pipeline"
)

// wake is how often the scheduler asks what is due. The scheduler is an alarm clock and remembers nothing: the ledger
// and the calendar say what there is to do, so that nothing is missed over a restart and nothing done twice.
const wake = time.Minute

func newServe(c *console) *cobra.Command {
	return c.command("serve", "serve", cobra.NoArgs, func(cmd *cobra.Command, _ []string) error {
		return c.withDesk(cmd.Context(), func(d pipeline.Desk) error {
			c.say("serve.started", "pull", d.Office.Pull.String(), "zone", d.Office.Zone.String())
			err := serve(cmd.Context(), d, clockwork.NewRealClock(), c.tellServing(d.Office.Zone),
				func(closed pipeline.Closed) { c.tellAfterwards(closed); c.tellClosed(closed, false, 0) },
				func(ctx context.Context, d pipeline.Desk) error { _, err := c.sendAnswers(ctx, d); return err })
			c.say("serve.stopped")
			return err
		})
	})
}

// tellServing tells how the work of serve ended: a failure when it begins, and once an hour while it lasts; then that it is over.
func (c *console) tellServing(zone *time.Location) func(error) {
	var failing bool
	var told string
	return func(err error) {
		now := c.now().In(zone)
		at := now.Format("15:04 02/01/2006")
		switch {
		case err != nil:
			what := c.sentence(err)
			if tell := now.Format("2006010215") + what; tell != told {
				told = tell
				fmt.Fprintln(c.err, c.words.Say("serve.failed", "at", at, "what", what))
			}
		case failing:
			told = ""
			fmt.Fprintln(c.err, c.words.Say("serve.recovered", "at", at))
		}
		failing = err != nil
	}
}

// serve works until ctx ends: at once and at every wake it does what is due, and tells how that ended. What failed is tried again at the
// next wake. When ctx ends, the work under way is told to stop and is waited for.
func serve(ctx context.Context, d pipeline.Desk, clock clockwork.Clock, ended func(error), closed func(pipeline.Closed),
	send func(context.Context, pipeline.Desk) error) error {
	d.Now, d.Tell = clock.Now, nil
	scheduler, err := gocron.NewScheduler(gocron.WithClock(clock), gocron.WithLocation(d.Office.Zone), gocron.WithStopTimeout(time.Minute))
	if err != nil {
		return err
	}
	_, err = scheduler.NewJob(
		gocron.DurationJob(wake),
		gocron.NewTask(func() {
			if err := workDue(ctx, d, closed, send); ctx.Err() == nil {
				ended(err)
			}
		}),
		gocron.WithSingletonMode(gocron.LimitModeReschedule),
		gocron.WithStartAt(gocron.WithStartImmediately()),
		// Without a listener gocron lets a panic of a task end the process.
		gocron.WithEventListeners(gocron.AfterJobRunsWithPanic(func(_ uuid.UUID, _ string, what any) {
			ended(fmt.Errorf("panic: %v", what))
		})),
	)
	if err != nil {
		return err
	}
	scheduler.Start()
	<-ctx.Done()
	return scheduler.Shutdown()
}

// workDue does what is due now: the nightly pull, the revisions that late returns call for, then every closed period that is not
// published, in order; at last the mail that waits.
func workDue(ctx context.Context, d pipeline.Desk, closed func(pipeline.Closed), send func(context.Context, pipeline.Desk) error) error {
	periods, err := pipeline.WhatIsDue(ctx, d)
	if err != nil {
		return err
	}
	pull, err := pipeline.PullIsDue(ctx, d)
	if err != nil {
		return err
	}
	if !pull && len(periods) == 0 {
		return nil
	}
	// Read at every work: the coordinator may have changed the plan since the last one.
	if d, err = pipeline.WithRegisters(ctx, d); err != nil {
		return err
	}
	if err := pipeline.Pull(ctx, d, false); err != nil {
		return err
	}
	revisions, err := pipeline.WhatIsToRevise(ctx, d)
	if err != nil {
		return err
	}
	for _, p := range append(revisions, periods...) {
		result, err := pipeline.Close(ctx, d, p)
		if err != nil {
			return fmt.Errorf("%s: %w", p.ID, err)
		}
		closed(result)
	}
	return send(ctx, d)
}
