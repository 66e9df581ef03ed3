// Package bot is the contract that the service, its features, the platforms and the stores
// share: ids, what comes in (Input), what goes out (Post, Reply), what is stored (Change, Store),
// and what a feature and a platform have to offer. It holds types and small pure functions.
//
// It promises that a value means the same on every side of a wall: keys are structs and never
// texts to take apart, times are UTC in whole microseconds, ids are ours and platform ids are
// attributes. It refuses behaviour: who handles what is decided in bot/service, what a command
// does in the feature that owns it, how a post looks on a platform in that platform's package.
package bot
