package bot

import (
	"cmp"
	"math"
	"runtime/debug"
)

// Bounds are what one person, one address or the whole process may hold at a time, so that there is
// room for all. Zero fields: the usual ones.
type Bounds struct {
	Games        int // running, that one person started
	AddressGames int // running, that were started from one address, where the platform knows it
	ProcessGames int // running, that were started in this process
	GameMemory   int // MiB of games in memory; others are read from the store when they are needed
	Drafts       int // of packs that one person uploaded and has not decided about
	Dailies      int // of their own that one person has
	ItemReports  int // of one person about one question, within a day
	Reports      int // of one person, within a day
	Uploads      int // files that are read and checked at once, of all people together
	CheckMemory  int // MiB that checking one file may take; 0: half of the process's memory limit, where one is set
}

// The usual bounds.
const (
	MaxGames        = 3
	MaxAddressGames = 20
	MaxProcessGames = 5000
	MaxGameMemory   = 48
	MaxDrafts       = 5
	MaxDailies      = 5
	MaxItemReports  = 3
	MaxReports      = 30
	MaxUploads      = 2
)

// checkMemory is half of the memory limit of this process (GOMEMLIMIT) in MiB; 0 where none is set.
func checkMemory() int {
	limit := debug.SetMemoryLimit(-1)
	if limit == math.MaxInt64 {
		return 0
	}
	return max(1, int(limit>>21))
}

// OrUsual returns the bounds with the usual ones in the place of zero.
func (b Bounds) OrUsual() Bounds {
	return Bounds{
		Games: cmp.Or(b.Games, MaxGames), AddressGames: cmp.Or(b.AddressGames, MaxAddressGames), ProcessGames: cmp.Or(b.ProcessGames, MaxProcessGames),
		GameMemory: cmp.Or(b.GameMemory, MaxGameMemory), Drafts: cmp.Or(b.Drafts, MaxDrafts),
		Dailies: cmp.Or(b.Dailies, MaxDailies), ItemReports: cmp.Or(b.ItemReports, MaxItemReports),
		Reports: cmp.Or(b.Reports, MaxReports), Uploads: cmp.Or(b.Uploads, MaxUploads), CheckMemory: cmp.Or(b.CheckMemory, checkMemory()),
	}
}
