package service

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"sync/atomic"
	"time"

	"summitquiz/bot"
)

// registry is what features registered.
type registry struct {
	features []bot.Feature
	commands bot.CommandList // in the order of help
	actions  map[string]bot.Action
	kinds    map[bot.Kind]bot.Feature
	owners   map[string]string // "command quiz" to the feature that has it

	texts      []bot.TextReader
	chats      []bot.ChatObserver
	openers    []bot.ChatOpener
	changes    []bot.ChangeObserver
	completers []bot.ChangeCompleter
	buttoners  []bot.ResultButtoner
	answers    []bot.AnswerShower
	patient    []bot.Kind
	caches     []bot.CacheOwner
	suggest    []bot.Suggester
	upload     bot.UploadReader
	link       bot.LinkReader

	spelling *regexp.Regexp // of commands that have two words
}

func newRegistry() registry {
	return registry{actions: map[string]bot.Action{}, kinds: map[bot.Kind]bot.Feature{}, owners: map[string]string{}}
}

// add adds commands and keeps the order of help.
func (r *registry) add(commands ...*bot.Command) {
	for _, c := range commands {
		r.owners["command /"+c.Name] = "the service"
	}
	r.commands = append(r.commands, commands...)
	r.spelling = spelling(r.commands)
	slices.SortStableFunc(r.commands, func(a, b *bot.Command) int { return cmp.Compare(a.Order, b.Order) })
}

// addFeature adds a feature, or nothing of it and an error for each thing that another one has.
func (r *registry) addFeature(f bot.Feature) error {
	claims := []string{"feature name " + f.Name()}
	for _, c := range f.Commands() {
		claims = append(claims, "command /"+c.Name)
	}
	for name := range f.Actions() {
		claims = append(claims, "button "+name)
	}
	for _, k := range f.Kinds() {
		claims = append(claims, fmt.Sprintf("kind %s", k))
	}
	if _, ok := f.(bot.UploadReader); ok {
		claims = append(claims, "uploads")
	}
	if _, ok := f.(bot.LinkReader); ok {
		claims = append(claims, "links")
	}
	if err := r.claim(f.Name(), claims); err != nil {
		return err
	}
	commands := f.Commands()
	r.add(commands...)
	for _, c := range commands {
		r.owners["command /"+c.Name] = "feature " + f.Name()
	}
	for name, a := range f.Actions() {
		r.actions[name] = a
	}
	for _, k := range f.Kinds() {
		r.kinds[k] = f
	}
	r.features = append(r.features, f)
	r.observe(f)
	return nil
}

// claim notes what a feature has, unless another one, or the feature itself, has it already.
func (r *registry) claim(name string, claims []string) error {
	var errs []error
	slices.Sort(claims)
	for i, what := range claims {
		if owner, taken := r.owners[what]; taken {
			errs = append(errs, fmt.Errorf("feature %s registers %s, which %s has: rename one of them", name, what, owner))
		} else if i > 0 && claims[i-1] == what {
			errs = append(errs, fmt.Errorf("feature %s registers %s twice: remove one of them", name, what))
		}
	}
	if spaces := fmt.Sprintf("kind %s", spaceKind); slices.Contains(claims, spaces) {
		errs = append(errs, fmt.Errorf("feature %s registers %s, which the service has: rename it", name, spaces))
	}
	if len(errs) > 0 {
		return errors.Join(errs...)
	}
	for _, what := range claims {
		r.owners[what] = "feature " + name
	}
	return nil
}

// observe notes which optional methods a feature has.
func (r *registry) observe(f bot.Feature) {
	if x, ok := f.(bot.TextReader); ok {
		r.texts = append(r.texts, x)
	}
	if x, ok := f.(bot.ChatObserver); ok {
		r.chats = append(r.chats, x)
	}
	if x, ok := f.(bot.ChatOpener); ok {
		r.openers = append(r.openers, x)
	}
	if x, ok := f.(bot.ChangeObserver); ok {
		r.changes = append(r.changes, x)
	}
	if x, ok := f.(bot.ChangeCompleter); ok {
		r.completers = append(r.completers, x)
	}
	if x, ok := f.(bot.ResultButtoner); ok {
		r.buttoners = append(r.buttoners, x)
	}
	if x, ok := f.(bot.AnswerShower); ok {
		r.answers = append(r.answers, x)
	}
	if x, ok := f.(bot.Patient); ok {
		r.patient = append(r.patient, x.PatientKinds()...)
	}
	if x, ok := f.(bot.CacheOwner); ok {
		r.caches = append(r.caches, x)
	}
	if x, ok := f.(bot.Suggester); ok {
		r.suggest = append(r.suggest, x)
	}
	if x, ok := f.(bot.UploadReader); ok {
		r.upload = x
	}
	if x, ok := f.(bot.LinkReader); ok {
		r.link = x
	}
}

// kindNames are the kinds of all features.
func (r *registry) kindNames() []bot.Kind {
	var out []bot.Kind
	for k := range r.kinds {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// lastRun is the number of the last service that was made in this process.
var lastRun atomic.Int64

// runNumber returns a number that is larger than those of all services made before it, in this
// process and in earlier ones on this machine.
func runNumber() int64 {
	for {
		last := lastRun.Load()
		next := max(last+1, time.Now().UnixMicro())
		if lastRun.CompareAndSwap(last, next) {
			return next
		}
	}
}
