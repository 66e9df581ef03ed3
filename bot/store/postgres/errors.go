package postgres

import (
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"summitquiz/bot"
)

// Errors of a database. Their texts tell an operator what to do.
var (
	ErrURL      = errors.New("the address of the database cannot be read: write DATABASE_URL=postgres://USER:PASSWORD@HOST:5432/DATABASE")
	ErrAway     = errors.New("the database does not answer: start PostgreSQL, or check the host and the port in DATABASE_URL")
	ErrPassword = errors.New("the database refuses the user: check the user and the password in DATABASE_URL, and pg_hba.conf on the server")
	ErrNoSuch   = errors.New("the server has no such database: make it with createdb, or check its name in DATABASE_URL")
	ErrRights   = errors.New("the user of DATABASE_URL may not do that: make them the owner of the database")
	ErrStandby  = errors.New("the database is a standby that takes no writes: put the primary server into DATABASE_URL")
	ErrReadOnly = errors.New("the database takes no writes: check default_transaction_read_only of the server, the database and the user")
	ErrForeign  = errors.New("the database belongs to another program: make one of its own for the bot")
	ErrEmpty    = errors.New("the database is empty: start the bot first, or set DATABASE_URL as the bot has it")
	ErrNewer    = errors.New("the database was written by a newer version of the program: run that version, or restore a backup")
	ErrTooOld   = errors.New("the server is too old: the bot needs PostgreSQL 14 or later")
	ErrEncoding = errors.New("the database keeps texts in another encoding than UTF-8: make one with createdb --encoding UTF8 --template template0")
	ErrFull     = errors.New("the disk of the database is full: make room, and writing goes on by itself")
	ErrCrowded  = errors.New("the server has no connection left: raise its max_connections, or run fewer replicas")
	ErrSlow     = errors.New("the database took too long: look at its load, and at what holds its locks")
	ErrCorrupt  = errors.New("the database is damaged: restore a backup")
)

// Codes of PostgreSQL's errors.
const (
	codeNoSuchDatabase  = "3D000"
	codeNoSuchColumn    = "42703"
	codeRights          = "42501"
	codeReadOnly        = "25006"
	codeDiskFull        = "53100"
	codeCrowded         = "53300"
	codeLockTimeout     = "55P03"
	codeCanceled        = "57014"
	codeIdleTooLong     = "25P03"
	codeSerialization   = "40001"
	codeDeadlock        = "40P01"
	classAuthorization  = "28"
	classConnection     = "08"
	classServerShutdown = "57P"
	classDamage         = "XX0"
)

// refused returns the error that the server answered with; nil if it did not answer.
func refused(err error) *pgconn.PgError {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e
	}
	return nil
}

// away reports whether err says that the database could not be asked, and may be a moment later: it
// is starting or ending, the connection broke, or another transaction stood in the way.
func away(err error) bool {
	if errors.Is(err, pgx.ErrNoRows) || errors.Is(err, errUnknown) {
		return false
	}
	if e := refused(err); e != nil {
		return e.Code[:3] == classServerShutdown || e.Code[:2] == classConnection ||
			slices.Contains([]string{codeCrowded, codeIdleTooLong, codeSerialization, codeDeadlock}, e.Code)
	}
	return broken(err)
}

// broken reports whether err says that no connection was made, or that it broke.
func broken(err error) bool {
	var connect *pgconn.ConnectError
	var network interface{ Timeout() bool }
	return errors.As(err, &connect) || errors.As(err, &network) || pgconn.SafeToRetry(err) || errors.Is(err, io.EOF) ||
		errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) || errors.Is(err, errUndecided)
}

// explained returns err with what an operator can do about it.
func explained(err error) error {
	if err == nil || errors.Is(err, pgx.ErrNoRows) {
		return err
	}
	if why := reason(err); why != nil && !errors.Is(err, why) {
		return fmt.Errorf("%w (%w)", why, err)
	}
	return err
}

func reason(err error) error {
	e := refused(err)
	if e == nil {
		if broken(err) {
			return ErrAway
		}
		return nil
	}
	switch {
	case e.Code[:2] == classAuthorization:
		return ErrPassword
	case e.Code == codeNoSuchDatabase:
		return ErrNoSuch
	case e.Code == codeRights:
		return ErrRights
	case e.Code == codeReadOnly:
		return ErrReadOnly
	case e.Code == codeDiskFull:
		return ErrFull
	case e.Code == codeCrowded:
		return ErrCrowded
	case e.Code == codeLockTimeout, e.Code == codeCanceled:
		return ErrSlow
	case e.Code[:3] == classServerShutdown, e.Code[:2] == classConnection, e.Code == codeIdleTooLong:
		return ErrAway
	case e.Code[:3] == classDamage && e.Code != "XX000":
		return ErrCorrupt
	}
	return nil
}

// unreadable is the error of a URL that cannot be read.
func unreadable(err error) error { return fmt.Errorf("%w (%w)", ErrURL, err) }

// one turns "no rows" into ErrNone.
func one(err error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return bot.ErrNone
	}
	return explained(err)
}

func milliseconds(d time.Duration) string { return strconv.FormatInt(d.Milliseconds(), 10) }
