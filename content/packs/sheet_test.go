package packs_test

import (
	"strings"

	"summitquiz/content"
	"summitquiz/content/language"
)

// spoken returns the facts that quote someone.
func spoken(p *content.Pack) []*content.Fact {
	var out []*content.Fact
	for _, f := range p.Facts {
		if words(f) != (language.Text{}) {
			out = append(out, f)
		}
	}
	return out
}

// words is the quotation of a fact, or nothing.
func words(f *content.Fact) language.Text {
	for i := range f.Relation.Fields {
		if f.Relation.Fields[i].Type == content.QuoteValue {
			return f.Values[i][0].Words.Text
		}
	}
	return language.Text{}
}

func whole(n int64) content.Value {
	return content.Value{Type: content.IntegerValue, Amount: language.Amount{Number: language.Whole(n)}}
}

// sheet lists the facts of the fact sheet.
var sheet = strings.Fields(`lee-office xi-office summit-participants summit-first summit-place summit-date summit-occasion-apec
	apec-expansion xi-visit-country xi-visit-gap-11y coop-emphasis coop-region mou-count mou-signatories mou-purpose mou-abbrev
	gifts-after-talks gifts-mood lee-positive-assessment exchanges-parties lee-quote-hope lee-hope-communication lee-hope-conditions
	lee-hope-dialogue xi-responds xi-values-relations xi-policy-consistency xi-deepen-communication talks-focus wi-office
	us-most-important us-view-shared-by us-view-attribution lee-asks-china-role swap-renewed swap-parties swap-context
	swap-amount-krw swap-amount-usd swap-duration mou-trade-topic mou-trade-purpose mou-fraud-topic mou-fraud-targets
	mou-described-count issues-listed issue-hanwha sanctions-imposer sanctions-target issue-steel structures-material
	structures-place issue-cultural wi-hanwha-productive wi-hanwha-condition tension-parties wi-hanwha-attribution
	resolve-by-communication gift-date gift-phones gift-phones-count gift-phones-brand phones-screens-origin phones-screens-said-by
	gift-four-treasures four-treasures-number lee-joke-line xi-backdoor-reply xi-reply-via-interpreter gift-go-board
	go-board-material gift-lacquer-tray tray-material tray-decoration xi-praise xi-praise-occasion both-love-go peng-wife-of-xi
	gift-teapot-peng teapot-handle teapot-cups gift-creams-peng xi-cosmetics-question lee-laughed kim-first-lady gift-kim-tea-set
	wi-full-restoration restoration-of-ties restoration-means`)

// notAsked are the facts of the sheet that README.md explains.
var notAsked = []string{"swap-context", "four-treasures-number"}
