package generate

import (
	"summitquiz/content"
	"summitquiz/quiz"
)

// prior is how difficult an item is before anybody has answered it, in thousandths of a logit:
// by its kind, how much its wrong options resemble the key, where its fact stands in its
// source, and how long a number it asks for.
func (g *Generator) prior(it *quiz.Item) int {
	p := kindPrior[it.Kind]
	switch it.Fact.Prominence {
	case content.Headline:
		p -= 450
	case content.Lead:
		p -= 200
	default:
		p += 100
	}
	if it.Kind != quiz.TrueFalse {
		p += 80 * (len(it.Options) - 3) * min(len(it.Options), 1)
	}
	for i := range it.Options {
		if i != it.Key {
			p += originPrior[it.Options[i].Origin]
		}
	}
	if n := it.Value.Amount.Number.Norm(); n.Coef != 0 {
		p += 60 * min(digits(n.Coef)-1, 4)
	}
	if it.Value.Type == content.DateValue {
		p += 100 * (precision(it.Value.Date) - 1)
	}
	return max(-1500, min(1500, p))
}

var kindPrior = [quiz.KindCount]int{
	quiz.Choice: -150, quiz.TrueFalse: -700, quiz.Typed: 450, quiz.Cloze: 500, quiz.WhoSaid: -50,
	quiz.Number: 550, quiz.Date: 600, quiz.Order: 250, quiz.Match: 50,
	quiz.WhichNot: 150, quiz.OddOneOut: 200, quiz.Extreme: -50, quiz.Timeline: 150, quiz.TwoFacts: 50,
	quiz.Closest: 350, quiz.WhoAmI: 400, quiz.NameMany: 300,
}

// originPrior is what one wrong option adds: the nearer it is to the key, the harder the item.
var originPrior = [...]int{
	quiz.OriginDeclared: 40, quiz.OriginSibling: 20, quiz.OriginNear: 150, quiz.OriginKin: 70,
	quiz.OriginKind: -60, quiz.OriginNumber: 60,
}
