package reconcile

import "testing"

func TestShortBoth(t *testing.T) {
	const long = "Phát triển hạ tầng cáp quang tới hộ gia đình ở vùng sâu, vùng xa thông qua Quỹ Dịch vụ viễn thông công ích"
	for name, c := range map[string]struct{ a, b, wantA, wantB string }{
		"short ones whole":           {"Lập kế  hoạch", "Lập đề án", "Lập kế hoạch", "Lập đề án"},
		"one goes on":                {long, long + ", ưu tiên các xã có trường học", "… viễn thông công ích", "… viễn thông công ích, ưu tiên các xã có trường học"},
		"they part beyond the quote": {long + " năm nay", long + " năm sau", "… công ích năm nay", "… công ích năm sau"},
		"the same":                   {long, long, "Phát triển hạ tầng cáp quang tới hộ gia đình ở vùng sâu, vùng xa thông qua Quỹ…", "Phát triển hạ tầng cáp quang tới hộ gia đình ở vùng sâu, vùng xa thông qua Quỹ…"},
	} {
		t.Run(name, func(t *testing.T) {
			a, b := shortBoth(c.a, c.b)
			if a != c.wantA || b != c.wantB {
				t.Errorf("%q, %q; want %q, %q", a, b, c.wantA, c.wantB)
			}
		})
	}
}
