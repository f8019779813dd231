"""Syntheses of a lower office as the office above gets them: with the hidden sheet that says what they are, written here anew from its description
and not by the program, so that both must agree on the digest of the rows; and each way in which somebody may have changed one.
"""
import datetime
import hashlib
import unicodedata

from openpyxl.worksheet.filters import FilterColumn, Filters

from sheets import book, rezip, saved
from truth import ok, rule, shown, tasks

SHEET = "Toàn bộ nhiệm vụ"
COLUMNS = [  # heading, field; a column without field is the lower office's own
    ("Mã nhiệm vụ", "code"), ("Nhiệm vụ", "task"), ("Đơn vị", "lead"), ("Trạng thái", "class"), ("Số ngày chậm", ""), ("Tỷ lệ", "percent"), ("Mã đơn vị", "unit_code"),
    ("Thời hạn ghi trong kế hoạch", "due"), ("Đơn vị ghi", "status"), ("Ngày hoàn thành", "completed"), ("Kết quả", "result"), ("Văn bản", "evidence"),
    ("Vướng mắc", "difficulty"), ("Kiến nghị", "proposal"), ("Ghi chú", "note"), ("Tệp", "file"), ("Vị trí", "place"), ("Mã băm", "sha256"),
]
CLASSES = {"done_on_time": "Hoàn thành đúng hạn", "done_late": "Hoàn thành muộn", "unconfirmed": "Chưa xác nhận", "in_term": "Trong hạn", "due_soon": "Sắp đến hạn",
           "overdue": "Quá hạn", "not_reported": "Chưa báo cáo", "regular": "Thường xuyên"}
CLAIMED = ["status_text", "percent", "completed", "result", "evidence", "difficulty", "proposal", "note"]


def lines(silent=()):
    """Two tasks of six communes each; the lines that are silent have no return behind them."""
    out = []
    for i, row in enumerate(tasks(81, 12)):
        row = dict(row, code="I.%d" % (1 + i // 6), task="Số hóa hồ sơ hộ tịch" if i < 6 else "Rà soát thủ tục hành chính", lead="Xã %d" % (1 + i % 6), due="30/9/2025", due_date="2025-09-30", due_precision="day",
                   unit_code="xa-%d" % (1 + i % 6), file="xa-%d/BC_W20.xlsx" % (1 + i % 6), place="Báo cáo!F%d" % (8 + i // 6), sha256="%064x" % i)
        row["class"] = "done_on_time" if row["status"] == "done" else "in_term"
        if i in silent:
            row.update({f: "" for f in CLAIMED + ["status", "file", "place", "sha256"]})
            row["percent"], row["class"] = None, "not_reported"
        out.append(row)
    return out


def held(row, field):
    """What a cell holds."""
    if field == "percent":
        return None if row["percent"] is None else row["percent"] / 100
    if field == "completed":
        return datetime.datetime.fromisoformat(row["completed"]) if row["completed"] else None
    return {"class": CLASSES[row["class"]], "status": row["status_text"]}.get(field, row.get(field, "")) or None


def text(value):
    """What a cell holds, as the digest takes it."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, float):
        return "%.12g" % value
    return " ".join(unicodedata.normalize("NFC", value).split())


def digest(rows):
    hashes = sorted(hashlib.sha256("".join(text(held(r, f)) + "\0" for _, f in COLUMNS if f).encode()).digest() for r in rows)
    return hashlib.sha256(b"".join(hashes)).hexdigest()


# Some headings of the sheet of all tasks as the program words them: by them it knows a synthesis whose hidden sheet is gone.
PUBLISHED = [("Mã", "code"), ("Nhiệm vụ", "task"), ("Đơn vị", "lead"), ("Đánh giá", "class"), ("% hoàn thành", "percent"), ("Kết quả thực hiện", "result"), ("Tệp nguồn", "file"),
             ("Vị trí trong tệp", "place"), ("Mã đơn vị", "unit_code"), ("Thời hạn ghi trong kế hoạch", "due"), ("Đánh giá kỳ trước", ""), ("Đơn vị tự đánh giá", "status"),
             ("Ngày hoàn thành", "completed"), ("Ngày hoàn thành tạm tính", ""), ("Quy tắc chặn dòng", ""), ("Mã băm SHA-256", "sha256")]


def synthesis(rows, change=None, **said):
    wb = book()
    ws = wb.active
    ws.title = "Tổng hợp"
    ws["A1"] = "Tổng hợp tiến độ"
    ws = wb.create_sheet(SHEET)
    ws["A1"] = "Toàn bộ nhiệm vụ"
    for j, (heading, _) in enumerate(COLUMNS, 1):
        ws.cell(4, j, heading)
    for i, row in enumerate(rows):
        for j, (_, field) in enumerate(COLUMNS, 1):
            cell = ws.cell(5 + i, j, held(row, field) if field else 0)
            cell.number_format = {"percent": "0%", "completed": "dd/mm/yyyy"}.get(field, "General")
    seal = wb.create_sheet("tiendo")
    seal.sheet_state = "hidden"
    seal.append(["tiendo-synthesis"])
    for name, value in {"version": "1", "office": "Văn phòng UBND tỉnh", "unit": "UBND tỉnh Hà Lam", "period": "2025-W20", "data_date": "2025-05-16", "revision": "1", "draft": "false",
                        "plan": "%064x" % 286, "rows": str(len(rows)), "digest": digest(rows), "yes": "có", "sheet": SHEET, **said}.items():
        seal.append([name, value])
    for heading, field in COLUMNS:
        seal.append(["column", heading, field])
    for c, wording in CLASSES.items():
        seal.append(["class", wording, c])
    if change:
        change(ws)
    return saved(wb)


def no_seal(rows):
    wb = book()
    wb.active.title = "Tổng hợp"
    wb.active["A1"] = "Tổng hợp tiến độ"
    ws = wb.create_sheet(SHEET)
    ws["A1"] = "Toàn bộ nhiệm vụ và nguồn số liệu"
    for j, (heading, field) in enumerate(PUBLISHED, 1):
        ws.cell(4, j, heading)
        for i, row in enumerate(rows):
            ws.cell(5 + i, j, held(row, field) if field else None)
    return saved(wb)


def read(rows):
    columns = ["code", "task", "lead", "due", "status", "percent", "completed", "result", "evidence", "difficulty", "proposal", "note"]
    return shown(rows, columns)


def make(convert=None):
    rows = lines(silent=(3,))
    ok("xlsx_synthesis.xlsx", synthesis(rows), ["synthesis"], read(rows), "UBND tỉnh Hà Lam", "2025-W20")

    def sort_and_filter(ws):
        body = [[c.value for c in r] for r in ws.iter_rows(5, 16)]
        for i, values in enumerate(reversed(body)):
            for j, v in enumerate(values):
                ws.cell(5 + i, 1 + j).value = v
                ws.cell(5 + i, 1 + j).number_format = {5: "0%", 9: "dd/mm/yyyy"}.get(j, "General")
        ws.auto_filter.ref = "A4:R16"
        ws.auto_filter.filterColumn.append(FilterColumn(colId=0, filters=Filters(filter=["I.1"])))
        for i in range(5, 11):
            ws.row_dimensions[i].hidden = True
        ws.column_dimensions["K"].hidden = True

    ok("xlsx_synthesis_sorted.xlsx", synthesis(rows, sort_and_filter), ["synthesis", "filtered"], read(rows[::-1]), "UBND tỉnh Hà Lam", "2025-W20")
    if convert:
        ok("xlsx_synthesis_libreoffice.xlsx", rezip(convert(synthesis(rows), "xlsx", "xlsx")), ["synthesis", "libreoffice"], read(rows), "UBND tỉnh Hà Lam", "2025-W20")

    def put(cell, value):
        return lambda ws: ws.__setitem__(cell, value)

    rule("synthesis_no_seal.xlsx", no_seal(rows), "F18.no_seal")
    rule("synthesis_newer.xlsx", synthesis(rows, version="99"), "F18.newer")
    rule("synthesis_no_sheet.xlsx", synthesis(rows, lambda ws: setattr(ws, "title", "Sheet9")), "F18.no_sheet")
    rule("synthesis_headings.xlsx", synthesis(rows, put("F4", "Tỷ lệ mới")), "F18.headings")
    rule("synthesis_rows.xlsx", synthesis(rows, lambda ws: ws.delete_rows(9)), "F18.rows")
    rule("synthesis_changed.xlsx", synthesis(rows, put("F6", 0.99)), "F18.changed")
    rule("synthesis_draft.xlsx", synthesis(rows, draft="true"), "F18.draft")
