package pdf

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestLook holds what is shown of a page against what its operators draw. The page is 300 × 200 points; Helvetica's letters of "Ha" are
// 722 and 556 thousandths of its size wide.
func TestLook(t *testing.T) {
	const ha = 12.8 // (722 + 556) × 10 / 1000
	tests := map[string]struct {
		content string
		words   []Word
		rules   [][4]float64
	}{
		"upright": {"BT /F1 10 Tf 20 150 Td (Ha) Tj ET", []Word{{X: 20, Y: 50, Length: ha, Size: 10, Text: "Ha"}}, nil},
		"upwards": {"BT /F1 10 Tf 0 1 -1 0 20 150 Tm (Ha) Tj ET", []Word{{X: 20, Y: 50, Length: ha, Size: 10, Turn: 3, Text: "Ha"}}, nil},
		"downwards": {"BT /F1 10 Tf 0 -1 1 0 20 150 Tm (Ha) Tj ET",
			[]Word{{X: 20, Y: 50, Length: ha, Size: 10, Turn: 1, Text: "Ha"}}, nil},
		"upside down": {"BT /F1 10 Tf -1 0 0 -1 120 150 Tm (Ha) Tj ET",
			[]Word{{X: 120, Y: 50, Length: ha, Size: 10, Turn: 2, Text: "Ha"}}, nil},
		"a line in two pieces": {"20 100 m 80 100 l S 80 100 m 140 100 l S 20 20 m 20 100 l S", nil,
			[][4]float64{{20, 100, 140, 100}, {20, 100, 20, 180}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, pages, err := Look(page(tt.content), Limits{})
			if err != nil {
				t.Fatal(err)
			}
			want := []Page{{Number: 1, Width: 300, Height: 200, Words: tt.words, Rules: tt.rules}}
			if diff := cmp.Diff(want, pages); diff != "" {
				t.Errorf("page (-want +got):\n%s", diff)
			}
		})
	}
}

// TestLookReadsLikeRead: to be watched changes nothing in what is read.
func TestLookReadsLikeRead(t *testing.T) {
	files, err := filepath.Glob("testdata/*.pdf")
	if err != nil || len(files) == 0 {
		t.Fatal("no test files", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		want, err := Read(data, Limits{})
		if err != nil {
			t.Fatal(err)
		}
		got, _, err := Look(data, Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-read +looked):\n%s", file, diff)
		}
	}
}
