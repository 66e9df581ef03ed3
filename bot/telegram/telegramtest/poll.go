package telegramtest

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Poll is a native poll. A forwarded poll is the same poll.
type Poll struct {
	ID          string
	Question    string
	Options     []string
	Counts      []int // of votes, by option
	Voters      int
	Quiz        bool
	Anonymous   bool
	Multiple    bool
	Revoting    bool
	Correct     []int // options that are right; only of a quiz
	Explanation string
	Period      time.Duration // for how long it is open; 0: until it is stopped
	Closes      time.Time     // zero: when it is stopped
	Closed      bool
	Votes       map[int64][]int // what people and chats chose, by their ids

	chat *chatState // where the bot sent it
	hint []Entity
}

// copy returns a copy for a test, with the state at a time.
func (p *Poll) copy(now time.Time) *Poll {
	out := *p
	out.Counts, out.Votes, out.Closed = slices.Clone(p.Counts), maps.Clone(p.Votes), p.over(now)
	return &out
}

// over reports whether the poll is closed.
func (p *Poll) over(now time.Time) bool {
	return p.Closed || !p.Closes.IsZero() && !now.Before(p.Closes)
}

// object is a poll as the API returns it.
func (p *Poll) object(now time.Time) map[string]any {
	options := []any{}
	for i, text := range p.Options {
		options = append(options, map[string]any{"persistent_id": persistent(i), "text": text, "voter_count": p.Counts[i]})
	}
	out := map[string]any{"id": p.ID, "question": p.Question, "options": options, "total_voter_count": p.Voters, "is_closed": p.over(now),
		"is_anonymous": p.Anonymous,
		"type":         "regular", "allows_multiple_answers": p.Multiple, "allows_revoting": p.Revoting, "members_only": false}
	if p.Quiz {
		out["type"], out["correct_option_ids"] = "quiz", p.Correct
		if len(p.Correct) == 1 {
			out["correct_option_id"] = p.Correct[0]
		}
	}
	if p.Explanation != "" {
		out["explanation"] = p.Explanation
		if len(p.hint) > 0 {
			out["explanation_entities"] = p.hint
		}
	}
	if p.Period > 0 {
		out["open_period"] = int(p.Period.Seconds())
	}
	if !p.Closes.IsZero() {
		out["close_date"] = p.Closes.Unix()
	}
	return out
}

func persistent(option int) string { return fmt.Sprint("o", option) }

// The limits of polls; texts in UTF-16 code units.
const (
	questionLimit    = 300
	optionLimit      = 100
	optionsLimit     = 12
	explanationLimit = 200
	explanationLines = 2 // line feeds
	shortestPoll     = 5 * time.Second
	longestPoll      = 2_628_000 * time.Second
)

func (f *Telegram) sendPoll(c *call) reply {
	r, m, bad := f.compose(c, "polls")
	if bad != nil {
		return *bad
	}
	p := &Poll{ID: fmt.Sprint(5_192_000_000_000_000_000 + 7919*f.count()), Anonymous: c.params["is_anonymous"] == "" || c.yes("is_anonymous"),
		Quiz: c.params["type"] == "quiz", Multiple: c.yes("allows_multiple_answers"), Votes: map[int64][]int{}, chat: r}
	p.Revoting = !p.Quiz
	if c.params["allows_revoting"] != "" {
		p.Revoting = c.yes("allows_revoting")
	}
	if bad := f.wording(c, p); bad != nil {
		return *bad
	}
	if bad := f.solution(c, p); bad != nil {
		return *bad
	}
	if bad := f.period(c, p); bad != nil {
		return *bad
	}
	if r.kind == "channel" && !p.Anonymous {
		return *f.bad(c, "non-anonymous polls can't be sent to channel chats")
	}
	p.Closed = c.yes("is_closed")
	m.Poll, m.Text = p, p.Question
	f.polls[p.ID] = p
	return ok(f.object(f.addMessage(r, m), true))
}

// wording reads the question and the options. The caller holds f.mu.
func (f *Telegram) wording(c *call, p *Poll) *reply {
	var entities []Entity
	var bad *reply
	if p.Question, entities, bad = f.text(c, "question", "question_parse_mode"); bad != nil {
		return bad
	}
	switch {
	case p.Question == "":
		return f.bad(c, "poll question must be non-empty")
	case units(p.Question) > questionLimit:
		return f.bad(c, "poll question length must not exceed 300")
	case slices.ContainsFunc(entities, func(e Entity) bool { return e.Type != "custom_emoji" }):
		f.complain("sendPoll: only emoji are allowed in a question: %q", c.params["question"])
	}
	var options []json.RawMessage
	if !c.object("options", &options) || options == nil {
		return f.bad(c, "can't parse options JSON object")
	}
	if len(options) < 1 {
		return f.bad(c, "poll must have at least 1 answer options")
	}
	if len(options) > optionsLimit {
		return f.bad(c, "poll can't have more than 12 options")
	}
	for _, raw := range options {
		var o struct {
			Text string `json:"text"`
		}
		if json.Unmarshal(raw, &o.Text) != nil && json.Unmarshal(raw, &o) != nil {
			return f.bad(c, "can't parse options JSON object")
		}
		o.Text = clean(o.Text)
		if o.Text == "" {
			return f.bad(c, "poll options must be non-empty")
		}
		if units(o.Text) > optionLimit {
			return f.bad(c, "poll options length must not exceed 100")
		}
		p.Options = append(p.Options, o.Text)
	}
	p.Counts = make([]int, len(p.Options))
	return nil
}

// solution reads the right option and the explanation. The caller holds f.mu.
func (f *Telegram) solution(c *call, p *Poll) *reply {
	if !p.Quiz {
		for _, field := range []string{"correct_option_ids", "correct_option_id", "explanation"} {
			if c.params[field] != "" {
				f.complain("sendPoll: %s is for quizzes", field)
			}
		}
		return nil
	}
	if !c.object("correct_option_ids", &p.Correct) {
		return f.bad(c, "can't parse correct option identifiers")
	}
	if one := c.params["correct_option_id"]; one != "" && p.Correct == nil { // the name before Bot API 9.6
		n, err := strconv.Atoi(one)
		if err != nil {
			return f.bad(c, "wrong correct option ID specified")
		}
		p.Correct = []int{n}
	}
	if len(p.Correct) == 0 || !slices.IsSorted(p.Correct) || len(slices.Compact(slices.Clone(p.Correct))) != len(p.Correct) ||
		p.Correct[0] < 0 || p.Correct[len(p.Correct)-1] >= len(p.Options) {
		return f.bad(c, "wrong correct option ID specified")
	}
	var bad *reply
	if p.Explanation, p.hint, bad = f.text(c, "explanation", "explanation_parse_mode"); bad != nil {
		return bad
	}
	if units(p.Explanation) > explanationLimit || strings.Count(p.Explanation, "\n") > explanationLines {
		return f.bad(c, "quiz explanation is too long")
	}
	return nil
}

// period reads how long the poll is open. The caller holds f.mu.
func (f *Telegram) period(c *call, p *Poll) *reply {
	now := f.o.Now()
	switch {
	case c.params["open_period"] != "" && c.params["close_date"] != "":
		return f.bad(c, "open_period and close_date can't be used together")
	case c.params["open_period"] != "":
		p.Period = time.Duration(c.number("open_period")) * time.Second
		p.Closes = now.Add(p.Period)
	case c.params["close_date"] != "":
		p.Closes = time.Unix(c.number("close_date"), 0)
	default:
		return nil
	}
	if open := p.Closes.Sub(now.Truncate(time.Second)); open < shortestPoll || open > longestPoll { // close_date has whole seconds
		return f.bad(c, "poll close date is out of range")
	}
	return nil
}

func (f *Telegram) stopPoll(c *call) reply {
	m, bad := f.own(c, "message with poll to stop not found", "poll can't be stopped")
	switch {
	case bad != nil:
		return *bad
	case m.Poll == nil:
		return *f.bad(c, "message is not a poll")
	case m.Poll.Closed:
		return refusal(http.StatusBadRequest, "poll has already been closed")
	}
	next := &Message{}
	if bad := f.markup(c, next, false); bad != nil {
		return *bad
	}
	m.Rows = next.Rows
	m.Poll.Closed = true
	f.wake()
	f.tell("poll", m.Poll.object(f.o.Now()))
	return ok(m.Poll.object(f.o.Now()))
}

// Vote chooses options of a poll, or retracts the vote, and reports whether it counts: a closed poll takes no
// votes, and a quiz keeps the first vote.
func (u *User) Vote(c *Chat, m Message, options ...int) bool {
	f := u.f
	f.mu.Lock()
	defer f.mu.Unlock()
	p := f.polls[m.pollID()]
	if p == nil {
		f.t.Errorf("%s votes in message %d, which has no poll", u.Name, m.ID)
		return false
	}
	voter := u.ID
	if u.as != nil {
		voter = u.as.id
	} else {
		f.join(c.r, u)
	}
	before, voted := p.Votes[voter]
	if p.over(f.now()) || voted && !p.Revoting || !voted && len(options) == 0 || len(options) > 1 && !p.Multiple {
		return false
	}
	for _, o := range before {
		p.Counts[o]--
	}
	for _, o := range options {
		p.Counts[o]++
	}
	p.Votes[voter] = slices.Clone(options)
	if len(options) == 0 {
		delete(p.Votes, voter)
	}
	p.Voters = len(p.Votes)
	f.wake()
	if !p.chat.hears() {
		return true
	}
	if !p.Anonymous {
		f.tell("poll_answer", f.vote(u, p, options))
	}
	waits := func(w waiting) bool { return w.kind == "poll" && strings.Contains(string(w.raw), `"id":"`+p.ID+`"`) }
	if !slices.ContainsFunc(f.queue.waiting, waits) { // counts are told now and then, not at each vote
		f.tell("poll", p.object(f.now()))
	}
	return true
}

// vote is the update of a vote.
func (f *Telegram) vote(u *User, p *Poll, options []int) map[string]any {
	ids, kept := []int{}, []string{}
	for _, o := range options {
		ids, kept = append(ids, o), append(kept, persistent(o))
	}
	out := map[string]any{"poll_id": p.ID, "option_ids": ids, "option_persistent_ids": kept, "user": u.object()}
	if u.as != nil {
		out["voter_chat"] = u.as.object()
		out["user"] = (&User{ID: channelBot, Name: "Channel", Username: "Channel_Bot", bot: true}).object() // for bots that know no voter_chat
	}
	return out
}

// Choose votes for the option with a text, or fails the test.
func (u *User) Choose(c *Chat, m Message, option string) bool {
	u.f.t.Helper()
	if m.Poll != nil {
		if i := slices.Index(m.Poll.Options, option); i >= 0 {
			return u.Vote(c, m, i)
		}
	}
	u.f.t.Fatalf("%s sees no option %q in %q", u.Name, option, m.Text)
	return false
}

// Lapse closes a poll as if its time were over. Telegram may or may not send an update.
func (c *Chat) Lapse(m Message, tell bool) {
	f := c.f
	f.mu.Lock()
	defer f.mu.Unlock()
	p := f.polls[m.pollID()]
	p.Closed = true
	f.wake()
	if tell {
		f.tell("poll", p.object(f.now()))
	}
}
