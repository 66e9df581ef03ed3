package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/alecthomas/kong"
)

// Exit codes.
const (
	exitClean    = 0
	exitProblems = 1 // a pack has problems, or the running bot is not well
	exitUsage    = 2 // the command cannot be understood, or a file cannot be used
)

// errProblems ends a command whose pack has problems, which have been printed.
var errProblems = errors.New("the pack has problems")

// commands is what the program can do. Field order is the order of --help.
type commands struct {
	Serve       serveCommand       `cmd:"" default:"withargs" help:"Start the bot with its web room (also without any command)."`
	Pack        packCommands       `cmd:"" help:"Check, preview, compare, exchange and load packs of facts."`
	OwnerLink   ownerLinkCommand   `cmd:"" help:"Print a link that makes a browser an owner."`
	Owners      ownersCommands     `cmd:"" help:"List and remove owners."`
	Deliveries  deliveriesCommand  `cmd:"" help:"List posts that wait, failed or are in doubt, and dailies that rest."`
	Backup      backupCommand      `cmd:"" help:"Copy the database, also while it is in use."`
	Restore     restoreCommand     `cmd:"" help:"Put a backup in the place of the database."`
	Copy        copyCommand        `cmd:"" help:"Copy everything from one database to another, such as to a server."`
	Migrate     migrateCommand     `cmd:"" help:"Bring the database to the version of this program."`
	Healthcheck healthcheckCommand `cmd:"" help:"Ask the running bot whether it is ready."`
	Status      statusCommand      `cmd:"" help:"Print which processes serve the database, and what waits."`
	Licences    licencesCommand    `cmd:"" help:"Print the licences of everything that this program contains."`
	Version     versionCommand     `cmd:"" help:"Print the version of this program."`
}

type packCommands struct {
	Lint     lintCommand     `cmd:"" help:"List every problem of a pack, each with its line."`
	Preview  previewCommand  `cmd:"" help:"Show the questions of a pack as players will see them."`
	Try      tryCommand      `cmd:"" help:"Type answers to a pack's questions, or grade a file of them."`
	Diff     diffCommand     `cmd:"" help:"Say what a new version of a pack changes."`
	Import   importCommand   `cmd:"" help:"Make a pack from questions of another program."`
	Export   exportCommand   `cmd:"" help:"Write the questions of a pack for another program."`
	Schema   schemaCommand   `cmd:"" help:"Print the JSON Schema of packs, for editors."`
	Load     loadCommand     `cmd:"" help:"Let everybody play a pack, or a new version of it."`
	List     listCommand     `cmd:"" help:"List the packs for everybody."`
	Versions versionsCommand `cmd:"" help:"List the versions of a pack."`
	Rollback rollbackCommand `cmd:"" help:"Go back to another version of a pack."`
	Enable   enableCommand   `cmd:"" help:"Let everybody play a pack again."`
	Disable  disableCommand  `cmd:"" help:"Take a pack out of play."`
}

// streams are where a command writes.
type streams struct {
	out, err io.Writer
}

// run does what args ask for and returns the exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	helped := false
	parser, err := kong.New(&commands{},
		kong.Name("summitquiz"),
		kong.Description("Fair questions from packs of facts, in Arabic, English, Korean and Chinese."),
		kong.Writers(stdout, stderr),
		kong.Exit(func(int) { helped = true }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(streams{stdout, stderr}))
	if err != nil {
		fmt.Fprintln(stderr, "summitquiz:", err)
		return exitUsage
	}
	command, err := parser.Parse(args)
	if helped { // --help has printed; whatever else the line lacks does not matter
		return exitClean
	}
	if err != nil {
		fmt.Fprintf(stderr, "summitquiz: %v\nSee %s\n", err, helpFor(args, err))
		return exitUsage
	}
	switch err := command.Run(); {
	case err == nil:
		return exitClean
	case errors.Is(err, errProblems), errors.Is(err, errUnwell):
		return exitProblems
	default:
		fmt.Fprintln(stderr, "summitquiz:", plainly(err))
		return exitUsage
	}
}

// helpFor names the help that fits a line that could not be understood. A line without a command
// is one of serve, also when it was meant for another.
func helpFor(args []string, err error) string {
	var parse *kong.ParseError
	if errors.As(err, &parse) && parse.Context != nil && parse.Context.Command() != "" {
		if node := parse.Context.Selected(); node != nil && (node.Name != "serve" || args[0] == "serve") {
			return node.FullPath() + " --help"
		}
	}
	return "summitquiz --help"
}

// plainly says an error of the file system as a person would.
func plainly(err error) string {
	var path *fs.PathError
	switch {
	case !errors.As(err, &path):
		return err.Error()
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Sprintf("there is no file %s: check the path", path.Path)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Sprintf("%s may not be opened: check its permissions", path.Path)
	default:
		return fmt.Sprintf("%s cannot be used: %v", path.Path, path.Err)
	}
}
