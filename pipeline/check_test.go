package pipeline

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tiendo/pipeline/write/publish"
)

// The ledger is the witness: an edition whose manifest was written anew to agree with changed files, one that is gone as a whole, and
// one of which the ledger knows nothing are all told.
func TestVerifyHoldsManifestsAgainstTheLedger(t *testing.T) {
	s := openSample(t)
	d := s.desk
	d.Office.Reports = t.TempDir()
	if err := os.CopyFS(d.Office.Reports, os.DirFS(s.desk.Office.Reports)); err != nil {
		t.Fatal(err)
	}
	in := func(name string) string { return filepath.Join(d.Office.Reports, name) }
	read := func(name string) []byte {
		t.Helper()
		data, err := os.ReadFile(in(name))
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	write := func(name string, data []byte) {
		t.Helper()
		if err := os.WriteFile(in(name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	sum := func(data []byte) []byte {
		h := sha256.Sum256(data)
		return []byte(hex.EncodeToString(h[:]))
	}
	verify := func(want ...publish.Problem) {
		t.Helper()
		v, err := Verify(context.Background(), d)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(append([]publish.Problem{}, want...), v.Problems); diff != "" {
			t.Errorf("problems (-want +got):\n%s", diff)
		}
	}
	verify()

	pdf := read("TongHop_2025-W18_r1.pdf")
	forged := bytes.Clone(pdf)
	forged[len(forged)/2] ^= 1 // the length stays
	write("TongHop_2025-W18_r1.pdf", forged)
	write("TongHop_2025-W18_r1.manifest.json", bytes.Replace(read("TongHop_2025-W18_r1.manifest.json"), sum(pdf), sum(forged), 1))
	for _, extension := range []string{"pdf", "xlsx", "manifest.json"} {
		if err := os.Remove(in("TongHop_2025-W17_r1." + extension)); err != nil {
			t.Fatal(err)
		}
	}
	stranger := publish.Manifest{Period: "2024-W01", Revision: 1, Version: "1"}
	empty := []byte("{\n  \"period\": \"2024-W01\",\n  \"revision\": 1,\n  \"version\": \"1\",\n  \"input\": \"\",\n  \"files\": null\n}\n")
	write(stranger.Name(), empty)
	verify(
		publish.Problem{Kind: publish.Lost, Name: "TongHop_2025-W17_r1.manifest.json"},
		publish.Problem{Kind: publish.Altered, Name: "TongHop_2025-W18_r1.manifest.json"},
		publish.Problem{Kind: publish.Unknown, Name: "TongHop_2024-W01_r1.manifest.json"},
	)
}
