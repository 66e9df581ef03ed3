package reader

import (
	"archive/zip"
	"bytes"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
)

// signatures are the first bytes of files that are no text.
var signatures = []struct{ bytes, what string }{
	{"\x89PNG", "a PNG picture"}, {"\xFF\xD8\xFF", "a JPEG picture"}, {"GIF87a", "a GIF picture"}, {"GIF89a", "a GIF picture"},
	{"BM6", "a BMP picture"}, {"%PDF", "a PDF document"}, {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old Office file (.xls or .doc)"},
	{"\x1F\x8B", "a gzip archive"}, {"Rar!", "a RAR archive"}, {"7z\xBC\xAF\x27\x1C", "a 7z archive"}, {"BZh", "a bzip2 archive"}, {"\xFD7zXZ", "an xz archive"},
	{"\x28\xB5\x2F\xFD", "a zstd archive"}, {"ID3", "a sound file"}, {"OggS", "a sound file"}, {"\x7FELF", "a program"}, {"MZ\x90", "a program"},
	{"{\\rtf", "an RTF document"}, {"SQLite format 3\x00", "a SQLite database"},
}

// sniff recognises binary files by their content. kind is set for those that can be read, what
// for all that are no text.
func sniff(data []byte) (kind Format, what string) {
	if bytes.HasPrefix(data, []byte("PK\x03\x04")) || bytes.HasPrefix(data, []byte("PK\x05\x06")) {
		return sniffZip(data)
	}
	for _, s := range signatures {
		if bytes.HasPrefix(data, []byte(s.bytes)) {
			return "", s.what
		}
	}
	if len(data) > 12 && string(data[:4]) == "RIFF" && string(data[8:12]) == "WEBP" {
		return "", "a WebP picture"
	}
	if len(data) > 11 && string(data[4:8]) == "ftyp" {
		return "", "a video"
	}
	return "", ""
}

func sniffZip(data []byte) (Format, string) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return "", "a broken zip archive"
	}
	has := map[string]bool{}
	for i, f := range z.File {
		if i > 10000 {
			break
		}
		has[strings.ToLower(path.Clean(f.Name))] = true
	}
	switch {
	case has["xl/workbook.xml"]:
		return Sheet, "an Excel workbook"
	case slices.ContainsFunc(slices.Collect(maps.Keys(has)), func(name string) bool { return strings.HasPrefix(name, "collection.anki") }):
		return AnkiPack, "an Anki package"
	case has["xl/workbook.bin"]:
		return "", "a binary Excel workbook (.xlsb)"
	case has["word/document.xml"]:
		return "", "a Word document"
	case has["ppt/presentation.xml"]:
		return "", "a PowerPoint presentation"
	case has["content.xml"] && has["meta-inf/manifest.xml"]:
		return "", "an OpenDocument file (.ods or .odt)"
	}
	return "", "a zip archive"
}

// advice says what to do with a file that is no text.
func advice(what string) string {
	switch {
	case strings.Contains(what, "archive"):
		return ": unpack it and import the files in it one by one"
	case strings.Contains(what, ".xls"), strings.Contains(what, "OpenDocument"):
		return ": save it as .xlsx or CSV and import that"
	case strings.Contains(what, "document"), strings.Contains(what, "presentation"):
		return ": copy its questions into a table or a text file"
	case strings.Contains(what, "SQLite"):
		return ": export from Anki as .apkg or as plain text"
	}
	return ""
}

var page = regexp.MustCompile(`(?i)^\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)?(<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>])`)

// otherXML recognises XML by its declaration, or by a root that has a namespace.
var otherXML = regexp.MustCompile(`^\s*(?:<\?xml[^>]*\?>\s*(?:<!--[\s\S]*?-->\s*|<![^>]*>\s*)*<([A-Za-z][\w:.-]*)|<([A-Za-z][\w:.-]*)[^>]*\sxmlns)`)

func isPage(text string) bool { return page.MatchString(text[:min(len(text), 4096)]) }
