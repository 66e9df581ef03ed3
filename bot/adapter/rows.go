package adapter

import (
	"slices"

	"summitquiz/content/language"
)

// Rows arranges buttons: each line becomes one or more rows of at most width buttons, and there are at
// most most rows. Platforms do not mirror rows, so those of a right-to-left language c are reversed.
func Rows[B any](c language.Code, lines [][]B, width, most int) [][]B {
	var rows [][]B
	for _, line := range lines {
		for row := range slices.Chunk(line, width) {
			row = slices.Clone(row)
			if c.RTL() {
				slices.Reverse(row)
			}
			rows = append(rows, row)
		}
	}
	return rows[:min(len(rows), most)]
}
