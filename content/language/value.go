package language

// Decimal is the exact number Coef × 10^Exp. Numbers are never floating point: equal packs
// must give equal bytes on every machine. The zero Decimal is 0. Coef holds at most 18
// significant digits; readers report longer numbers as unreadable.
type Decimal struct {
	Coef int64
	Exp  int32
}

// Unit is a currency or a unit of measure. Units are compared by pointer: UnitNamed returns
// the same *Unit for the same code.
type Unit struct {
	Code     string  // ISO 4217 code in upper case, or a unit code such as "km2", "year", "percent", "cent"
	Currency bool    // money, not measure
	Base     string  // the measure it converts to exactly, mostly the code of a unit: "month" for "year"; its own code if none
	Factor   Decimal // how much of Base one of this unit is; 1 for a base unit
	Offset   Decimal // how much of Base zero of this unit is: of °C and °F

	index int // place in the table of units
}

// Amount is a number with an optional unit, as a fact states it: integer, ordinal, quantity,
// money and duration are all amounts.
type Amount struct {
	Number Decimal
	Unit   *Unit // nil: a bare number
	// LastDigit is the decimal exponent of the last digit that the source wrote: 12 for
	// "70 trillion", 8 for "48.9 billion", 0 for "7". It says how precise the value is.
	LastDigit int32
}

// Date is a calendar date with precision. Month 0 means that only the year is known, Day 0
// that only year and month are. The zero Date is no date.
type Date struct {
	Year  int16 // proleptic Gregorian; negative is BCE
	Month int8  // 1..12, or 0
	Day   int8  // 1..31, or 0
}

// Gender is the grammatical gender of a name, as Arabic needs it.
type Gender uint8

// The genders. A name of which nothing is said is masculine.
const (
	Masculine Gender = iota
	Feminine
)
