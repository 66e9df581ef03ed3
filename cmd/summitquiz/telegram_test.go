package main

import (
	"strings"
	"testing"
	"time"

	"summitquiz/bot/telegram/telegramtest"
	"summitquiz/content/language"
)

// awaitText waits until a private chat shows a text and returns the newest message with it.
func awaitText(t *testing.T, f *telegramtest.Telegram, u *telegramtest.User, text string) telegramtest.Message {
	t.Helper()
	late := time.After(60 * time.Second)
	for {
		changed := f.Changed()
		all := u.Messages()
		for i := len(all) - 1; i >= 0; i-- {
			if strings.Contains(language.StripIsolates(all[i].Text), text) {
				return all[i]
			}
		}
		select {
		case <-changed:
		case <-late:
			t.Fatalf("no message shows %q", text)
		}
	}
}

// TestAnAnswerOnTelegramIsNotLostWithTheProgram kills the program while a question is open. What
// the player presses meanwhile waits at Telegram and counts.
func TestAnAnswerOnTelegramIsNotLostWithTheProgram(t *testing.T) {
	f := telegramtest.New(t, telegramtest.Options{TCP: true})
	ada := f.NewUser("Ada", "en")
	chat := f.Private(ada)
	folder, env := t.TempDir(), []string{"TELEGRAM_TOKEN=" + f.Token, "TELEGRAM_API_URL=" + f.URL}
	first := begin(t, folder, freeAddress(t), env...)
	first.awaitReady(t)
	first.awaitConnected(t, "telegram")
	if !strings.Contains(first.said(), "Platforms   web, telegram") {
		t.Errorf("the greeting is:\n%s", first.said())
	}
	ada.Start("") // which is enough to be asked
	awaitText(t, f, ada, "Question 1 of 10")
	ada.Say(chat, "/stop")
	awaitText(t, f, ada, "Final scores")
	ada.Say(chat, "/quiz pack:gyeongju-summit-2025 questions:2 kind:who-said")
	q := awaitText(t, f, ada, "Question 1 of 2")
	ada.Click(chat, q, "Hint")
	q = awaitText(t, f, ada, "Hint:") // so the bot knows that it stands there
	first.kill()
	ada.Press(chat, q, q.Buttons()[0].Data)

	second := begin(t, folder, freeAddress(t), env...)
	second.awaitReady(t)
	second.awaitConnected(t, "telegram")
	awaitText(t, f, ada, "Question 2 of 2")
	reveal := awaitText(t, f, ada, "Question 1 of 2")
	if reveal.ID != q.ID || !strings.Contains(reveal.Text, "Answer:") {
		t.Errorf("the first question shows %q", reveal.Text)
	}
	asked := 0
	for _, m := range ada.Messages() {
		if strings.Contains(language.StripIsolates(m.Text), " of 2") && strings.HasPrefix(m.Text, "Question") {
			asked++
		}
	}
	if asked != 2 {
		t.Errorf("%d questions stand in the chat, want two", asked)
	}
	if err := second.stop(t); err != nil {
		t.Errorf("the program ended with %v", err)
	}
	for _, p := range []*process{first, second} {
		if strings.Contains(p.said(), f.Token) {
			t.Error("the token was printed")
		}
	}
}

// TestAWrongTokenOfTelegramIsSaidAtOnce holds that what cannot be a token ends the start, and that a
// token which Telegram refuses stops Telegram alone.
func TestAWrongTokenOfTelegramIsSaidAtOnce(t *testing.T) {
	f := telegramtest.New(t, telegramtest.Options{TCP: true})
	p := begin(t, t.TempDir(), freeAddress(t), "TELEGRAM_TOKEN=wrong-one", "TELEGRAM_API_URL="+f.URL)
	if err := p.wait(); err == nil || p.cmd.ProcessState.ExitCode() != exitUsage {
		t.Errorf("it ended with %v", err)
	}
	if !strings.Contains(p.said(), "TELEGRAM_TOKEN") || strings.Contains(p.said(), "wrong-one") {
		t.Errorf("it said:\n%s", p.said())
	}
	const token = "7012345678:AAHm3fake_token-of_somebody_else_tst"
	p = begin(t, t.TempDir(), freeAddress(t), "TELEGRAM_TOKEN="+token, "TELEGRAM_API_URL="+f.URL)
	p.awaitReady(t)
	p.refused(t, "telegram", "set TELEGRAM_TOKEN to the one that @BotFather shows", token)
}
