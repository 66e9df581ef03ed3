// Command compose checks a compose file with the parser of Docker Compose, and that it keeps what the bot needs to
// be safe on the open internet. It prints what the file says.
//
//	go run -C tools ./compose ../docker-compose.yml
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: compose FILE")
		os.Exit(2)
	}
	if err := check(context.Background(), os.Stdout, os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "compose:", err)
		os.Exit(1)
	}
}

// check reads a compose file as Docker Compose does, with no variables set.
func check(ctx context.Context, w io.Writer, file string) error {
	options, err := cli.NewProjectOptions([]string{file}, cli.WithName("summitquiz"), cli.WithWorkingDirectory(filepath.Dir(file)))
	if err != nil {
		return err
	}
	project, err := options.LoadProject(ctx)
	if err != nil {
		return err
	}
	bot, err := project.GetService("bot")
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "%s: read only %v, memory %d MiB, %d processes, stops within %s\n", file, bot.ReadOnly, bot.MemLimit>>20, bot.PidsLimit, bot.StopGracePeriod)
	return errors.Join(safe(&bot)...)
}

// safe returns what makes a service unsafe.
func safe(bot *types.ServiceConfig) []error {
	var wrong []error
	need := func(ok bool, text string) {
		if !ok {
			wrong = append(wrong, errors.New(text))
		}
	}
	need(bot.ReadOnly, "the disk of the image can be written: read_only: true")
	need(bot.MemLimit > 0, "there is no mem_limit")
	need(bot.PidsLimit > 0, "there is no pids_limit")
	need(len(bot.CapDrop) == 1 && bot.CapDrop[0] == "ALL", "it keeps capabilities: cap_drop: [ALL]")
	need(len(bot.SecurityOpt) == 1 && bot.SecurityOpt[0] == "no-new-privileges:true", "it may gain privileges: security_opt: [no-new-privileges:true]")
	need(!bot.Privileged && bot.NetworkMode == "", "it shares the network of the machine, or is privileged")
	for _, port := range bot.Ports {
		need(port.HostIP == "127.0.0.1", "port "+port.Published+" is open to the world")
	}
	return wrong
}
