"""Workbooks by openpyxl and LibreOffice, each with a layout of its own."""
import datetime
import io
import re
import unicodedata
import zipfile

import openpyxl
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter as letter

from legacy import tcvn3, vni
from truth import ok, shown, tasks

THIN = Side(style="thin")
GRID = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
NAMES = {"no": "STT", "code": "Mã nhiệm vụ", "task": "Nội dung nhiệm vụ", "lead": "Đơn vị chủ trì", "cooperating": "Đơn vị phối hợp", "person": "Người phụ trách", "product": "Sản phẩm",
         "due": "Thời hạn hoàn thành", "status": "Tình trạng", "percent": "Tỷ lệ hoàn thành (%)", "completed": "Ngày hoàn thành", "result": "Kết quả thực hiện",
         "evidence": "Văn bản minh chứng", "difficulty": "Khó khăn, vướng mắc", "proposal": "Đề xuất, kiến nghị", "note": "Ghi chú"}
KEY = {"no": "code", "status": "status_text"}


def value(row, column):
    return row.get(KEY.get(column, column), "") if column else ""


def cell_value(row, column):
    """A percent and a day are stored as numbers, unless the case says otherwise."""
    v = value(row, column)
    if column == "completed" and v:
        return datetime.datetime.fromisoformat(v)
    if column == "no" and str(v).isdigit():
        return int(v)
    return v if v != "" else None


def book():
    wb = openpyxl.Workbook()
    wb.properties.creator = "corpus"
    wb.properties.created = wb.properties.modified = datetime.datetime(2025, 5, 16, 9)
    return wb


def rezip(data, change=None):
    """The same archive with fixed times; change may rewrite or drop (None) a part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            part = old.read(info)
            if change:
                part = change(info.filename, part)
            if part is not None:
                if info.filename == "docProps/core.xml":
                    part = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2025-05-16T09:00:00Z", part)
                new.writestr(zipfile.ZipInfo(info.filename, (2025, 5, 16, 9, 0, 0)), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def saved(wb, change=None):
    out = io.BytesIO()
    wb.save(out)
    return rezip(out.getvalue(), change)


def letterhead(ws, unit, title, parent="ỦY BAN NHÂN DÂN TỈNH"):
    ws["A1"], ws["E1"] = parent, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    ws["A2"], ws["E2"] = unit, "Độc lập - Tự do - Hạnh phúc"
    ws["A4"] = title
    ws["A4"].font = Font(bold=True, size=14)
    return 6


def head(ws, at, columns, names=NAMES):
    for i, c in enumerate(columns, 1):
        cell = ws.cell(at, i, names.get(c, c))
        cell.font, cell.border, cell.alignment = Font(bold=True), GRID, Alignment(wrap_text=True, horizontal="center", vertical="center")
    return at + 1


def fill(ws, at, columns, rows, to=cell_value):
    for row in rows:
        for i, c in enumerate(columns, 1):
            v = to(row, c)
            cell = ws.cell(at, i, v)
            cell.border, cell.alignment = GRID, Alignment(wrap_text=True, vertical="top")
            if isinstance(v, datetime.datetime):
                cell.number_format = "dd/mm/yyyy"
        at += 1
    return at


COMMON = ["no", "task", "lead", "due", "status", "percent", "result", "difficulty", "proposal", "note"]
TITLE, PERIOD = "BÁO CÁO tiến độ thực hiện nhiệm vụ tuần 20 năm 2025", "2025-W20"


def plain():
    rows, wb = tasks(1, 12), book()
    ws = wb.active
    ws.title = "Báo cáo"
    fill(ws, head(ws, letterhead(ws, "SỞ NỘI VỤ", TITLE), COMMON), COMMON, rows)
    ok("xlsx_plain.xlsx", saved(wb), ["plain"], shown(rows, COMMON), "SỞ NỘI VỤ", PERIOD)


def depth(deep):
    rows, wb = tasks(20 + deep, 9), book()
    ws = wb.active
    at = letterhead(ws, "SỞ XÂY DỰNG", TITLE)
    columns = ["no", "task", "lead", "cooperating", "due", "status", "percent", "result", "difficulty"]
    tops = [("A", "A", "TT"), ("B", "B", "Nhiệm vụ"), ("C", "D", "Cơ quan thực hiện"), ("E", "E", "Thời hạn"), ("F", "I", "Tình hình thực hiện trong tuần")]
    for a, b, text in tops:
        ws[f"{a}{at}"] = text
        ws.merge_cells(f"{a}{at}:{b}{at if a != b else at + deep - 1}")
    second = {"C": "Chủ trì", "D": "Phối hợp", "F": "Tiến độ", "I": "Khó khăn, vướng mắc"}
    if deep == 3:
        ws.merge_cells(f"F{at + 1}:H{at + 1}")
        for x in "CDI":
            ws.merge_cells(f"{x}{at + 1}:{x}{at + 2}")
        third = {"F": "Tình trạng", "G": "Tỷ lệ (%)", "H": "Kết quả thực hiện"}
    else:
        second.update({"F": "Tình trạng", "G": "Tỷ lệ (%)", "H": "Kết quả thực hiện"})
        third = {}
    for x, text in second.items():
        ws[f"{x}{at + 1}"] = text
    for x, text in third.items():
        ws[f"{x}{at + 2}"] = text
    fill(ws, at + deep, columns, rows)
    ok(f"xlsx_depth{deep}.xlsx", saved(wb), [f"heading_depth_{deep}", "merged_heading"], shown(rows, columns), "SỞ XÂY DỰNG", PERIOD)


def column_numbers():
    rows, wb = tasks(3, 10), book()
    ws = wb.active
    columns = ["no", "task", "product", "due", "status", "result", "note"]
    ws["A1"], ws["B1"] = "Đơn vị báo cáo:", "Chi cục Thủy lợi"
    ws["A2"], ws["B2"] = "Kỳ báo cáo:", "Tháng 5/2025"
    at = head(ws, 4, columns)
    for i in range(len(columns)):
        ws.cell(at, i + 1, f"({i + 1})")
    fill(ws, at + 1, columns, rows)
    ok("xlsx_column_numbers.xlsx", saved(wb), ["column_numbers", "labels"], shown(rows, columns), "Chi cục Thủy lợi", "2025-05")


def repeated():
    rows, wb = tasks(4, 21), book()
    ws = wb.active
    columns = ["no", "task", "lead", "due", "status", "result"]
    at = letterhead(ws, "CỤC THỐNG KÊ", "BÁO CÁO tháng 4 năm 2025")
    for i in range(0, 21, 7):
        at = fill(ws, head(ws, at, columns), columns, rows[i:i + 7])
    ok("xlsx_heading_repeated.xlsx", saved(wb), ["heading_repeated"], shown(rows, columns), "CỤC THỐNG KÊ", "2025-04")


PARTS = [("A. Đã hoàn thành", "Đã hoàn thành", "done"), ("B. Đang thực hiện", "Đang thực hiện", "in_progress"), ("C. Chưa triển khai", "Chưa triển khai", "not_started")]


def captions(one_table):
    wb = book()
    ws = wb.active
    columns = ["no", "task", "lead", "due", "result", "difficulty"]
    at, every = letterhead(ws, "SỞ Y TẾ", "KẾT QUẢ THỰC HIỆN NHIỆM VỤ TUẦN 19/2025"), []
    if one_table:
        at = head(ws, at, columns)
    for i, (caption, text, status) in enumerate(PARTS):
        rows = tasks(50 + i, 4)
        for row in rows:
            row.update(status_text=text, status=status)
            if one_table:
                row["group"] = caption
        ws.cell(at, 1, caption).font = Font(bold=True)
        if one_table:
            ws.merge_cells(start_row=at, start_column=1, end_row=at, end_column=len(columns))
        at += 1
        at = fill(ws, at if one_table else head(ws, at, columns), columns, rows) + (0 if one_table else 2)
        every += rows
    name = "xlsx_captions_rows.xlsx" if one_table else "xlsx_captions_tables.xlsx"
    ok(name, saved(wb), ["status_captions"] + ([] if one_table else ["several_tables"]), shown(every, columns + ["status"]), "SỞ Y TẾ", "2025-W19")


def cover():
    rows, wb = tasks(6, 8), book()
    ws = wb.active
    ws.title = "Bìa"
    for at, text in {3: "SỞ GIÁO DỤC VÀ ĐÀO TẠO", 10: "BÁO CÁO", 11: "Tiến độ thực hiện chương trình công tác", 12: "Tháng 3 năm 2025", 30: "Tháng 4/2025, Huế"}.items():
        ws.cell(at, 2, text)
    ws = wb.create_sheet("Số liệu")
    columns = ["no", "task", "person", "due", "status", "percent", "evidence"]
    fill(ws, head(ws, 2, columns), columns, rows)
    ok("xlsx_cover.xlsx", saved(wb), ["cover_sheet"], shown(rows, columns), "SỞ GIÁO DỤC VÀ ĐÀO TẠO", "2025-03")


def hidden_sheet():
    rows, wb = tasks(7, 7), book()
    ws = wb.active
    ws.title = "Tuần 20"
    at = letterhead(ws, "THANH TRA TỈNH", TITLE)
    fill(ws, head(ws, at, COMMON), COMMON, rows)
    old = wb.create_sheet("Tuần 19")
    fill(old, head(old, 2, COMMON), COMMON, tasks(70, 9))
    old.sheet_state = "hidden"
    older = wb.create_sheet("Tuần 18")
    fill(older, head(older, 2, COMMON), COMMON, tasks(71, 5))
    older.sheet_state = "veryHidden"
    ok("xlsx_hidden_sheet.xlsx", saved(wb), ["hidden"], shown(rows, COMMON), "THANH TRA TỈNH", PERIOD, ["F12.sheet"])


def hidden_rows():
    rows, wb = tasks(8, 12), book()
    ws = wb.active
    columns = ["no", "task", "lead", "status", "note", "result"]
    at = head(ws, letterhead(ws, "SỞ TƯ PHÁP", TITLE), columns)
    for i in (3, 4, 9):
        rows[i]["task"] = "Tuần trước: " + rows[i]["task"]
    fill(ws, at, columns, rows)
    for i in (3, 4, 9):
        ws.row_dimensions[at + i].hidden = True
    ws.column_dimensions["E"].hidden = True
    kept = [r for i, r in enumerate(rows) if i not in (3, 4, 9)]
    ok("xlsx_hidden_rows.xlsx", saved(wb), ["hidden"], shown(kept, [c for c in columns if c != "note"]), "SỞ TƯ PHÁP", PERIOD, ["F12.rows", "F12.columns"])


def groups():
    wb = book()
    ws = wb.active
    columns = ["no", "task", "lead", "due", "percent", "status", "result"]
    at, every = head(ws, letterhead(ws, "SỞ KHOA HỌC VÀ CÔNG NGHỆ", "BÁO CÁO KẾT QUẢ QUÝ I NĂM 2025"), columns), []
    for i, (roman, text) in enumerate([("I", "Nâng cao nhận thức, đổi mới tư duy"), ("II", "Hoàn thiện thể chế"), ("III", "Đầu tư hạ tầng số")]):
        rows = tasks(90 + i, 4)
        ws.cell(at, 1, roman)
        ws.cell(at, 2, text).font = Font(bold=True)
        at += 1
        for row in rows:
            row["group"] = text
        at = fill(ws, at, columns, rows)
        ws.cell(at, 2, "Cộng nhóm " + roman)
        ws.cell(at, 5, 4)
        at += 1
        every += rows
    ws.cell(at, 2, "Tổng cộng: 12 nhiệm vụ")
    ws.cell(at + 1, 1, "Ghi chú: số liệu tính đến ngày 31/3/2025.")
    ws.cell(at + 3, 6, "Huế, ngày 02 tháng 4 năm 2025")
    ws.cell(at + 4, 2, "NGƯỜI LẬP BIỂU")
    ws.cell(at + 4, 6, "GIÁM ĐỐC")
    ws.cell(at + 8, 2, "Nguyễn Văn A")
    ws.cell(at + 8, 6, "Trần Thị B")
    ok("xlsx_groups.xlsx", saved(wb), ["groups", "totals", "notes", "signatures"], shown(every, columns), "SỞ KHOA HỌC VÀ CÔNG NGHỆ", "2025-Q1")


def nested_groups():
    wb = book()
    ws = wb.active
    columns = ["no", "task", "lead", "due", "status", "note"]
    at, every = head(ws, 3, columns), []
    ws["A1"] = "TỔNG HỢP TIẾN ĐỘ CỦA SỞ CÔNG THƯƠNG TUẦN 21 NĂM 2025"
    n = 0
    for part, sections in {"A": ["I. Thể chế", "II. Nhân lực"], "B": ["I. Hạ tầng", "II. Dữ liệu"]}.items():
        ws.cell(at, 1, part)
        ws.cell(at, 2, {"A": "NHIỆM VỤ CÓ THỜI HẠN", "B": "NHIỆM VỤ KHÁC"}[part])
        at += 1
        for s in sections:
            ws.cell(at, 1, s.split(".")[0])
            ws.cell(at, 2, s.split(". ")[1])
            at += 1
            rows = tasks(100 + n, 3, [str(n + i + 1) for i in range(3)])
            n += 3
            for row in rows:
                row["group"] = {"A": "NHIỆM VỤ CÓ THỜI HẠN", "B": "NHIỆM VỤ KHÁC"}[part] + " / " + s.split(". ")[1]
            at = fill(ws, at, columns, rows)
            every += rows
    ok("xlsx_groups_nested.xlsx", saved(wb), ["groups"], shown(every, columns), "SỞ CÔNG THƯƠNG", "2025-W21")


def merged_leads():
    rows, wb = tasks(11, 12), book()
    ws = wb.active
    columns = ["no", "lead", "task", "due", "status", "result"]
    at = head(ws, letterhead(ws, "BAN QUẢN LÝ KHU CÔNG NGHỆ", TITLE), columns)
    for i, row in enumerate(rows):
        row["lead"] = ["Phòng Đầu tư", "Phòng Hạ tầng", "Văn phòng"][i // 4]
    fill(ws, at, columns, rows)
    for i in range(0, 12, 4):
        for j in range(1, 4):
            ws.cell(at + i + j, 2).value = None
        ws.merge_cells(start_row=at + i, start_column=2, end_row=at + i + 3, end_column=2)
    ok("xlsx_merged_leads.xlsx", saved(wb), ["merged_down"], shown(rows, columns), "BAN QUẢN LÝ KHU CÔNG NGHỆ", PERIOD)


def continued():
    """A task over several rows: its number and name once, more of the result below."""
    rows, wb = tasks(12, 6), book()
    ws = wb.active
    columns = ["no", "task", "lead", "due", "status", "result"]
    at = head(ws, letterhead(ws, "SỞ TÀI CHÍNH", TITLE), columns)
    for i, row in enumerate(rows):
        at = fill(ws, at, columns, [row])
        if i % 2 == 0:
            more = ["- Gửi phiếu lấy ý kiến các phòng", "- Họp rà soát lần hai"]
            for m in more:
                ws.cell(at, 6, m)
                at += 1
            row["result"] += "\n" + "\n".join(more)
    ok("xlsx_continued_result.xlsx", saved(wb), ["continuation"], shown(rows, columns), "SỞ TÀI CHÍNH", PERIOD)


def continued_text():
    rows, wb = tasks(13, 6), book()
    ws = wb.active
    columns = ["no", "task", "lead", "due", "status", "result"]
    at = head(ws, letterhead(ws, "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", TITLE), columns)
    for i, row in enumerate(rows):
        at = fill(ws, at, columns, [row])
        if i % 2 == 1:
            for m in ["- Khảo sát hiện trạng", "- Lập dự toán"]:
                ws.cell(at, 2, m)
                at += 1
                row["task"] += "\n" + m
    ok("xlsx_continued_task.xlsx", saved(wb), ["continuation"], shown(rows, columns), "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", PERIOD)


def merged_task():
    """Number, task and deadline merged down over the lines of the result."""
    rows, wb = tasks(14, 5), book()
    ws = wb.active
    columns = ["no", "task", "due", "status", "result"]
    at = head(ws, letterhead(ws, "SỞ NGOẠI VỤ", TITLE), columns)
    for row in rows:
        fill(ws, at, columns, [row])
        ws.cell(at + 1, 5, "Dự kiến tuần tới trình ký")
        row["result"] += "\nDự kiến tuần tới trình ký"
        for c in range(1, 5):
            ws.merge_cells(start_row=at, start_column=c, end_row=at + 1, end_column=c)
        at += 2
    ok("xlsx_merged_task.xlsx", saved(wb), ["continuation", "merged_down"], shown(rows, columns), "SỞ NGOẠI VỤ", PERIOD)


def ticks(mark, name, merged):
    rows, wb = tasks(15 + merged, 10), book()
    ws = wb.active
    at = letterhead(ws, "SỞ DU LỊCH", TITLE)
    states = [("Hoàn thành", "done"), ("Đang thực hiện", "in_progress"), ("Chưa thực hiện", "not_started")]
    if merged:
        for x, text in {"A": "STT", "B": "Nhiệm vụ", "C": "Thời hạn", "D": "Tiến độ", "G": "Ghi chú"}.items():
            ws[f"{x}{at}"] = text
        for x in "ABCG":
            ws.merge_cells(f"{x}{at}:{x}{at + 1}")
        ws.merge_cells(f"D{at}:F{at}")
        for i, (text, _) in enumerate(states):
            ws.cell(at + 1, 4 + i, text)
        at += 2
    else:
        for i, text in enumerate(["STT", "Nhiệm vụ", "Thời hạn", "Hoàn thành", "Đang thực hiện", "Chưa thực hiện", "Ghi chú"], 1):
            ws.cell(at, i, text)
        at += 1
    for i, row in enumerate(rows):
        row["status_text"], row["status"] = states[i % 3]
        for c, v in enumerate([int(row["code"]), row["task"], row["due"]], 1):
            ws.cell(at, c, v)
        ws.cell(at, 4 + i % 3, mark)
        ws.cell(at, 7, row["note"] or None)
        at += 1
    ok(name, saved(wb), ["ticks"] + (["merged_heading"] if merged else []), shown(rows, ["no", "task", "due", "status", "note"]), "SỞ DU LỊCH", PERIOD)


def percent_texts():
    wb = book()
    ws = wb.active
    columns = ["no", "task", "percent", "result"]
    spelled = [("82,5%", 82.5), ("Đạt 60%", 60), ("khoảng 40 %", 40), ("100%", 100), ("0%", 0), ("75", 75), ("7,25 %", 7.25), ("Ước đạt 90%", 90), ("hoàn thành 55%", 55), ("3/4", 75), ("~ 20%", 20), ("33.5%", 33.5)]
    rows = tasks(17, len(spelled))
    at = head(ws, letterhead(ws, "BẢO TÀNG TỈNH", TITLE), columns)
    for row, (text, percent) in zip(rows, spelled):
        row["percent"] = percent
        fill(ws, at, columns, [row | {"percent": text}])
        at += 1
    ok("xlsx_percent_texts.xlsx", saved(wb), ["percent"], shown(rows, columns), "BẢO TÀNG TỈNH", PERIOD)


def percent_numbers(as_fraction):
    rows, wb = tasks(18, 10), book()
    ws = wb.active
    columns = ["no", "task", "status", "percent"]
    at = head(ws, letterhead(ws, "THƯ VIỆN TỈNH", TITLE), columns, NAMES | {"percent": "Mức độ hoàn thành"})
    for i, row in enumerate(rows):
        row["status_text"], row["status"], row["percent"] = "Đang thực hiện", "in_progress", [5, 12.5, 60, 7, 45, 81, 33, 99, 28, 1][i]
        fill(ws, at + i, columns, [row])
        cell = ws.cell(at + i, 4)
        cell.value = row["percent"] / 100
        if as_fraction:
            cell.number_format = "0.0%"
    ok("xlsx_percent_%s.xlsx" % ("format" if as_fraction else "fraction"), saved(wb), ["percent"], shown(rows, columns), "THƯ VIỆN TỈNH", PERIOD)


def due_wordings():
    from truth import DUES
    rows, wb = tasks(19, len(DUES)), book()
    ws = wb.active
    columns = ["no", "task", "due", "status"]
    for row, (text, date, precision) in zip(rows, DUES):
        row.update(due=text, due_date=date, due_precision=precision)
    fill(ws, head(ws, letterhead(ws, "ĐÀI PHÁT THANH VÀ TRUYỀN HÌNH", TITLE), columns), columns, rows)
    ok("xlsx_due_wordings.xlsx", saved(wb), ["dates"], shown(rows, columns), "ĐÀI PHÁT THANH VÀ TRUYỀN HÌNH", PERIOD)


def excel_dates(system1904):
    """"6/2025" that Excel turned into a day, shown as mm/yyyy or mmm-yy, beside real days."""
    rows, wb = tasks(22 + system1904, 9), book()
    if system1904:
        wb.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    ws = wb.active
    columns = ["no", "task", "due", "completed", "status"]
    at = head(ws, letterhead(ws, "BẢO HIỂM XÃ HỘI TỈNH", TITLE), columns)
    stored = [("mm/yyyy", datetime.datetime(2025, 6, 1), "06/2025", "2025-06-30", "month"), ("dd/mm/yyyy", datetime.datetime(2025, 7, 15), "15/07/2025", "2025-07-15", "day"),
              ("m/yyyy", datetime.datetime(2025, 9, 1), "09/2025", "2025-09-30", "month")]
    for i, row in enumerate(rows):
        fmt, date, text, last, precision = stored[i % 3]
        row.update(due=text, due_date=last, due_precision=precision)
        fill(ws, at + i, columns, [row | {"due": ""}])
        ws.cell(at + i, 3, date).number_format = fmt
    ok("xlsx_dates_%s.xlsx" % ("1904" if system1904 else "formats"), saved(wb), ["dates", "excel_month"] + (["1904"] if system1904 else []), shown(rows, columns), "BẢO HIỂM XÃ HỘI TỈNH", PERIOD)


def numeric_codes(with_format):
    codes = [f"1.{i}" for i in range(1, 13)] + ["2.1", "2.2"]
    rows, wb = tasks(24, len(codes), codes), book()
    ws = wb.active
    columns = ["no", "task", "lead", "status"]
    at = head(ws, letterhead(ws, "CHI CỤC KIỂM LÂM", TITLE), columns)
    fill(ws, at, columns, rows)
    for i, code in enumerate(codes):
        cell = ws.cell(at + i, 1)
        cell.value = float(code)
        if with_format:
            cell.number_format = "0.00" if len(code) == 4 else "0.0"
    ok("xlsx_codes_%s.xlsx" % ("format" if with_format else "general"), saved(wb), ["codes"], shown(rows, columns), "CHI CỤC KIỂM LÂM", PERIOD, [] if with_format else ["P10.float"])


def errors():
    rows, wb = tasks(25, 6), book()
    ws = wb.active
    columns = ["no", "task", "status", "percent", "result"]
    at = head(ws, letterhead(ws, "SỞ DÂN TỘC VÀ TÔN GIÁO", TITLE), columns)
    fill(ws, at, columns, rows)
    ws.cell(at + 2, 4, "#REF!")
    ws.cell(at + 4, 4, "#DIV/0!")
    rows[2]["percent"] = rows[4]["percent"] = None
    ok("xlsx_formula_errors.xlsx", saved(wb), ["formulas"], shown(rows, columns), "SỞ DÂN TỘC VÀ TÔN GIÁO", PERIOD, ["F15.error"])


def rich_text():
    rows, wb = tasks(26, 6), book()
    ws = wb.active
    columns = ["no", "task", "due", "status", "result"]
    at = head(ws, letterhead(ws, "KHO BẠC NHÀ NƯỚC KHU VỰC", TITLE), columns)

    fill(ws, at, columns, rows)

    def runs(match):
        text = match[1].decode()
        cut = len(text) // 2
        return ('<is><r><rPr><b/></rPr><t xml:space="preserve">%s</t></r><r><rPr><i/><color rgb="FFFF0000"/></rPr><t xml:space="preserve">%s</t></r></is>' % (text[:cut], text[cut:])).encode()

    def change(name, part):
        return re.sub(rb"<is><t>([^<&]{20,})</t></is>", runs, part) if name.endswith("sheet1.xml") else part
    ok("xlsx_rich_text.xlsx", saved(wb, change), ["rich_text"], shown(rows, columns), "KHO BẠC NHÀ NƯỚC KHU VỰC", PERIOD)


def english():
    rows, wb = tasks(27, 7), book()
    ws = wb.active
    columns = ["no", "task", "lead", "due", "status", "percent", "result", "difficulty", "proposal"]
    names = dict(zip(columns, ["No.", "Task", "Lead unit", "Deadline", "Status", "Progress (%)", "Results", "Difficulties", "Recommendations"]))
    for i, row in enumerate(rows):
        row["status_text"], row["status"] = [("Completed", "done"), ("In progress", "in_progress"), ("Not started", "not_started"), ("On hold", "paused")][i % 4]
    ws["A1"], ws["A2"] = "Reporting unit: Department of Planning", "Reporting period: Week 20, 2025"
    fill(ws, head(ws, 4, columns, names), columns, rows)
    ok("xlsx_english.xlsx", saved(wb), ["english"], shown(rows, columns), "Department of Planning", PERIOD)


def accentless():
    rows, wb = tasks(28, 7), book()
    ws = wb.active
    columns = ["no", "task", "lead", "due", "status", "result", "note"]
    names = dict(zip(columns, ["stt", "noi dung cong viec", "don vi chu tri", "thoi han", "tinh trang", "ket qua thuc hien", "ghi chu"]))
    for i, row in enumerate(rows):
        row["status_text"], row["status"] = [("da hoan thanh", "done"), ("dang thuc hien", "in_progress"), ("chua trien khai", "not_started")][i % 3]
    ws["A1"] = "bao cao tien do tuan 20 nam 2025"
    ws["A2"] = "don vi: Phong Van hoa"
    fill(ws, head(ws, 4, columns, names), columns, rows)
    ok("xlsx_accentless.xlsx", saved(wb), ["accentless"], shown(rows, columns), "Phong Van hoa", PERIOD)


def column_order():
    rows, wb = tasks(29, 8), book()
    ws = wb.active
    columns = ["note", "percent", "status", "result", "due", "lead", "task", "code"]
    for i, row in enumerate(rows):
        row["code"] = f"NV-{i + 1:02d}"
    ws["B1"], ws["B2"] = "VĂN PHÒNG ỦY BAN", "Phụ lục: kết quả thực hiện nhiệm vụ tháng 5/2025"
    fill(ws, head(ws, 4, columns), columns, rows)
    ok("xlsx_column_order.xlsx", saved(wb), ["column_order"], shown(rows, columns), "VĂN PHÒNG ỦY BAN", "2025-05")


def legacy_fonts(encode, font, name, finding):
    rows, wb = tasks(30, 6), book()
    ws = wb.active
    columns = ["no", "task", "lead", "due", "status", "result"]
    fill(ws, head(ws, letterhead(ws, "SỞ VĂN HÓA", "Báo cáo tiến độ tuần 20 năm 2025"), columns), columns, rows)
    for line in ws.iter_rows():
        for cell in line:
            if isinstance(cell.value, str):
                capitals = cell.value.isupper() and encode is tcvn3 and not cell.value.isascii()  # .VnTimeH draws small letters as capitals
                cell.value, cell.font = encode(cell.value.lower() if capitals else cell.value), Font(name=font + "H" if capitals else font)
    ok(name, saved(wb), ["legacy_font"], shown(rows, columns), "SỞ VĂN HÓA", PERIOD, [finding])


def decomposed():
    rows, wb = tasks(31, 6), book()
    ws = wb.active
    columns = ["no", "task", "lead", "due", "status", "result"]
    fill(ws, head(ws, letterhead(ws, "SỞ CÔNG THƯƠNG", TITLE), columns), columns, rows)
    for line in ws.iter_rows():
        for cell in line:
            if isinstance(cell.value, str):
                cell.value = unicodedata.normalize("NFD", cell.value)
    ok("xlsx_nfd.xlsx", saved(wb), ["nfd"], shown(rows, columns), "SỞ CÔNG THƯƠNG", PERIOD)


STRICT = [(b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
          (b"http://schemas.openxmlformats.org/officeDocument/2006/relationships", b"http://purl.oclc.org/ooxml/officeDocument/relationships"),
          (b"http://schemas.openxmlformats.org/drawingml/2006/main", b"http://purl.oclc.org/ooxml/drawingml/main")]


def strict():
    rows, wb = tasks(32, 6), book()
    ws = wb.active
    columns = ["no", "task", "lead", "due", "completed", "status", "result"]
    fill(ws, head(ws, letterhead(ws, "CỤC THUẾ TỈNH", TITLE), columns), columns, rows)

    def change(name, part):
        for old, new in STRICT:
            part = part.replace(old, new)
        return part
    ok("xlsx_strict.xlsx", saved(wb, change), ["strict_ooxml"], shown(rows, columns), "CỤC THUẾ TỈNH", PERIOD)


def weeks():
    """One sheet for each week; the title of each names its week. Only the newest counts."""
    wb = book()
    wb.remove(wb.active)
    rows = []
    for n in (18, 19, 20):
        ws = wb.create_sheet(f"Tuần {n}")
        rows = tasks(33 + n, 5)
        fill(ws, head(ws, letterhead(ws, "CỤC HẢI QUAN", f"BÁO CÁO TIẾN ĐỘ TUẦN {n} NĂM 2025"), COMMON), COMMON, rows)
    ok("xlsx_weeks.xlsx", saved(wb), ["several_weeks"], shown(rows, COMMON), "CỤC HẢI QUAN", PERIOD, ["F12.period"])


def next_week(caption, name, same_columns):
    rows, wb = tasks(34, 6), book()
    ws = wb.active
    columns = ["no", "task", "lead", "due", "status", "result"]
    at = letterhead(ws, "SỞ LAO ĐỘNG", TITLE)
    ws.cell(at, 1, "I. Kết quả thực hiện trong tuần")
    at = fill(ws, head(ws, at + 1, columns), columns, rows)
    ws.cell(at + 1, 1, caption)
    plan = columns if same_columns else ["no", "task", "lead", "due"]
    ahead = [row | {"result": "", "status_text": "" if not same_columns else "Chưa triển khai"} for row in tasks(340, 4)]
    fill(ws, head(ws, at + 2, plan), plan, ahead)
    ok(name, saved(wb), ["next_week"], shown(rows, columns), "SỞ LAO ĐỘNG", PERIOD, ["F12.next"])


def struck():
    rows, wb = tasks(35, 7), book()
    ws = wb.active
    columns = ["no", "task", "lead", "due", "status"]
    at = head(ws, letterhead(ws, "SỞ THÔNG TIN", TITLE), columns)
    fill(ws, at, columns, rows)
    for c in range(1, 6):
        ws.cell(at + 3, c).font = Font(strike=True)
    del rows[3]
    ok("xlsx_struck.xlsx", saved(wb), ["struck"], shown(rows, columns), "SỞ THÔNG TIN", PERIOD, ["F12.struck"])


def result_only():
    rows, wb = tasks(36, 7), book()
    ws = wb.active
    columns = ["no", "task", "due", "result"]
    fill(ws, head(ws, letterhead(ws, "CHI CỤC THÚ Y", TITLE), columns, NAMES | {"result": "Kết quả"}), columns, rows)
    ok("xlsx_result_only.xlsx", saved(wb), ["ambiguous_heading"], shown(rows, columns), "CHI CỤC THÚ Y", PERIOD)


def product_and_result():
    rows, wb = tasks(37, 7), book()
    ws = wb.active
    columns = ["no", "task", "product", "due", "status", "result"]
    fill(ws, head(ws, letterhead(ws, "CHI CỤC BIỂN ĐẢO", TITLE), columns, NAMES | {"product": "Sản phẩm đầu ra", "result": "Kết quả", "status": "Tiến độ"}), columns, rows)
    ok("xlsx_product_result.xlsx", saved(wb), ["ambiguous_heading"], shown(rows, columns), "CHI CỤC BIỂN ĐẢO", PERIOD)


def status_with_percent():
    rows, wb = tasks(38, 6), book()
    ws = wb.active
    columns = ["no", "task", "due", "status", "difficulty"]
    for i, row in enumerate(rows):
        row["status_text"], row["status"], row["percent"] = [("Đang thực hiện (60%)", "in_progress", 60), ("Hoàn thành 100%", "done", 100), ("Đạt 35%, đang triển khai", "in_progress", 35)][i % 3]
    fill(ws, head(ws, letterhead(ws, "TRUNG TÂM KHUYẾN NÔNG", TITLE), columns, NAMES | {"status": "Tiến độ"}), columns, rows)
    ok("xlsx_status_percent.xlsx", saved(wb), ["percent", "ambiguous_heading"], shown(rows, columns + ["percent"]), "TRUNG TÂM KHUYẾN NÔNG", PERIOD)


def far_down():
    rows, wb = tasks(39, 6), book()
    ws = wb.active
    columns = ["no", "task", "lead", "due", "status", "result"]
    texts = ["UBND TỈNH", "SỞ KẾ HOẠCH", None, "BÁO CÁO", "Tiến độ thực hiện nhiệm vụ được giao", "(Từ ngày 12/5/2025 đến ngày 18/5/2025)", None,
             "Thực hiện chế độ báo cáo định kỳ, đơn vị báo cáo kết quả như sau:", "1. Số nhiệm vụ được giao: 6", "2. Số nhiệm vụ hoàn thành: 2", None, "Chi tiết theo bảng dưới đây:", None]
    for i, text in enumerate(texts, 1):
        ws.cell(i, 3, text)
    at = len(texts) + 1
    for i, c in enumerate(columns):
        ws.cell(at, 3 + i, NAMES[c])
    for j, row in enumerate(rows, 1):
        for i, c in enumerate(columns):
            ws.cell(at + j, 3 + i, cell_value(row, c))
    ok("xlsx_far_down.xlsx", saved(wb), ["heading_place"], shown(rows, columns), "SỞ KẾ HOẠCH", PERIOD)


def sheets_by_status():
    wb = book()
    wb.remove(wb.active)
    columns, every = ["no", "task", "lead", "due", "result"], []
    for i, (text, status) in enumerate([("Đã hoàn thành", "done"), ("Đang thực hiện", "in_progress"), ("Chưa thực hiện", "not_started")]):
        ws = wb.create_sheet(text)
        rows = tasks(60 + i, 4)
        for row in rows:
            row.update(status_text=text, status=status)
        fill(ws, head(ws, letterhead(ws, "CÔNG AN TỈNH", f"DANH MỤC NHIỆM VỤ {text.upper()} TUẦN 20/2025"), columns), columns, rows)
        every += rows
    ok("xlsx_sheets_by_status.xlsx", saved(wb), ["status_captions", "several_sheets"], shown(every, columns + ["status"]), "CÔNG AN TỈNH", PERIOD)


def units_as_groups():
    wb = book()
    ws = wb.active
    columns = ["no", "task", "due", "status", "percent", "result"]
    at, every = head(ws, letterhead(ws, "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG", TITLE), columns), []
    n = 0
    for i, unit in enumerate(["Phòng Hành chính", "Phòng Nghiệp vụ", "Bộ phận Một cửa"]):
        ws.cell(at, 1, unit).font = Font(bold=True)
        ws.merge_cells(start_row=at, start_column=1, end_row=at, end_column=6)
        rows = tasks(110 + i, 3, [str(n + k + 1) for k in range(3)])
        n += 3
        for row in rows:
            row["group"] = unit
        at = fill(ws, at + 1, columns, rows)
        every += rows
    ok("xlsx_groups_units.xlsx", saved(wb), ["groups"], shown(every, columns), "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG", PERIOD)


def subtasks():
    """1 heads 1.1 and 1.2, which carry the status."""
    wb = book()
    ws = wb.active
    columns = ["no", "task", "lead", "due", "status"]
    at, every = head(ws, letterhead(ws, "CỤC QUẢN LÝ THỊ TRƯỜNG", TITLE), columns), []
    for i in range(1, 4):
        name = ["Kiểm tra chuyên đề", "Đào tạo, tập huấn", "Chuyển đổi số"][i - 1]
        ws.cell(at, 1, str(i))
        ws.cell(at, 2, name)
        rows = tasks(120 + i, 3, [f"{i}.{k}" for k in range(1, 4)])
        for row in rows:
            row["group"] = name
        at = fill(ws, at + 1, columns, rows)
        every += rows
    ok("xlsx_subtasks.xlsx", saved(wb), ["groups", "codes"], shown(every, columns), "CỤC QUẢN LÝ THỊ TRƯỜNG", PERIOD)


def stray():
    rows, wb = tasks(41, 5), book()
    ws = wb.active
    columns = ["no", "task", "due", "status"]
    fill(ws, head(ws, letterhead(ws, "SỞ QUY HOẠCH", TITLE), columns), columns, rows)
    ws["AZ900"] = "x"
    ok("xlsx_stray.xlsx", saved(wb), ["stray"], shown(rows, columns), "SỞ QUY HOẠCH", PERIOD, ["F13.stray"])


def filtered():
    rows, wb = tasks(42, 9), book()
    ws = wb.active
    columns = ["no", "task", "lead", "due", "status"]
    at = head(ws, letterhead(ws, "VIỆN QUY HOẠCH", TITLE), columns)
    fill(ws, at, columns, rows)
    ws.auto_filter.ref = f"A{at - 1}:E{at + 8}"
    ws.auto_filter.add_filter_column(4, ["Đang thực hiện"])
    for i in (7, 8):
        ws.row_dimensions[at + i].hidden = True
    ok("xlsx_filtered.xlsx", saved(wb), ["hidden"], shown(rows[:7], columns), "VIỆN QUY HOẠCH", PERIOD, ["F12.rows"])


def line_breaks():
    rows, wb = tasks(43, 5), book()
    ws = wb.active
    columns = ["no", "task", "lead", "due", "status", "result"]
    for row in rows:
        row["result"] = row["result"] + "\n- " + "Tiếp thu, giải trình 14 ý kiến" + "\n- Chuẩn bị hồ sơ trình"
        row["lead"] = "Phòng Kế hoạch;\nPhòng Pháp chế"
    fill(ws, head(ws, letterhead(ws, "TRƯỜNG CAO ĐẲNG NGHỀ", TITLE), columns, NAMES | {"due": "Thời hạn\nhoàn thành", "result": "Kết quả\nthực hiện"}), columns, rows)
    ok("xlsx_line_breaks.xlsx", saved(wb), ["line_breaks"], shown(rows, columns), "TRƯỜNG CAO ĐẲNG NGHỀ", PERIOD)


def bad_values():
    rows, wb = tasks(44, 6), book()
    ws = wb.active
    columns = ["no", "task", "status", "percent", "completed"]
    for row in rows:
        row.update(status_text="Đang thực hiện", status="in_progress", percent=50, completed="")
    rows[1].update(status_text="OK luôn", status="")
    rows[2]["percent"] = None
    rows[4].update(status_text="Hoàn thành", status="done", percent=100)
    at = head(ws, letterhead(ws, "BAN DÂN TỘC", TITLE), columns)
    fill(ws, at, columns, rows)
    ws.cell(at + 2, 4, "gần xong")
    ws.cell(at + 4, 5, "31/6/2025")
    ok("xlsx_bad_values.xlsx", saved(wb), ["bad_values"], shown(rows, columns), "BAN DÂN TỘC", PERIOD, ["R01", "R02", "R03.completed"])


def libreoffice(convert):
    """Formulas recalculated and cached by LibreOffice; the file is as Calc writes it."""
    rows, wb = tasks(45, 8), book()
    ws = wb.active
    columns = ["no", "task", "due", "status", "percent", "result"]
    at = head(ws, letterhead(ws, "QUỸ ĐẦU TƯ PHÁT TRIỂN", TITLE), columns)
    fill(ws, at, columns, rows)
    for i, row in enumerate(rows):
        if i:
            ws.cell(at + i, 1, f"=A{at + i - 1}+1")
        row["percent"] = [25, 50, 75, 100][i % 4]
        ws.cell(at + i, 5, f"={i % 4 + 1}/4").number_format = "0%"
        ws.cell(at + i, 6, '=CONCATENATE("Tuần ","%d",": ","%s")' % (20, row["result"]))
        row["result"] = "Tuần 20: " + row["result"]
    ok("xlsx_libreoffice_formulas.xlsx", rezip(convert(saved(wb), "xlsx", "xlsx")), ["formulas", "libreoffice"], shown(rows, columns), "QUỸ ĐẦU TƯ PHÁT TRIỂN", PERIOD)


def make(convert):
    plain()
    for deep in (2, 3):
        depth(deep)
    column_numbers()
    repeated()
    captions(False)
    captions(True)
    cover()
    hidden_sheet()
    hidden_rows()
    groups()
    nested_groups()
    merged_leads()
    continued()
    continued_text()
    merged_task()
    ticks("x", "xlsx_ticks_x.xlsx", False)
    ticks("✓", "xlsx_ticks_merged.xlsx", True)
    percent_texts()
    percent_numbers(True)
    percent_numbers(False)
    due_wordings()
    excel_dates(False)
    excel_dates(True)
    numeric_codes(True)
    numeric_codes(False)
    errors()
    rich_text()
    english()
    accentless()
    column_order()
    legacy_fonts(tcvn3, ".VnTime", "xlsx_tcvn3.xlsx", "F14.tcvn3")
    legacy_fonts(vni, "VNI-Times", "xlsx_vni.xlsx", "F14.vni")
    decomposed()
    strict()
    weeks()
    next_week("II. Kế hoạch tuần tới", "xlsx_next_week.xlsx", False)
    next_week("II. Nhiệm vụ trọng tâm tuần tới", "xlsx_next_week_same.xlsx", True)
    struck()
    result_only()
    product_and_result()
    status_with_percent()
    far_down()
    sheets_by_status()
    units_as_groups()
    subtasks()
    stray()
    filtered()
    line_breaks()
    bad_values()
    libreoffice(convert)
