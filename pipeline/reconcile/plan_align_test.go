package reconcile

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tiendo/pipeline/progress"
)

// planWith makes a plan of pairs: code, title.
func planWith(pairs ...string) progress.Plan {
	var p progress.Plan
	for i := 0; i+1 < len(pairs); i += 2 {
		p.Tasks = append(p.Tasks, progress.Task{Code: pairs[i], Title: pairs[i+1]})
	}
	return p
}

func ids(p progress.Plan) []string {
	out := make([]string, len(p.Tasks))
	for i, t := range p.Tasks {
		out[i] = t.ID
	}
	return out
}

func TestInherit(t *testing.T) {
	first := Inherit(progress.Plan{}, planWith(
		"1", "Ban hành kế hoạch tuyên truyền về chuyển đổi số",
		"2", "Xây dựng cơ sở dữ liệu đất đai giai đoạn 1",
		"3", "Xây dựng cơ sở dữ liệu đất đai giai đoạn 2",
		"4", "Đào tạo kỹ năng số cho cán bộ cấp xã",
	))
	tests := map[string]struct {
		now     progress.Plan
		ids     []string
		retired []string
	}{
		"nothing changed": {planWith("1", first.Tasks[0].Title, "2", first.Tasks[1].Title, "3", first.Tasks[2].Title, "4", first.Tasks[3].Title),
			[]string{"1", "2", "3", "4"}, nil},
		"one put in front, all renumbered": {planWith("1", "Thí điểm chữ ký số từ xa", "2", first.Tasks[0].Title, "3", first.Tasks[1].Title,
			"4", first.Tasks[2].Title, "5", first.Tasks[3].Title), []string{"1~2", "1", "2", "3", "4"}, nil},
		"two changed places": {planWith("1", first.Tasks[0].Title, "3", first.Tasks[1].Title, "2", first.Tasks[2].Title, "4", first.Tasks[3].Title),
			[]string{"1", "2", "3", "4"}, nil},
		"reworded under its code": {planWith("1", "Ban hành kế hoạch tuyên truyền, phổ biến về chuyển đổi số", "2", first.Tasks[1].Title, "3", first.Tasks[2].Title,
			"4", first.Tasks[3].Title), []string{"1", "2", "3", "4"}, nil},
		"a code taken over by another task": {planWith("1", "Mua sắm máy chủ cho trung tâm dữ liệu", "2", first.Tasks[1].Title, "3", first.Tasks[2].Title,
			"4", first.Tasks[3].Title), []string{"1~2", "2", "3", "4"}, []string{"1"}},
		"reworded and renumbered": {planWith("1", first.Tasks[0].Title, "2", first.Tasks[1].Title, "3", first.Tasks[2].Title,
			"7", "Đào tạo kỹ năng số cho cán bộ, công chức cấp xã"), []string{"1", "2", "3", "4"}, nil},
		"one of two alike, under a new code: no guess": {planWith("1", first.Tasks[0].Title, "8", "Xây dựng cơ sở dữ liệu đất đai", "4", first.Tasks[3].Title),
			[]string{"1", "8", "4"}, []string{"2", "3"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := Inherit(first, test.now)
			if diff := cmp.Diff(test.ids, ids(got)); diff != "" {
				t.Error(diff)
			}
			if !slices.Equal(got.Retired, test.retired) {
				t.Errorf("retired %v, want %v", got.Retired, test.retired)
			}
		})
	}
	// What once left comes back under its id only by the plan's own word, and its id goes to nobody else.
	without := Inherit(first, planWith("1", first.Tasks[0].Title))
	again := Inherit(without, planWith("1", first.Tasks[0].Title, "4", "Lắp đặt trạm quan trắc"))
	if diff := cmp.Diff([]string{"1", "4~2"}, ids(again)); diff != "" {
		t.Error(diff)
	}
	named := planWith("1", first.Tasks[0].Title, "9", "Đào tạo lại toàn bộ")
	named.Tasks[1].ID = "4"
	if diff := cmp.Diff([]string{"1", "4"}, ids(Inherit(without, named))); diff != "" {
		t.Error(diff)
	}
}

// Whatever order and whatever codes a version has, tasks that kept their words keep their ids, and no two share one.
func TestInheritIsStable(t *testing.T) {
	titles := []string{
		"Ban hành quy chế quản lý tài khoản", "Nâng cấp cổng dịch vụ công", "Kết nối cơ sở dữ liệu dân cư", "Số hóa hồ sơ lưu trữ",
		"Phủ sóng di động vùng lõm", "Thí điểm đô thị thông minh", "Đào tạo chuyên gia an toàn thông tin", "Giám sát mã độc tại bộ, ngành",
	}
	rapid.Check(t, func(r *rapid.T) {
		kept := rapid.SliceOfDistinct(rapid.SampledFrom(titles), rapid.ID[string]).Draw(r, "titles")
		old := progress.Plan{}
		for i, title := range kept {
			old.Tasks = append(old.Tasks, progress.Task{Code: string(rune('A' + i)), Title: title})
		}
		old = Inherit(progress.Plan{}, old)
		now := progress.Plan{}
		for i, title := range rapid.Permutation(kept).Draw(r, "order") {
			now.Tasks = append(now.Tasks, progress.Task{Code: string(rune('A' + (i+3)%8)), Title: title})
		}
		byTitle := map[string]string{}
		for _, task := range old.Tasks {
			byTitle[task.Title] = task.ID
		}
		seen := map[string]bool{}
		for _, task := range Inherit(old, now).Tasks {
			if task.ID != byTitle[task.Title] {
				r.Fatalf("%q was %s and is %s", task.Title, byTitle[task.Title], task.ID)
			}
			if seen[task.ID] {
				r.Fatalf("two tasks are %s", task.ID)
			}
			seen[task.ID] = true
		}
	})
}
