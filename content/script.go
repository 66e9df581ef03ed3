package content

import (
	"unicode"

	"go.yaml.in/yaml/v4"

	"summitquiz/content/language"
)

// prose reads a text that is a sentence or a title, and warns where it is not in the writing
// of its language: most likely it was copied and not yet translated. Names are not prose, as
// "APEC" is a name in any language.
func (r *textReader) prose(n *yaml.Node) language.Text {
	t := r.text(n)
	if n != nil {
		for _, c := range r.codes {
			r.checkScript(n, c, t[c])
		}
	}
	return t
}

// scripts are those of the product's own languages; of any other nothing is said.
var scripts = [language.Count][]*unicode.RangeTable{
	language.Arabic:  {unicode.Arabic},
	language.English: {unicode.Latin},
	language.Korean:  {unicode.Hangul},
	language.Chinese: {unicode.Han},
}

// checkScript looks at what stands outside placeholders; a few letters of another script are
// no sign of anything.
func (r *textReader) checkScript(n *yaml.Node, c language.Code, text string) {
	if scripts[c] == nil {
		return
	}
	const few = 4
	depth, foreign := 0, 0
	for _, u := range text {
		switch {
		case u == '{':
			depth++
		case u == '}':
			depth--
		case depth > 0 || !unicode.IsLetter(u):
		case unicode.In(u, scripts[c]...):
			return
		default:
			foreign++
		}
	}
	if foreign <= few || n.Kind == yaml.ScalarNode && len(r.codes) > 1 {
		return // one text for all languages is no translation
	}
	if v := at(n, c.String()); v != nil {
		n = v
	}
	r.warn(n, say("the text for %s is not written in its script", c), say("translate it"))
}
