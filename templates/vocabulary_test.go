package templates_test

import (
	"testing"

	"tiendo/pipeline/progress"
	"tiendo/templates"
)

func TestVocabulary(t *testing.T) {
	v := templates.BuiltinVocabulary()
	for wording, want := range map[string]progress.Field{
		"STT": "no", "Số TT": "no", "MÃ NHIỆM VỤ (*)": "code", "Nhiệm vụ/giải pháp": "task", "Noi dung nhiem vu": "task",
		"Cơ quan, đơn vị chủ trì": "lead", "Phối hợp": "cooperating", "Thời hạn hoàn thành": "due", "Tỉ lệ (%)": "percent",
		"Tỉ lệ hoàn thành": "percent", "%": "percent", "Lí do chậm": "reason", "Đề xuất, kiến nghị": "proposal",
		"Khó khăn, vướng mắc": "difficulty", "Ghi chú": "note", "Deadline": "due",
	} {
		if got := v.Tasks.Fields[templates.Key(wording)]; got != want {
			t.Errorf("%q is a heading of %q, want %q", wording, got, want)
		}
	}
	for short, long := range map[string]string{"ĐV chủ trì": "don vi chu tri", "KQ TH": "ket qua thuc hien", "Tỷ lệ HT": "ti le hoan thanh"} {
		if got, ok := v.Tasks.Expanded(templates.Key(short)); !ok || got != long {
			t.Errorf("%q is written out as %q (%v), want %q", short, got, ok, long)
		}
	}
	if v.Tasks.Fields[templates.Key(" # ")] != "no" {
		t.Error("the sign # alone is no heading of numbers")
	}
	for word, is := range map[string]bool{"SỞ Y TẾ": true, "Uỷ ban": true, "Ủy ban": true, "Số NV": false, "Tính đến": false, "tỉnh A": true} {
		if v.UnitSpellings[templates.Spelling(word)] != is {
			t.Errorf("%q begins a unit: %v, want %v", word, !is, is)
		}
	}
	if v.Statuses[0].Key < " " || len(v.Statuses) < 50 || len(v.Claims) < 20 {
		t.Error("statuses or claims are missing")
	}
	seen := map[string]progress.Status{}
	for _, s := range v.Statuses {
		if other, ok := seen[s.Key]; ok && other != s.Status {
			t.Errorf("status wording %q stands under %s and %s", s.Key, other, s.Status)
		}
		seen[s.Key] = s.Status
	}
}

func TestHasWords(t *testing.T) {
	for _, c := range []struct {
		key, part string
		want      bool
	}{
		{"so ngay qua han", "qua han", true}, {"so ngay qua han", "so ngay", true}, {"so ngay qua han", "ngay", true}, {"so ngay qua han", "qua", true},
		{"so ngay qua han", "ay qua", false}, {"so ngay qua han", "qua ha", false}, {"quan han han", "han", true}, {"hanh han", "han", true}, {"hanh", "han", false},
		{"", "han", false}, {"han", "", false}, {"han", "han", true},
	} {
		if got := templates.HasWords(c.key, c.part); got != c.want {
			t.Errorf("%q has the words %q: %v", c.key, c.part, got)
		}
	}
}
