package reader

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"path"
	"strings"
)

// Bounds of what an archive may unpack to: a zip of some kilobytes can hold gigabytes.
const (
	maxUnpacked = 256 << 20
	maxEntries  = 100000
)

// openArchive reads an Excel workbook or an Anki package.
func openArchive(kind Format, data []byte, opt Options) (*File, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, refuse("the archive is broken: %v", err)
	}
	if len(z.File) > maxEntries {
		return nil, refuse("the archive holds more than %d entries", maxEntries)
	}
	what := map[Format]string{Sheet: "Excel workbook", AnkiPack: "Anki package"}[kind]
	f := &File{Format: kind, Encoding: string(kind), Why: "it is an archive with what an " + what + " holds"}
	if kind == AnkiPack {
		return f, f.openAnkiPack(z, opt)
	}
	var total uint64
	for _, e := range z.File {
		total += e.UncompressedSize64
	}
	if total > maxUnpacked {
		return nil, refuse("the workbook unpacks to more than %d MiB", maxUnpacked>>20)
	}
	return f, f.openSheet(data, opt)
}

// entry returns the bytes of an entry of an archive.
func entry(z *zip.Reader, name string) ([]byte, error) {
	for _, e := range z.File {
		if strings.ToLower(path.Clean(e.Name)) != name { // as sniffZip has it
			continue
		}
		r, err := e.Open()
		if err != nil {
			return nil, refuse("the entry %s cannot be read: %v", name, err)
		}
		defer r.Close()
		data, err := readLimited(r)
		if err != nil {
			return nil, fmt.Errorf("the entry %s: %w", name, err)
		}
		return data, nil
	}
	return nil, nil
}

func readLimited(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxUnpacked+1))
	if err != nil {
		return nil, refuse("it breaks off or is damaged: %v", err)
	}
	if len(data) > maxUnpacked {
		return nil, refuse("it unpacks to more than %d MiB", maxUnpacked>>20)
	}
	return data, nil
}
