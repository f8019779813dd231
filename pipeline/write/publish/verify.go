package publish

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"io/fs"
	"slices"
	"strings"
)

// Problem is a file of the folder that is not as it was published. Its sentence is in templates under "publish.problem.KIND".
type Problem struct {
	Kind     string `json:"kind"`               // one of those below
	Name     string `json:"name"`               // of the file
	Manifest string `json:"manifest,omitempty"` // the manifest that names it
}

// Kinds of problems.
const (
	Missing     = "missing"  // a manifest names it, and it is not there; of a manifest: a later one says that it corrects it
	Changed     = "changed"  // its bytes are not those that the manifest names
	Extra       = "extra"    // it has the name of an edition, and no manifest names it
	Leftover    = "leftover" // temporary file of an attempt that was broken off
	BadManifest = "manifest" // not a manifest, or that of another edition
	Lost        = "lost"     // a manifest that the ledger noted, and it is not there
	Altered     = "altered"  // a manifest that is not as the ledger noted it
	Unknown     = "unknown"  // a manifest of which the ledger has noted nothing
)

// Verify holds every manifest in dir against the files. Problems are sorted by name. Files that do not bear the name of an edition are
// none of its business.
func Verify(dir string) ([]Problem, error) {
	d, err := openDisk(dir)
	if err != nil {
		return nil, err
	}
	defer d.close()
	names, err := d.list()
	if err != nil {
		return nil, err
	}
	v := verifier{folder: d, named: map[string]bool{}}
	for _, name := range names {
		if namesManifest(name) {
			if err := v.manifest(name, names); err != nil {
				return nil, err
			}
		}
	}
	for _, name := range names {
		switch {
		case strings.HasPrefix(name, "."+prefix) && strings.HasSuffix(name, ".tmp"):
			v.add(Leftover, name, "")
		case strings.HasPrefix(name, prefix) && !v.named[name]:
			v.add(Extra, name, "")
		}
	}
	slices.SortFunc(v.problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Manifest, b.Manifest))
	})
	return v.problems, nil
}

// Manifests are the names of all manifests in dir, sorted.
func Manifests(dir string) ([]string, error) {
	d, err := openDisk(dir)
	if err != nil {
		return nil, err
	}
	defer d.close()
	names, err := d.list()
	return slices.DeleteFunc(names, func(name string) bool { return !namesManifest(name) }), err
}

func namesManifest(name string) bool {
	return strings.HasPrefix(name, prefix) && strings.HasSuffix(name, "."+manifestExtension)
}

// verifier gathers problems.
type verifier struct {
	folder   folder
	named    map[string]bool // manifests, and the files that they name
	problems []Problem
}

func (v *verifier) add(kind, name, manifest string) {
	v.problems = append(v.problems, Problem{Kind: kind, Name: name, Manifest: manifest})
}

// manifest holds one manifest against the files.
func (v *verifier) manifest(name string, names []string) error {
	v.named[name] = true
	data, err := read(v.folder, name)
	if err != nil {
		return err
	}
	m, ok := decode(data)
	if !ok || m.Name() != name {
		v.add(BadManifest, name, "")
		return nil
	}
	if m.Previous > 0 {
		if before := Name(m.Period, m.Previous, manifestExtension); !slices.Contains(names, before) {
			v.add(Missing, before, name)
		}
	}
	for _, want := range m.Files {
		v.named[want.Name] = true
		have, err := entryIn(v.folder, want.Name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			v.add(Missing, want.Name, name)
		case err != nil:
			return err
		case have != want:
			v.add(Changed, want.Name, name)
		}
	}
	return nil
}

// decode reads a manifest strictly: what it does not know, or would not have written so, is no manifest.
func decode(data []byte) (Manifest, bool) {
	var m Manifest
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&m); err != nil {
		return Manifest{}, false
	}
	again, err := m.encode()
	return m, err == nil && bytes.Equal(again, data)
}
