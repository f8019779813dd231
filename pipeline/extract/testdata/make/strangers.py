"""Forms that were drawn up without a look at the reader, from domain.md alone: each was misread once.

A district's clerk and a ministry's planner fill them in: tasks that look like sums, signatures or notes, abbreviations, days without a
year, forms without a heading row, sums beside the tasks, headings of three rows with and without merged cells.
"""
import datetime
import random

from openpyxl.styles import Font

from sheets import NAMES, book, cell_value, fill, head, letterhead, saved, value
from truth import ok, shown, tasks

TITLE, PERIOD, UNIT = "BÁO CÁO TIẾN ĐỘ TUẦN 20 NĂM 2025", "2025-W20", "SỞ XÂY DỰNG"
# Tasks whose first words are those of sums, notes, groups, signatures, units and statuses.
LOOKALIKES = ["Cộng đồng số: kiện toàn tổ công nghệ số tại các thôn", "Tổng rà soát hộ nghèo theo chuẩn mới", "Chủ tịch UBND cấp xã đối thoại với thanh niên",
              "Hướng dẫn các xã thực hiện bộ tiêu chí mới", "Nguồn nhân lực số: mở 05 lớp bồi dưỡng", "Phần mềm quản lý hồ sơ cán bộ", "Mục tiêu 100% hồ sơ được số hóa",
              "Giai đoạn 2 dự án cấp nước sạch", "Nhóm dịch vụ công liên thông khai sinh", "Hoàn thành việc bàn giao trụ sở", "Đang triển khai dự án đường vành đai 2",
              "Thường xuyên cập nhật dữ liệu hộ tịch", "Tổng hợp số liệu giải ngân", "Quản lý cơ sở dữ liệu nền địa lý", "Ký kết quy chế phối hợp với Công an"]
DONE, DOING, OPEN = ("Đã hoàn thành", "done"), ("Đang thực hiện", "in_progress"), ("Chưa thực hiện", "not_started")


def start(seed, n, title=TITLE):
    """Rows, a workbook, its sheet with a letterhead, and the row below it."""
    rows, wb = tasks(seed, n), book()
    for i, row in enumerate(rows):
        row["task"] = LOOKALIKES[(seed + i) % len(LOOKALIKES)]
    return rows, wb, wb.active, letterhead(wb.active, UNIT, title)


def save(name, wb, traps, rows, columns, findings=(), unit=UNIT, period=PERIOD):
    ok(name, saved(wb), traps, shown(rows, columns), unit, period, findings)


def lookalikes():
    rows, wb, ws, at = start(200, len(LOOKALIKES))
    columns = ["no", "task", "lead", "due", "status", "result"]
    at = fill(ws, head(ws, at, columns), columns, rows)
    ws.cell(at, 2, "Tổng cộng")
    ws.cell(at + 1, 1, "Ghi chú:")
    ws.cell(at + 2, 2, "- Cột 4 ghi theo kế hoạch")
    ws.cell(at + 3, 2, "- Cột 5 chọn trong danh sách")
    save("xlsx_stranger_lookalikes.xlsx", wb, ["lookalikes", "totals", "notes"], rows, columns)


def abbreviated(mark, font):
    """Đã HT | Đang TH | Chưa TH below a merged heading, and a column that counts tasks."""
    rows, wb, ws, at = start(201, 9)
    for x, text in {1: "STT", 2: "NV được giao", 3: "ĐV chủ trì", 4: "Tiến độ", 7: "KQ thực hiện", 8: "Số NV được giao"}.items():
        ws.cell(at, x, text)
        ws.merge_cells(start_row=at, end_row=at if x == 4 else at + 1, start_column=x, end_column=6 if x == 4 else x)
    states = [("Đã HT", "done"), ("Đang TH", "in_progress"), ("Chưa TH", "not_started")]
    for i, (text, _) in enumerate(states):
        ws.cell(at + 1, 4 + i, text)
    for i, row in enumerate(rows):
        row["status_text"], row["status"] = states[i % 3]
        for x, v in {1: row["code"] + "/", 2: row["task"], 3: row["lead"], 7: row["result"], 8: 4}.items():
            ws.cell(at + 2 + i, x, v)
        ws.cell(at + 2 + i, 4 + i % 3, mark).font = Font(name=font)
    save(f"xlsx_stranger_ticks_{font.split()[0].lower()}.xlsx", wb, ["ticks", "abbreviations", "codes"], rows, ["no", "task", "lead", "status", "result"])


def two_levels():
    """Hoàn thành and Chưa hoàn thành, each with its timeliness; headings of one column blank in the lower rows, none merged."""
    rows, wb, ws, at = start(202, 8)
    for x, text in {1: "STT", 2: "Nhiệm vụ", 3: "Cơ quan thực hiện", 5: "Tiến độ", 9: "Tiến độ thực hiện"}.items():
        ws.cell(at, x, text)
    for x, text in {3: "Chủ trì", 4: "Phối hợp", 5: "Hoàn thành", 7: "Chưa hoàn thành", 9: "Tỷ lệ (%)"}.items():
        ws.cell(at + 1, x, text)
    leaves = [("Hoàn thành Đúng hạn", "done"), ("Hoàn thành Quá hạn", "done"), ("Chưa hoàn thành Trong hạn", "in_progress"), ("Chưa hoàn thành Quá hạn", "in_progress")]
    for i, text in enumerate(["Đúng hạn", "Quá hạn", "Trong hạn", "Quá hạn"]):
        ws.cell(at + 2, 5 + i, text)
    for a, b in (("C", "D"), ("E", "H")):
        ws.merge_cells(f"{a}{at}:{b}{at}")
    for a, b in (("E", "F"), ("G", "H")):
        ws.merge_cells(f"{a}{at + 1}:{b}{at + 1}")
    for i, row in enumerate(rows):
        row["status_text"], row["status"] = leaves[i % 4]
        row["percent"] = 100 if i % 4 < 2 else 40 + i
        for x, v in {1: i + 1, 2: row["task"], 3: row["lead"], 4: row["cooperating"] or None, 5 + i % 4: "x", 9: row["percent"]}.items():
            ws.cell(at + 3 + i, x, v)
    save("xlsx_stranger_two_levels.xlsx", wb, ["ticks", "heading_depth_3"], rows, ["no", "task", "lead", "cooperating", "status", "percent"])


# A wording without its year, the last day that it allows in 2025, its precision.
NO_YEAR = [("15/5", "2025-05-15", "day"), ("trước ngày 20/5", "2025-05-19", "day"), ("ngày 25 tháng 6", "2025-06-25", "day"), ("Tháng 7", "2025-07-31", "month"),
           ("Quý III", "2025-09-30", "quarter"), ("từ 01/5 đến 30/6", "2025-06-30", "range"), ("31/12", "2025-12-31", "day"), ("30/6/2026", "2026-06-30", "day")]


def no_year(title, name, period):
    rows, wb, ws, at = start(203, len(NO_YEAR), title)
    columns = ["no", "task", "due", "status", "completed"]
    at = head(ws, at, columns)
    for i, (row, (due, date, precision)) in enumerate(zip(rows, NO_YEAR)):
        row.update(due=due, due_date=date, due_precision=precision, completed="2025-05-%02d" % (i + 3), status_text=DONE[0], status=DONE[1])
        fill(ws, at + i, columns, [row | {"completed": ""}])
        ws.cell(at + i, 5, f"{i + 3}/5")
    save(name, wb, ["no_year", "dates"], rows, columns, ["R03.year"], period=period)


def date_formats():
    """What a cell shows of its day: a month with a word, a year alone, a day in American order."""
    stored = [('"Tháng "m/yyyy', (2025, 11, 1), "11/2025", "2025-11-30", "month"), ("yyyy", (2026, 1, 1), "2026", "2026-12-31", "year"), ("m/d/yy", (2025, 5, 28), "28/05/2025", "2025-05-28", "day"),
              ("mmm-yy", (2025, 6, 1), "06/2025", "2025-06-30", "month"), ("[$-42A]dd mmmm yyyy", (2025, 8, 9), "09/08/2025", "2025-08-09", "day")]
    rows, wb, ws, at = start(204, len(stored))
    columns = ["no", "task", "due", "status"]
    at = head(ws, at, columns)
    for i, (row, (fmt, day, text, last, precision)) in enumerate(zip(rows, stored)):
        row.update(due=text, due_date=last, due_precision=precision)
        fill(ws, at + i, columns, [row | {"due": ""}])
        ws.cell(at + i, 3, datetime.datetime(*day)).number_format = fmt
    save("xlsx_stranger_dates.xlsx", wb, ["dates", "excel_month"], rows, columns)


def percents():
    """Planned and reached percent under one heading; a span is no percent."""
    spelled = [("60 - 70%", None), ("đạt khoảng 35%", 35), ("từ 20 đến 30%", None), ("75 phần trăm", 75), ("80% khối lượng", 80), ("95.5", 95.5)]
    rows, wb, ws, at = start(205, len(spelled))
    for x, text in {1: "STT", 2: "Nhiệm vụ", 3: "Tỷ lệ hoàn thành (%)", 5: "Kết quả thực hiện (ghi rõ số, ngày văn bản)"}.items():
        ws.cell(at, x, text)
    ws.merge_cells(f"C{at}:D{at}")
    ws.cell(at + 1, 3, "Theo kế hoạch")
    ws.cell(at + 1, 4, "Thực tế")
    for i, (row, (text, percent)) in enumerate(zip(rows, spelled)):
        row["percent"] = percent
        for x, v in {1: i + 1, 2: row["task"], 3: 90, 4: text, 5: row["result"]}.items():
            ws.cell(at + 2 + i, x, v)
    save("xlsx_stranger_percents.xlsx", wb, ["percent"], rows, ["no", "task", "percent", "result"], ["R02"])


def errors():
    rows, wb, ws, at = start(206, 5)
    columns = ["no", "task", "lead", "status", "result"]
    fill(ws, head(ws, at, columns), columns, rows)
    ws.cell(at + 2, 5, "#N/A")
    ws.cell(at + 3, 3, "#REF!")
    rows[1]["result"] = rows[2]["lead"] = ""
    save("xlsx_stranger_errors.xlsx", wb, ["formulas"], rows, columns, ["F15.error"])


def sums(first):
    """Sums by unit on a sheet of their own before the tasks, or below them."""
    rows, wb, ws, at = start(207 + first, 6)
    columns = ["no", "task", "lead", "due", "status"]
    at = fill(ws, head(ws, at, columns), columns, rows) + 1
    table = [["STT", "Đơn vị", "Nhiệm vụ" if first else "Số NV giao", "Hoàn thành", "Quá hạn"], [1, "Phòng Kế hoạch", 5, 3, 2], [2, "Văn phòng", 4, 4, 0]]
    if first:
        ws = wb.create_sheet("Thống kê", 0)
        at = 0
    else:
        ws.cell(at, 1, "TỔNG HỢP")
    for i, line in enumerate(table, 1):
        for x, v in enumerate(line, 1):
            ws.cell(at + i, x, v)
    save("xlsx_stranger_sums_%s.xlsx" % ("before" if first else "below"), wb, ["statistics"], rows, columns)


CARD = ["task", "lead", "due", "status", "result"]


def cards(style):
    """A block for each task: in one cell with a colon, in two cells, with two fields in a line."""
    rows, wb, ws, at = start(210 + style, 5)
    numbered = style == 0
    for row in rows:
        words = [NAMES[c] for c in CARD]
        if style == 0:
            for i, c in enumerate(CARD):
                ws.cell(at + i, 1, f"{row['code'] + '. ' if i == 0 else '- '}{words[i]}: {value(row, c)}")
            ws.cell(at + 5, 1, "+ Dự kiến tuần tới trình ký")
            row["result"] += "\n+ Dự kiến tuần tới trình ký"
            at += 7
        elif style == 1:
            for i, c in enumerate(CARD):
                ws.cell(at + i, 1, words[i])
                ws.cell(at + i, 2, value(row, c))
            at += 6
        else:
            for y, x, i in ((0, 1, 0), (1, 1, 1), (1, 4, 2), (2, 1, 3), (3, 1, 4)):
                ws.cell(at + y, x, words[i] + ":")
                ws.cell(at + y, x + 1, value(row, CARD[i]))
            ws.merge_cells(f"B{at}:E{at}")
            at += 5
    ws.cell(at + 1, 1, "Nơi nhận:")
    ws.cell(at + 2, 1, "- Như trên;")
    save(f"xlsx_stranger_cards_{style + 1}.xlsx", wb, ["cards"], rows, CARD + (["no"] if numbered else []))


def transposed():
    """A column for each task."""
    rows, wb, ws, at = start(213, 6)
    columns = ["no", "task", "lead", "due", "percent", "status", "difficulty"]
    for y, c in enumerate(columns):
        ws.cell(at + y, 1, NAMES[c])
        for x, row in enumerate(rows):
            v = cell_value(row, c)
            ws.cell(at + y, 2 + x, v / 100 if c == "percent" else v).number_format = "0%" if c == "percent" else "General"
    save("xlsx_stranger_transposed.xlsx", wb, ["transposed"], rows, columns)


def shuffled():
    """Sixteen columns in no order, most headings abbreviated or explained in brackets."""
    rows, wb, ws, at = start(214, 7)
    names = {"no": "#", "task": "ND công việc (*)", "lead": "ĐV thực hiện", "cooperating": "Đơn vị liên quan", "person": "CBCC tham mưu", "product": "SP đầu ra", "due": "Hạn HT",
             "status": "Tình trạng (chọn trong danh sách)", "percent": "TL hoàn thành (%)", "completed": "Ngày thực hiện xong", "result": "KQ đạt được đến nay", "evidence": "Số VB kết quả",
             "difficulty": "KK, vướng mắc", "proposal": "KN, đề xuất", "note": "G.chú"}
    columns = sorted(names)
    random.Random(214).shuffle(columns)
    fill(ws, head(ws, at, columns, names), columns, rows)
    save("xlsx_stranger_shuffled.xlsx", wb, ["abbreviations", "column_order"], rows, columns)


def captions():
    """Parts with a status that claims its timeliness, each with columns of its own."""
    _, wb, ws, at = start(215, 1)
    every = []
    parts = [("I. NHIỆM VỤ HOÀN THÀNH ĐÚNG HẠN", "done", ["no", "task", "lead", "evidence"]), ("II. NHIỆM VỤ ĐANG THỰC HIỆN, CHƯA ĐẾN HẠN", "in_progress", ["no", "task", "lead", "due", "difficulty"]),
             ("III. NHIỆM VỤ QUÁ HẠN", "in_progress", ["no", "task", "lead", "due", "note"])]
    for i, (caption, status, columns) in enumerate(parts):
        rows = tasks(216 + i, 3)
        for row in rows:
            row.update(status_text=caption.split("NHIỆM VỤ ")[1], status=status)
        ws.cell(at, 1, caption)
        at = fill(ws, head(ws, at + 1, columns), columns, rows) + 1
        every += shown(rows, columns + ["status"])
    ok("xlsx_stranger_captions.xlsx", saved(wb), ["status_captions", "several_tables"], every, UNIT, PERIOD)


def make():
    lookalikes()
    abbreviated("ü", "Wingdings")
    abbreviated("Ö", "Symbol")
    abbreviated(1, "Arial")
    two_levels()
    no_year("Kết quả công tác tuần 3 tháng 5/2025", "xlsx_stranger_no_year.xlsx", "2025-W20")
    no_year("BÁO CÁO THÁNG NĂM NĂM 2025", "xlsx_stranger_no_year_month.xlsx", "2025-05")
    date_formats()
    percents()
    errors()
    sums(True)
    sums(False)
    for style in range(3):
        cards(style)
    transposed()
    shuffled()
    captions()
