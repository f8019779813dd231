package container

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"testing"
)

// written is a container with a sheet that says content, as it is read by another program.
func written(t *testing.T, content string, fill Fill) (map[string]string, error) {
	t.Helper()
	var out bytes.Buffer
	c := New(&out)
	c.Fill("sheet.xml", fill)
	for _, part := range [][2]string{{"sheet.xml", content}, {"b.xml", "b"}, {"a.xml", "a"}} {
		w, err := c.Create(part[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, part[1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.Close(); err != nil {
		return nil, err
	}
	z, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	parts, order := map[string]string{}, ""
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = string(data)
		order += f.Name + " "
	}
	if order != "a.xml b.xml sheet.xml " {
		t.Errorf("the parts stand as %s", order)
	}
	return parts, nil
}

func TestFill(t *testing.T) {
	parts, err := written(t, "<sheetData>1</sheetData>end", func(out io.Writer) error {
		_, err := io.WriteString(out, "2")
		return err
	})
	if err != nil || parts["sheet.xml"] != "<sheetData>12</sheetData>end" || parts["a.xml"] != "a" || parts["b.xml"] != "b" {
		t.Errorf("%q, %v", parts, err)
	}
	if _, err := written(t, "no rows", func(io.Writer) error { return nil }); err == nil {
		t.Error("a sheet without rows was filled")
	}
	broken := errors.New("broken")
	if _, err := written(t, "<sheetData></sheetData>", func(io.Writer) error { return broken }); !errors.Is(err, broken) {
		t.Errorf("a fill that fails: %v", err)
	}
}
