package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"unicode"
	"unicode/utf8"

	"tiendo/pipeline/progress"
)

// stages are sentences about work in progress, by how far it has come. Places: {p} the product, {k} and {m} counts,
// {n} a running number.
var stages = [5][]string{
	{
		"Chưa triển khai, đang rà soát phân công trong nội bộ đơn vị (lần {n}).",
		"Chưa triển khai do chờ bố trí nhân sự; đã đề xuất {k} cán bộ tham gia.",
		"Chưa bắt đầu; dự kiến thành lập tổ công tác gồm {k} thành viên.",
	},
	{
		"Đã thành lập tổ công tác gồm {k} thành viên, đang xây dựng đề cương {p}.",
		"Đã hoàn thành đề cương {p}, gồm {k} phần; đang thu thập số liệu.",
		"Đang thu thập thông tin từ {m} đầu mối để chuẩn bị {p}.",
		"Đã họp khởi động với {k} đơn vị phối hợp, thống nhất cách làm.",
	},
	{
		"Đã có bản nháp lần {n} của {p}, đang rà soát trong nội bộ đơn vị.",
		"Đã họp tổ công tác lần {n}, thống nhất {k} nội dung chính của {p}.",
		"Đã làm việc trực tiếp với {k} đơn vị; còn {m} nội dung cần làm rõ.",
		"Đang tổng hợp số liệu của {m} đầu mối phục vụ {p}.",
	},
	{
		"Đã gửi xin ý kiến {m} cơ quan, đơn vị về {p}; nhận được {k} văn bản góp ý.",
		"Đã tổ chức {k} cuộc họp lấy ý kiến; đang hoàn thiện {p} (bản thứ {n}).",
		"Đã thực hiện thử tại {k} đơn vị, ghi nhận {m} vấn đề cần điều chỉnh.",
		"Đang tiếp thu {m} ý kiến góp ý đối với {p}.",
	},
	{
		"Đang hoàn thiện {p} lần cuối sau khi tiếp thu {m} ý kiến.",
		"Đã báo cáo lãnh đạo phụ trách lần {n}; còn {k} nội dung cần chỉnh sửa trước khi hoàn tất {p}.",
		"Đang rà soát thể thức và {k} phụ lục của {p}.",
		"Đã thống nhất với {k} đơn vị phối hợp; đang làm thủ tục hoàn tất {p}.",
	},
}

// details lengthen some results, because real cells differ from ten to five hundred characters.
var details = []string{
	"Đơn vị đã phân công một lãnh đạo trực tiếp chỉ đạo và họp kiểm điểm vào chiều thứ Hai hằng tuần.",
	"Số liệu được đối chiếu giữa bản giấy và bản điện tử, các chênh lệch đã được ghi vào biên bản để xử lý.",
	"Nội dung góp ý tập trung vào phạm vi áp dụng, trách nhiệm của đơn vị chủ trì, nguồn kinh phí và lộ trình thực hiện; các ý kiến khác nhau đang được tổng hợp thành bảng để trình lãnh đạo quyết định.",
	"Việc phối hợp thực hiện qua hệ thống quản lý văn bản; các đơn vị trả lời đúng thời hạn.",
	"Tuần tới tiếp tục làm việc với các đơn vị phối hợp.",
	"Đã bổ sung hai chuyên viên hỗ trợ trong giai đoạn cao điểm.",
	"Các bước tiếp theo gồm: hoàn thiện hồ sơ; thẩm định nội bộ; trình lãnh đạo phụ trách; lấy ý kiến bằng văn bản lần cuối nếu cần.",
	"Kết quả bước đầu được các đơn vị sử dụng đánh giá là phù hợp với thực tế.",
}

var regularly = []string{
	"Trong kỳ đã thực hiện {m} lượt, xử lý xong {k} vụ việc phát sinh.",
	"Duy trì thực hiện; trong kỳ tiếp nhận {m} thông tin, đã cập nhật đầy đủ (đợt {n}).",
	"Đã thực hiện đợt {n}, tổng hợp kết quả của {m} đầu mối.",
	"Thực hiện theo kế hoạch; ghi nhận {k} nội dung cần tiếp tục theo dõi trong kỳ sau.",
}

var finished = []string{
	"Đã hoàn thành {p}.",
	"Đã hoàn thành {p} và gửi các đơn vị liên quan để thực hiện.",
	"Đã hoàn thành {p}; kết quả được lãnh đạo Bộ thông qua.",
	"Đã hoàn thành và bàn giao {p} theo quy định. Hồ sơ đã nộp lưu trữ và được cập nhật trên hệ thống quản lý văn bản của Bộ; các đơn vị sử dụng đánh giá kết quả phù hợp với yêu cầu.",
}

// unsupported are claims of completion that name no document (rule R07).
var unsupported = []string{
	"Đã hoàn thành toàn bộ nội dung được giao.",
	"Đơn vị đã hoàn thành nhiệm vụ, kết quả tốt.",
	"Đã xong các phần việc theo phân công.",
}

var reasons = []string{
	"Khối lượng góp ý lớn, cần thêm thời gian tiếp thu, giải trình.",
	"Đơn vị phối hợp gửi số liệu chậm so với đề nghị.",
	"Phải điều chỉnh theo tổ chức bộ máy mới sau sắp xếp.",
	"Kinh phí được phân bổ muộn nên chưa lựa chọn được nhà thầu.",
	"Nội dung phức tạp, phải lấy ý kiến bổ sung của nhiều cơ quan.",
	"Nhân sự trực tiếp thực hiện chuyển công tác, chưa bàn giao xong.",
}

var difficulties = []string{
	"Chưa có định mức kinh tế - kỹ thuật làm căn cứ lập dự toán.",
	"Dữ liệu lịch sử lưu trữ phân tán, thiếu chuẩn chung.",
	"Thiếu cán bộ có chuyên môn sâu về công nghệ thông tin.",
	"Quy định hiện hành chưa rõ thẩm quyền phê duyệt.",
	"Hạ tầng tại một số địa bàn chưa đáp ứng yêu cầu.",
}

var proposals = []string{
	"Đề nghị Bộ Tài chính hướng dẫn mức chi.",
	"Đề nghị Bộ Nội vụ có ý kiến về biên chế.",
	"Đề nghị Văn phòng Ban Chỉ đạo đôn đốc các đơn vị gửi số liệu.",
	"Đề nghị lãnh đạo Bộ cho ý kiến về phạm vi thực hiện.",
	"Kiến nghị Vụ Kế hoạch - Tài chính bố trí kinh phí trong đợt điều chỉnh gần nhất.",
	"Kiến nghị Chính phủ cho áp dụng trình tự rút gọn.",
}

// statusWords are wordings of a status with the claim of timeliness that they carry.
var statusWords = map[progress.Status]map[progress.Timeliness][]string{
	progress.Done: {
		progress.NoClaim:     {"Hoàn thành", "Đã hoàn thành"},
		progress.ClaimOnTime: {"Hoàn thành đúng hạn", "Đã hoàn thành trước hạn"},
		progress.ClaimLate:   {"Hoàn thành quá hạn", "Hoàn thành chậm"},
	},
	progress.InProgress: {
		progress.NoClaim:      {"Đang thực hiện", "Đang triển khai"},
		progress.ClaimOnTime:  {"Đang thực hiện trong hạn", "Đang thực hiện đúng tiến độ"},
		progress.ClaimDueSoon: {"Sắp đến hạn"},
		progress.ClaimLate:    {"Đang thực hiện quá hạn", "Quá hạn", "Chậm tiến độ"},
	},
	progress.NotStarted: {progress.NoClaim: {"Chưa triển khai", "Chưa thực hiện"}},
	progress.Recurring:  {progress.NoClaim: {"Thường xuyên", "Nhiệm vụ thường xuyên"}},
}

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

// progressWords tell how far open work has come.
func progressWords(r *rand.Rand, percent float64, product string, n int) string {
	phrase := pick(r, stages[stageOf(percent)])
	if percent == 0 {
		return fillIn(r, phrase, product, n)
	}
	return sentence(r, phrase, product, n)
}

// sentence fills the places of a phrase about work that goes on and lengthens some. n grows from period to period, so that no two periods have the same words.
func sentence(r *rand.Rand, phrase, product string, n int) string {
	text := fillIn(r, phrase, product, n)
	for _, i := range r.Perm(len(details))[:pick(r, []int{0, 0, 0, 1, 1, 2, 4})] {
		text += " " + details[i]
	}
	return text
}

func fillIn(r *rand.Rand, phrase, product string, n int) string {
	return strings.NewReplacer(
		"{p}", lowerFirst(product),
		"{k}", fmt.Sprint(2+r.IntN(7)),
		"{m}", fmt.Sprint(9+r.IntN(25)),
		"{n}", fmt.Sprint(n),
	).Replace(phrase)
}

// stageOf is the stage of work at a percentage.
func stageOf(percent float64) int {
	switch {
	case percent == 0:
		return 0
	case percent <= 25:
		return 1
	case percent <= 50:
		return 2
	case percent <= 75:
		return 3
	}
	return 4
}

// evidence names a document that fits the product.
func evidence(r *rand.Rand, product, unit string, on progress.Date) string {
	symbol := strings.ToUpper(strings.ReplaceAll(unit[strings.Index(unit, "-")+1:], "-", ""))
	number := 100 + r.IntN(1800)
	for _, kind := range []struct{ begins, form string }{
		{"Quyết định của Thủ tướng", "Quyết định số %d/QĐ-TTg"},
		{"Quyết định", "Quyết định số %d/QĐ-BTTTT"},
		{"Quy chế", "Quyết định số %d/QĐ-BTTTT"},
		{"Quy trình kiểm định", "Quyết định số %d/QĐ-BTTTT"},
		{"Đề án", "Quyết định số %d/QĐ-BTTTT"},
		{"Dự án", "Quyết định số %d/QĐ-BTTTT"},
		{"Thỏa thuận", "Thỏa thuận số %d/TTHT-" + symbol},
		{"Bản ghi nhớ", "Bản ghi nhớ số %d/BGN-" + symbol},
		{"Nền tảng", "Biên bản nghiệm thu số %d/BBNT-" + symbol},
		{"Cơ sở dữ liệu", "Biên bản nghiệm thu số %d/BBNT-" + symbol},
		{"Kho dữ liệu", "Biên bản nghiệm thu số %d/BBNT-" + symbol},
		{"Bộ dữ liệu", "Biên bản nghiệm thu số %d/BBNT-" + symbol},
		{"Hệ thống", "Biên bản nghiệm thu số %d/BBNT-" + symbol},
		{"Phòng thí nghiệm", "Biên bản nghiệm thu số %d/BBNT-" + symbol},
		{"Trợ lý ảo", "Biên bản nghiệm thu số %d/BBNT-" + symbol},
		{"Thông tư", "Thông tư số %d/2025/TT-BTTTT"},
		{"Nghị định", "Nghị định số %d/2025/NĐ-CP"},
		{"Tờ trình", "Tờ trình số %d/TTr-BTTTT"},
		{"Kế hoạch", "Kế hoạch số %d/KH-" + symbol},
		{"Công văn", "Công văn số %d/BTTTT-" + symbol},
		{"Hướng dẫn", "Công văn số %d/BTTTT-" + symbol},
		{"Văn bản", "Công văn số %d/BTTTT-" + symbol},
		{"Kết luận", "Kết luận số %d/KL-" + symbol},
		{"Biên bản", "Biên bản số %d/BB-" + symbol},
		{"", "Báo cáo số %d/BC-" + symbol},
	} {
		if strings.HasPrefix(product, kind.begins) {
			return fmt.Sprintf(kind.form, number) + " ngày " + slash(on)
		}
	}
	return ""
}

// lowerFirst lowers the first letter, but not of the names of legal documents, which keep their capital.
func lowerFirst(s string) string {
	for _, proper := range []string{"Nghị định", "Quyết định của", "Thông tư", "Tờ trình Th", "Tờ trình Ch"} {
		if strings.HasPrefix(s, proper) {
			return s
		}
	}
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(r)) + s[n:]
}
