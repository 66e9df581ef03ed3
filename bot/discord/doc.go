// Package discord connects the service to Discord: it receives slash commands, buttons and forms, and
// sends messages. It uses github.com/bwmarrin/discordgo for the gateway and a small client of its own for
// everything that is sent.
//
// It promises that every interaction is acknowledged within Discord's three seconds or ignored, however
// slow the database is; that the service gets each interaction id once; that a post is sent once, even if
// the connection breaks after sending or the process dies; that no mention pings anybody and no markup in
// a text takes effect; that it stays below Discord's rate limits; and that no error or log line holds a
// token. It refuses to read messages: its only intent is GUILDS.
//
// The faults of discordgo v0.29.0 are contained in package gateway: wire.go stands between the library and
// the network and sees invalid sessions, reconnects, close codes and silent sockets before the library acts
// on them, and shard.go owns reconnecting. Here, interaction.go decodes interactions from the raw event, and
// client.go sends requests within its own rate limits.
package discord
