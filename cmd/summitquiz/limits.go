package main

import (
	"summitquiz/bot"
	"summitquiz/bot/web"
)

// boundsOf are the bounds of the service, of the values of LIMITS.
func boundsOf(limits map[string]int) bot.Bounds {
	return bot.Bounds{
		Games: limits["games"], AddressGames: limits["address-games"], ProcessGames: limits["process-games"], GameMemory: limits["game-memory"],
		Drafts: limits["drafts"], Dailies: limits["dailies"],
		ItemReports: limits["item-reports"], Reports: limits["reports"], Uploads: limits["uploads"], CheckMemory: limits["check-memory"],
	}
}

// webBounds are those of the web room.
func webBounds(limits map[string]int) web.Bounds {
	return web.Bounds{
		Lobbies: limits["lobbies"], Members: limits["lobby-members"], Tabs: limits["tabs"], Streams: limits["streams"], Pages: limits["pages"],
		Made: limits["new-lobbies"], Uploads: limits["uploads"], Rate: float64(limits["rate"]), Burst: limits["burst"],
	}
}
