package phrase

import (
	"summitquiz/quiz"
	"summitquiz/quiz/generate"
	"summitquiz/quiz/grade"
)

// Mark is the word for a mark.
func Mark(m grade.Mark) ID { return ID("mark-" + m.String()) }

// Grade is the sentence that says why an answer got its mark.
func Grade(r grade.Reason) ID { return ID("grade-" + r.String()) }

// Missing is the sentence that says why a kind of question is not made.
func Missing(r generate.Reason) ID { return ID("missing-" + r.String()) }

// Kind is the name of a kind of question.
func Kind(k quiz.Kind) ID { return ID("kind-" + k.String()) }

// The labels around a question.
const (
	Answer      ID = "label-answer"
	Accepted    ID = "label-accepted"
	Why         ID = "label-why"
	WhyNot      ID = "label-why-not" // option: the label of an option
	Source      ID = "label-source"
	EvidenceIs  ID = "label-evidence"
	NotReviewed ID = "not-reviewed"
)
