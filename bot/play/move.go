package play

import (
	"context"
	"errors"
	"slices"

	"summitquiz/bot"
	"summitquiz/bot/phrase"
	"summitquiz/content/language"
	"summitquiz/quiz/game"
)

// move is what a person does in a game. It may return a Notice instead.
type move func(l *live) (game.Event, error)

// simpleMove is a move whose outcome is told by codes alone.
type simpleMove func(r *bot.Request, l *live, at moment) game.Event

// moment is when a simple move is made.
type moment struct {
	question int  // that it is meant for
	left     bool // the starter is known to be gone
}

func hint(r *bot.Request, _ *live, at moment) game.Event {
	return game.Hint{Member: game.Member(r.Member.ID), Question: at.question}
}

func skip(r *bot.Request, l *live, at moment) game.Event {
	return game.SkipVote{Member: game.Member(r.Member.ID), Question: at.question, May: mayGoOn(r, l, at)}
}

func pause(r *bot.Request, l *live, _ moment) game.Event {
	return game.Pause{Member: game.Member(r.Member.ID), May: may(r, l)}
}

func resume(r *bot.Request, l *live, at moment) game.Event {
	return game.Resume{Member: game.Member(r.Member.ID), May: mayGoOn(r, l, at)}
}

func stop(r *bot.Request, l *live, at moment) game.Event {
	return game.Stop{Member: game.Member(r.Member.ID), May: mayGoOn(r, l, at)}
}

// may reports whether a person decides alone in a game: they started it, administer the space, or are
// the host of a chat that nobody administers.
func may(r *bot.Request, l *live) bool {
	return r.Role >= bot.ChatAdmin || r.Input.From.Host || l.state.Settings.Starter == game.Member(r.Member.ID)
}

// mayGoOn reports whether a person decides alone how a game goes on: also who plays, while whoever
// started it is away.
func mayGoOn(r *bot.Request, l *live, at moment) bool {
	return may(r, l) || l.state.MayGoOn(game.Member(r.Member.ID), at.left, r.Now)
}

// moveHere is a command that makes a move in the game that is running here.
func (f *Feature) moveHere(done phrase.ID, m simpleMove) bot.Handler {
	return func(ctx context.Context, r *bot.Request) (bot.Reply, error) {
		id, err := f.here(ctx, r)
		if err != nil {
			return bot.Reply{}, err
		}
		return f.simple(ctx, r, id, -1, m, done)
	}
}

// pressMove is a button that makes a move: it is meant for the question it stands under.
func (f *Feature) pressMove(done phrase.ID, m simpleMove) bot.Handler {
	return func(ctx context.Context, r *bot.Request) (bot.Reply, error) {
		return f.simple(ctx, r, bot.SessionID(r.Arg(0)), r.Index(1), m, done)
	}
}

// simple makes a move and says what came of it. A negative n means the current question.
func (f *Feature) simple(ctx context.Context, r *bot.Request, id bot.SessionID, n int, m simpleMove, done phrase.ID) (bot.Reply, error) {
	left, err := f.starterLeft(ctx, r, id)
	if err != nil {
		return bot.Reply{}, err
	}
	out, err := f.games.move(ctx, r, id, func(l *live) (game.Event, error) {
		if n < 0 {
			return m(r, l, moment{l.state.Current(), left}), nil
		}
		return m(r, l, moment{n, left}), nil
	})
	switch {
	case err != nil:
		return bot.Reply{}, err
	case len(out.tells) > 0:
		return told(r, out), nil
	case !out.game.alone() && done != phrase.SkipDone && announced(r):
		reply := r.Reply(done)
		reply.Said = true
		return reply, nil
	default:
		return r.Reply(done), nil
	}
}

// starterLeft reports whether whoever started a game is known to have left its chat.
func (f *Feature) starterLeft(ctx context.Context, r *bot.Request, id bot.SessionID) (bool, error) {
	var starter bot.MemberID
	err := f.games.on(ctx, id, func(l *live) error {
		if l != nil {
			starter = bot.MemberID(l.state.Settings.Starter)
		}
		return nil
	})
	if err != nil || starter == 0 || starter == r.Member.ID {
		return false, err
	}
	return f.games.host.HasLeft(ctx, r.Chat, starter), nil
}

// announced reports whether what a request did is said to the whole chat in a new post.
func announced(r *bot.Request) bool {
	return slices.ContainsFunc(r.Change.Sends, func(s bot.Send) bool {
		return s.Op == bot.New && s.To == 0 && (s.Slot.Part == sayPart || s.Slot.Part == endPart)
	})
}

// here returns the running game of this person in this chat, or a Notice. It is read from the
// store every time: another process may have started or ended one.
func (f *Feature) here(ctx context.Context, r *bot.Request) (bot.SessionID, error) {
	s, err := f.store.LiveAt(ctx, Kind, r.Chat.ID, r.Member.ID)
	if bot.IsNone(err) {
		return 0, bot.Refuse(phrase.NoGame)
	}
	return s.ID, err
}

// errTickFirst means that a game has to be told the time first. That is a change of its own: what
// a person does may have been done before, and then nothing of it is written.
var errTickFirst = errors.New("the game has to be told the time first")

// move makes a move in a game and returns what came of it, durable. It returns a Notice when the
// game is not running, and what m returns. Also a refusal is written with a fence, so that it is
// only said if the game was as this copy has it.
func (g *games) move(ctx context.Context, r *bot.Request, id bot.SessionID, m move) (outcome, error) {
	ticked, owner := false, ""
	for try := range tryLimit {
		at, wait, out, err := g.moveOnce(ctx, r, id, m, ticked)
		if errors.Is(err, errTickFirst) {
			if err := g.tick(ctx, id); err != nil {
				return outcome{}, err
			}
			ticked = true
			continue
		}
		var refusal *bot.Notice
		if wait == nil || err != nil && !errors.As(err, &refusal) {
			if at != nil {
				g.cache.drop(at)
			}
			return outcome{}, err
		}
		written := g.finish(ctx, at, r.Change, wait)
		if errors.Is(written, bot.ErrConflict) {
			owner = at.owner()
			r.Reset()
			backOff(ctx, try)
			continue
		}
		if written != nil {
			return outcome{}, written
		}
		r.Saved = true
		return out, err
	}
	return outcome{}, g.contention(id, owner)
}

// moveOnce makes a move on the copy that is at hand and queues what follows. A Notice of m is
// returned with the wait for its fence; at is not nil where the copy may differ from the store.
func (g *games) moveOnce(ctx context.Context, r *bot.Request, id bot.SessionID, m move, ticked bool) (
	at *live, wait func(context.Context) error, out outcome, err error) {
	err = g.on(ctx, id, func(l *live) error {
		if l == nil || l.session.Chat != r.Chat.ID {
			return bot.Refuse(phrase.GameOver)
		}
		if until := l.state.Until; !ticked && !until.IsZero() && !r.Now.Before(until) {
			return errTickFirst
		}
		event, refusal := m(l)
		if refusal != nil {
			var n *bot.Notice
			if errors.As(refusal, &n) {
				at = l
				r.Reset()
				r.Change.Fence, r.Change.After = l.fence(), l.last
				wait = g.host.Queue(r.Change)
			}
			return refusal
		}
		at = l
		l.names[r.Member.ID] = r.Member.Name
		var err error
		if out, err = g.play(l, r.Change, event, r.Input.ID); err != nil {
			return err
		}
		out.game = l.snapshot()
		complete(r)
		wait = g.host.Queue(r.Change)
		return nil
	})
	return at, wait, out, err
}

// complete fills in what only the request knows of the person's answers.
func complete(r *bot.Request) {
	for i := range r.Change.Answers {
		if a := &r.Change.Answers[i]; a.Member == r.Member.ID {
			a.Day = bot.DayOf(a.At, r.Zone())
			a.Text = language.Cut(r.Input.Typed(), bot.MaxTyped)
		}
	}
}

// told says what came of a move that changed nothing.
func told(r *bot.Request, out outcome) bot.Reply {
	code := out.tells[0].Code
	if code == game.VoteCounted {
		have, need := out.game.state.Votes()
		return r.Reply(phrase.VoteCounted, phrase.Count("have", have), phrase.Count("need", need))
	}
	return r.Reply(codes[code])
}

// codes are what a person is told by code.
var codes = map[game.Code]phrase.ID{
	game.TooLate: phrase.TooLate, game.TooEarly: phrase.NothingOpen, game.IsVoid: phrase.QuestionVoid,
	game.AlreadyAnswered: phrase.AlreadyAnswered, game.NoSuchOption: phrase.NoSuchOption, game.NotYourGame: phrase.NotYourGame,
	game.NotAllowed: phrase.StarterOnly, game.HintUsed: phrase.HintUsed, game.NoHint: phrase.NoHint, game.NotPlaying: phrase.NotPlaying,
	game.AlreadyVoted: phrase.AlreadyVoted, game.AlreadyPaused: phrase.AlreadyPaused, game.NotPaused: phrase.NotPaused,
	game.AlreadyNamed: phrase.NamedTwice,
}
