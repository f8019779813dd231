package progress

import (
	"slices"
	"testing"
)

func TestMentioned(t *testing.T) {
	units := NewUnits([]Unit{
		{Code: "so-y-te", Name: "Sở Y tế", Aliases: []string{"SYT"}},
		{Code: "cc-ds", Name: "Chi cục Dân số - Sở Y tế"},
		{Code: "vp", Name: "Văn phòng", Aliases: []string{"VP"}},
		{Code: "p1", Name: "Phòng Một", Aliases: []string{"Phòng Tổng hợp"}},
		{Code: "p2", Name: "Phòng Hai", Aliases: []string{"Phòng Tổng hợp"}},
	})
	for text, want := range map[string][]string{
		"Đề nghị SỞ Y TẾ và văn phòng xem xét": {"so-y-te", "vp"},
		"Kính gửi Chi cục Dân số – Sở Y tế":    {"cc-ds"}, // the department inside its name isn't meant
		"Chi cục Dân số - Sở Y tế; Sở Y tế":    {"cc-ds", "so-y-te"},
		"Sở Y tế, SYT":   {"so-y-te"},
		"VP":             nil, // two letters prove nothing in running text
		"Phòng Tổng hợp": {"p1", "p2"},
		"sở y tếch":      nil, // whole words only
		"":               nil,
		"Không có đơn vị nào được nêu ở đây cả.": nil,
	} {
		var got []string
		for _, u := range units.Mentioned(text) {
			got = append(got, u.Code)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}
