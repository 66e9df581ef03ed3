package bot

import (
	"context"
	"fmt"
	"strings"

	"summitquiz/content"
)

// What an operator does with packs at the machine is what owners do in a chat, written with the
// same audit; member 0 is the operator. A hall need not run for it, and one that runs on the
// same database sees it within two seconds.

// Version returns the version of a pack that a label, a hash or the first eight or more
// characters of a hash name; ErrNone if there is none.
func (h *Hall) Version(ctx context.Context, pack content.PackID, name string) (PackRow, error) {
	rows, err := h.store.Versions(ctx, pack)
	if err != nil {
		return PackRow{}, fmt.Errorf("versions of %s: %w", pack, err)
	}
	for _, r := range rows {
		if Label(r) == name || r.Hash == name || len(name) >= 8 && strings.HasPrefix(r.Hash, name) {
			return r, nil
		}
	}
	return PackRow{}, fmt.Errorf("version %q of %s: %w", name, pack, ErrNone)
}

// Read returns a version of a pack, loaded.
func (h *Hall) Read(ctx context.Context, r PackRow) (*content.Pack, error) {
	v, err := h.shelf.version(ctx, r.Pack, r.Hash)
	if err != nil {
		return nil, err
	}
	return v.Pack, nil
}

// RollBack makes a version of a pack the active one.
func (h *Hall) RollBack(ctx context.Context, r PackRow) error {
	c := &Change{At: h.now()}
	c.rollBack(r, 0)
	if err := h.write(ctx, c); err != nil {
		return fmt.Errorf("roll back %s: %w", r.Pack, err)
	}
	return nil
}

// Switch switches a pack off for everybody, or on again where a space has not switched it off.
func (h *Hall) Switch(ctx context.Context, pack content.PackID, off bool) error {
	c := &Change{At: h.now()}
	c.switchPack(0, pack, off, 0)
	if err := h.write(ctx, c); err != nil {
		return fmt.Errorf("switch %s: %w", pack, err)
	}
	return nil
}

func (c *Change) rollBack(r PackRow, by MemberID) {
	c.Activate = []Activation{{r.Pack, r.Hash}}
	c.Audit = append(c.Audit, Audit{Space: r.Space, Member: by, Action: "pack-rollback", Detail: string(r.Pack) + " " + Label(r) + " " + r.Hash, At: c.At})
}

func (c *Change) switchPack(space SpaceID, pack content.PackID, off bool, by MemberID) {
	c.Off = []PackOff{{Space: space, Pack: pack, Off: off}}
	c.Audit = append(c.Audit, Audit{Space: space, Member: by, Action: either(off, "pack-disable", "pack-enable"), Detail: string(pack), At: c.At})
}
