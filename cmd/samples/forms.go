package main

import (
	"slices"

	"tiendo/pipeline/progress"
)

// The forms in use. Every unit has its own habits: other headings for the same column, another order, other ways to
// write a status, a percentage or a day.
var (
	// plain: one heading row, everything in its own column.
	plain = form{
		sheet: "Báo cáo", percents: "number", landscape: true,
		columns: []column{
			{field: progress.FieldNo, heading: "STT", width: 5},
			{field: progress.FieldCode, heading: "Mã nhiệm vụ", width: 9},
			{field: progress.FieldTask, heading: "Nhiệm vụ", width: 40},
			{field: progress.FieldLead, heading: "Đơn vị chủ trì", width: 20},
			{field: progress.FieldProduct, heading: "Sản phẩm", width: 20},
			{field: progress.FieldDue, heading: "Thời hạn hoàn thành", width: 13},
			{field: progress.FieldStatus, heading: "Trạng thái", width: 14},
			{field: progress.FieldPercent, heading: "Tỷ lệ hoàn thành (%)", width: 10},
			{field: progress.FieldCompleted, heading: "Ngày hoàn thành", width: 12},
			{field: progress.FieldResult, heading: "Kết quả thực hiện", width: 45},
			{field: progress.FieldEvidence, heading: "Số hiệu văn bản kết quả", width: 25},
			{field: progress.FieldReason, heading: "Lý do chậm", width: 25},
			{field: progress.FieldDifficulty, heading: "Khó khăn, vướng mắc", width: 25},
			{field: progress.FieldProposal, heading: "Đề xuất, kiến nghị", width: 25},
		},
	}

	// grouped: two heading rows with merged cells, a row for each group, numbers under the heading, dates as dates.
	grouped = form{
		sheet: "BC tuan", groups: true, numbered: true, dates: true, percents: "number", landscape: true,
		columns: []column{
			{field: progress.FieldNo, heading: "TT", width: 5},
			{field: progress.FieldCode, heading: "Mã NV", width: 8},
			{field: progress.FieldTask, heading: "Tên nhiệm vụ", width: 40},
			{field: progress.FieldDue, heading: "Thời hạn", width: 13},
			{field: progress.FieldStatus, parent: "Tình hình thực hiện", heading: "Tình trạng", width: 14},
			{field: progress.FieldPercent, parent: "Tình hình thực hiện", heading: "% hoàn thành", width: 10},
			{field: progress.FieldCompleted, parent: "Tình hình thực hiện", heading: "Ngày hoàn thành", width: 12},
			{field: progress.FieldResult, parent: "Kết quả", heading: "Mô tả kết quả", width: 45},
			{field: progress.FieldEvidence, parent: "Kết quả", heading: "Minh chứng", width: 25},
			{field: progress.FieldReason, heading: "Nguyên nhân chậm", width: 25},
			{field: progress.FieldProposal, heading: "Kiến nghị", width: 25},
		},
	}

	// ticks: the status is a tick in one of three columns; no percentage, no evidence column, no day of completion.
	ticks = form{
		sheet: "Tuần 20", landscape: true,
		columns: []column{
			{field: progress.FieldNo, heading: "STT", width: 5},
			{field: progress.FieldTask, heading: "Nội dung nhiệm vụ", width: 45},
			{field: progress.FieldDue, heading: "Hạn hoàn thành", width: 14},
			{field: progress.FieldStatus, parent: "Trạng thái", heading: "Hoàn thành", width: 9, tick: progress.Done},
			{field: progress.FieldStatus, parent: "Trạng thái", heading: "Đang thực hiện", width: 9, tick: progress.InProgress},
			{field: progress.FieldStatus, parent: "Trạng thái", heading: "Chưa thực hiện", width: 9, tick: progress.NotStarted},
			{field: progress.FieldResult, heading: "Kết quả hiện nay", width: 50},
			{field: progress.FieldReason, heading: "Lý do chưa hoàn thành", width: 30},
		},
	}

	// shuffled: other order, percentages as fractions with a percent format and as text, no code.
	shuffled = form{
		sheet: "Sheet1", percents: "fraction", dates: true, landscape: true,
		columns: []column{
			{field: progress.FieldLead, heading: "Cơ quan thực hiện", width: 22},
			{field: progress.FieldTask, heading: "Nhiệm vụ/giải pháp", width: 45},
			{field: progress.FieldPercent, heading: "Mức độ hoàn thành", width: 12},
			{field: progress.FieldStatus, heading: "Tình trạng", width: 16},
			{field: progress.FieldResult, heading: "Tóm tắt kết quả", width: 50},
			{field: progress.FieldEvidence, heading: "Tài liệu kiểm chứng", width: 28},
			{field: progress.FieldCompleted, heading: "Thời điểm hoàn thành thực tế", width: 13},
			{field: progress.FieldDue, heading: "Thời gian hoàn thành", width: 14},
			{field: progress.FieldReason, heading: "Lý do chậm", width: 28},
			{field: progress.FieldDifficulty, heading: "Vướng mắc", width: 28},
		},
	}

	// shuffledCoded: shuffled with the code of the plan in the last column.
	shuffledCoded = func() form {
		f := shuffled
		f.columns = append(slices.Clone(f.columns), column{field: progress.FieldCode, heading: "Mã nhiệm vụ", width: 10})
		return f
	}()

	// paged: for paper. Fewer and narrower columns, so that a page holds them.
	paged = form{
		sheet: "Bao cao", percents: "text", landscape: true,
		columns: []column{
			{field: progress.FieldNo, heading: "TT", width: 5},
			{field: progress.FieldCode, heading: "Mã", width: 7},
			{field: progress.FieldTask, heading: "Nhiệm vụ", width: 28},
			{field: progress.FieldDue, heading: "Thời hạn", width: 13},
			{field: progress.FieldStatus, heading: "Tiến độ", width: 12},
			{field: progress.FieldPercent, heading: "Tỷ lệ (%)", width: 8},
			{field: progress.FieldCompleted, heading: "Ngày hoàn thành", width: 13},
			{field: progress.FieldResult, heading: "Kết quả thực hiện", width: 36},
			{field: progress.FieldEvidence, heading: "Minh chứng", width: 16},
			{field: progress.FieldReason, heading: "Lý do chậm", width: 18},
		},
	}

	// pagedGroups: like paged, with a row for each group and without codes.
	pagedGroups = form{
		sheet: "Bao cao", percents: "text", landscape: true, groups: true,
		columns: []column{
			{field: progress.FieldNo, heading: "STT", width: 8},
			{field: progress.FieldTask, heading: "Tên nhiệm vụ", width: 30},
			{field: progress.FieldProduct, heading: "Sản phẩm đầu ra", width: 16},
			{field: progress.FieldDue, heading: "Thời hạn hoàn thành", width: 14},
			{field: progress.FieldStatus, heading: "Trạng thái", width: 12},
			{field: progress.FieldPercent, heading: "% hoàn thành", width: 10},
			{field: progress.FieldCompleted, heading: "Ngày hoàn thành", width: 13},
			{field: progress.FieldResult, heading: "Kết quả hiện nay", width: 34},
			{field: progress.FieldEvidence, heading: "Văn bản sản phẩm đầu ra", width: 16},
			{field: progress.FieldReason, heading: "Nguyên nhân", width: 16},
		},
	}

	// bare: the columns of plain as an export of some other program, without letterhead.
	bare = form{sheet: "Export", percents: "number", bare: true, columns: plain.columns}
)
