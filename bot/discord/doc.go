// Package discord brings the service to Discord: slash commands, buttons and forms in, messages
// out, on github.com/bwmarrin/discordgo for the gateway and a small client of its own for
// everything that is sent.
//
// It promises that every interaction is acknowledged within Discord's three seconds or left
// alone, whatever the database does; that it reaches the service once for each interaction id;
// that a post goes out once, also when a connection breaks after it was sent or the process
// dies; that no mention fires and no markup breaks out; that it stays below Discord's limits;
// and that no token stands in an error or a log line. It refuses to read messages: the only
// intent is GUILDS.
//
// The traps of discordgo v0.29.0 are cured here and not spread further: wire.go stands between
// the library and the network, so that invalid sessions, reconnects, close codes and silent
// sockets are seen before the library acts on them; session.go owns reconnecting; interaction.go
// decodes interactions from the raw event; client.go sends, with limits of its own.
package discord
