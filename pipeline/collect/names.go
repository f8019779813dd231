package collect

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// types are the endings of files that may be returns, and of those that units send in place of returns, which the
// reader refuses with a word on what to send.
var types = []string{
	".xlsx", ".xlsm", ".xls", ".xlsb", ".ods",
	".pdf",
	".docx", ".docm", ".doc", ".odt", ".rtf",
	".csv", ".tsv", ".txt",
	".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".gif", ".heic",
	".zip", ".rar", ".7z",
}

var (
	// Excel saves under eight hexadecimal digits without an ending, deletes the original, then renames (KB 814068).
	excelTemp = regexp.MustCompile(`^[0-9A-Fa-f]{8}$`)
	partial   = regexp.MustCompile(`(?i)(\.(tmp|temp|part|partial|filepart|crdownload|download)|~)$`)
)

// systemNames are what file systems and programs of the desktop put into folders, in lower case.
var systemNames = []string{
	".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini", "$recycle.bin", "system volume information", "@eadir",
	"lost+found",
}

// nameRule names the rule by which an entry is no return, whatever it holds; empty where there is none.
func nameRule(p string, isDir bool) string {
	name := path.Base(p)
	lower := strings.ToLower(name)
	switch {
	case p == SentinelName:
		return "sentinel"
	case isOwnerFile(name):
		return "lock_file"
	case slices.Contains(systemNames, lower), strings.HasPrefix(name, "._"):
		return "system_file"
	case strings.Contains(lower, ".sync-conflict-"):
		return "sync_conflict"
	case !isDir && excelTemp.MatchString(name):
		return "excel_temp"
	case !isDir && partial.MatchString(name), strings.HasPrefix(name, "~WRL"):
		return "temp_file"
	case strings.HasPrefix(name, "."):
		return "hidden"
	case !isDir && !slices.Contains(types, path.Ext(lower)):
		return "unknown_type"
	}
	return ""
}

func isOwnerFile(name string) bool {
	return strings.HasPrefix(name, "~$") || strings.HasPrefix(name, ".~lock.") && strings.HasSuffix(name, "#")
}

// Shown is a path as people and logs may see it: NFC, and characters that break lines, command terminals or turn the
// direction of writing are spelled out, as are bytes that are not text. It is for reading only; files are opened by
// the bytes that the share lists.
func Shown(p string) string {
	var b strings.Builder
	for len(p) > 0 {
		r, n := utf8.DecodeRuneInString(p)
		switch {
		case r == utf8.RuneError && n == 1:
			fmt.Fprintf(&b, `\x%02x`, p[0])
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
		p = p[n:]
	}
	return norm.NFC.String(b.String())
}

// nameTwins notes paths that look the same: composed and decomposed accents look alike to everybody, upper and lower
// case are one to Windows, which shows only one of the two.
func nameTwins(items []Item) {
	alike := map[string][]int{}
	for i, item := range items {
		key := strings.ToLower(norm.NFC.String(item.Path))
		alike[key] = append(alike[key], i)
	}
	for _, group := range alike {
		for _, i := range group {
			for _, j := range group {
				if i != j {
					items[i].Twins = append(items[i].Twins, items[j].Path)
				}
			}
		}
	}
}
