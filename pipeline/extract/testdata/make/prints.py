"""PDFs by LibreOffice Calc and Writer, Chromium, gofpdf, Ghostscript, cairo and qpdf. Tables that no form of tasks is made of
are there for the measure of tables alone."""
import html
import io
import json
import os
import random
import unicodedata

import openpyxl
from openpyxl.styles import Alignment, Border, Side

import documents
import sheets
from sheets import GRID, NAMES, TITLE, book, head, letterhead, saved, value
from truth import ok, put, shown, tasks
import truth

PERIOD = "2025-W20"
COMMON = ["no", "task", "lead", "due", "status", "result"]
WIDTHS = {"no": 5, "task": 38, "lead": 16, "cooperating": 16, "due": 14, "status": 14, "percent": 9, "result": 32, "difficulty": 20, "proposal": 18, "note": 12, "product": 14}
FONT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..", "..", "templates", "fonts", "LiberationSerif-Regular.ttf")


def printed(row, c):
    v = value(row, c)
    return f"{v}%" if c == "percent" and v != "" else str(v)


def lines(columns, rows, names=NAMES):
    return [[names[c] for c in columns]] + [[printed(r, c) for c in columns] for r in rows]


class Printer:
    def __init__(self, convert, run, tmp):
        self.convert, self.run, self.tmp = convert, run, tmp

    def calc(self, wb):
        return self.convert(saved(wb), "xlsx", "pdf")

    def writer(self, d):
        return self.convert(documents.saved(d), "docx", "pdf")

    def path(self, name):
        return os.path.join(self.tmp, name)

    def chromium(self, body, style="", page="A4"):
        src, out = self.path("in.html"), self.path("out.pdf")
        with open(src, "w", encoding="utf-8") as f:
            f.write("<!doctype html><meta charset=utf-8><title>Báo cáo</title><style>@page{size:%s;margin:12mm}body{font:10pt 'Liberation Serif',serif}"
                    "table{border-collapse:collapse;width:100%%}td,th{padding:2pt 4pt;vertical-align:top;text-align:left}%s</style>%s" % (page, style, body))
        self.run("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={self.tmp}/chromium", f"--print-to-pdf={out}", "file://" + src)
        with open(out, "rb") as f:
            return f.read()

    def filter(self, data, *command):
        """A file as a program makes it of another: IN and OUT stand for their paths."""
        src, out = self.path("filter-in.pdf"), self.path("filter-out.pdf")
        with open(src, "wb") as f:
            f.write(data)
        self.run(*[{"IN": src, "OUT": out}.get(c, c) for c in command])
        with open(out, "rb") as f:
            return f.read()

    def go(self, kind, table):
        src, out = self.path("in.json"), self.path("out." + kind)
        with open(src, "w", encoding="utf-8") as f:
            json.dump(table, f, ensure_ascii=False)
        self.run("go", "run", "prints.go", kind, src, out, FONT)
        with open(out, "rb") as f:
            return f.read()


def sheet(columns, rows, unit="SỞ NỘI VỤ", landscape=True, repeat=True, border=GRID):
    wb = book()
    ws = wb.active
    ws.page_setup.orientation = "landscape" if landscape else "portrait"
    ws.page_setup.paperSize = 9
    ws.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(fitToPage=True)
    ws.page_setup.fitToHeight = 0
    for i, c in enumerate(columns, 1):
        ws.column_dimensions[sheets.letter(i)].width = WIDTHS[c]
    at = letterhead(ws, unit, TITLE)
    first = at
    at = head(ws, at, columns)
    for row in rows:
        for i, c in enumerate(columns, 1):
            cell = ws.cell(at, i, printed(row, c) or None)
            cell.border, cell.alignment = border, Alignment(wrap_text=True, vertical="top")
        # Without a height LibreOffice gives each row one line, and lets the text run into the rows below.
        ws.row_dimensions[at].height = 16 * max(-(-len(printed(row, c)) * 12 // (WIDTHS[c] * 10)) for c in columns) + 3
        at += 1
    ws.row_dimensions[first].height = 48
    if repeat:
        ws.print_title_rows = f"{first}:{first}"
    return wb, ws, first


def table_html(table, rule="all", header=True):
    style = {"all": "td,th{border:0.5pt solid #000}", "none": "", "rows": "tr{border-bottom:0.5pt solid #000}", "head": "th{border-bottom:0.8pt solid #000}"}[rule]
    body = "".join("<tr>" + "".join("<td>" + html.escape(c).replace("\n", "<br>") + "</td>" for c in row) + "</tr>" for row in table[1:])
    return style, ("<table><thead><tr>" + "".join(f"<th>{html.escape(c)}</th>" for c in table[0]) + f"</tr></thead><tbody>{body}</tbody></table>")


ABOVE = "<p>UBND TỈNH<br>SỞ NỘI VỤ</p><h3>BÁO CÁO tiến độ tuần 20 năm 2025</h3>"


def forms(p):
    def done(name, data, traps, rows, columns, findings=(), tables=None, unit="SỞ NỘI VỤ"):
        ok(name, data, traps, shown(rows, columns), unit, PERIOD, findings, tables)

    rows = tasks(401, 22)
    wb, ws, _ = sheet(COMMON, rows)
    ruled = p.calc(wb)
    done("pdf_calc_ruled.pdf", ruled, ["ruled", "heading_repeated", "landscape"], rows, COMMON)
    done("pdf_ghostscript.pdf",
         p.filter(ruled, "sh", "-c", f"gs -q -dBATCH -dNOPAUSE -sDEVICE=pdfwrite -sOutputFile={p.path('filter-out.pdf')} {p.path('filter-in.pdf')}"), ["ruled", "ghostscript"], rows, COMMON)
    done("pdf_cairo.pdf", p.filter(ruled, "pdftocairo", "-pdf", "IN", "OUT"), ["ruled", "cairo"], rows, COMMON)
    done("pdf_rotated.pdf", p.filter(ruled, "qpdf", "--rotate=90", "--deterministic-id", "IN", "OUT"), ["ruled", "rotated"], rows, COMMON)
    done("pdf_object_streams.pdf", p.filter(ruled, "qpdf", "--object-streams=generate", "--deterministic-id", "IN", "OUT"), ["ruled", "object_streams"], rows, COMMON)
    done("pdf_empty_password.pdf", p.filter(ruled, "qpdf", "--encrypt", "", "owner", "256", "--", "IN", "OUT"), ["ruled", "empty_password"], rows, COMMON)
    rows = tasks(402, 14)
    columns = ["no", "task", "lead", "due", "status", "percent", "difficulty"]
    wb, ws, _ = sheet(columns, rows, landscape=False, repeat=False)
    done("pdf_calc_heading_once.pdf", p.calc(wb), ["ruled", "heading_once"], rows, columns)
    rows = tasks(403, 16)
    for i, row in enumerate(rows):
        row["lead"] = ["Phòng Hành chính", "Phòng Kế hoạch"][i // 8]
    wb, ws, first = sheet(COMMON, rows)
    for i in (0, 8):
        for j in range(1, 8):
            ws.cell(first + 1 + i + j, 3).value = None
        ws.merge_cells(start_row=first + 1 + i, start_column=3, end_row=first + 8 + i, end_column=3)
    # Calc draws the words of a cell that a page has cut once more above the second page, where nobody sees them.
    done("pdf_calc_merged.pdf", p.calc(wb), ["ruled", "merged_over_pages"], rows, COMMON, ["F06.cut_off"])
    rows = tasks(404, 9)
    for row in rows:
        row["result"] = " ".join([row["result"] + "; gửi văn bản đôn đốc các đơn vị chưa thực hiện."] * 7)
    d = documents.opened("SỞ NỘI VỤ")
    documents.table(d, COMMON, rows)
    done("pdf_writer_broken_rows.pdf", p.writer(d), ["ruled", "row_broken_by_page"], rows, COMMON)
    rows = tasks(405, 12)
    columns = ["no", "task", "lead", "cooperating", "due", "status", "result"]
    wb, ws, first = sheet(columns, rows)
    groups = ["I. Thể chế", "II. Hạ tầng", "III. Nhân lực"]
    for i in range(2, -1, -1):
        ws.insert_rows(first + 1 + 4 * i)
    for at in range(first + 1, first + 16):
        ws.row_dimensions[at].height = 70
    for i in range(3):
        at = first + 1 + 5 * i
        ws.cell(at, 1, groups[i])
        for c in range(1, 8):
            ws.cell(at, c).border = GRID
        ws.merge_cells(start_row=at, start_column=1, end_row=at, end_column=7)
    for i, row in enumerate(rows):
        row["group"] = groups[i // 4]
    done("pdf_calc_groups.pdf", p.calc(wb), ["ruled", "groups"], rows, columns)
    for rule in ("all", "none", "rows", "head"):
        rows = tasks(406 + len(rule), 15)
        style, body = table_html(lines(COMMON, rows), rule)
        done(f"pdf_chromium_{rule}.pdf", p.chromium(ABOVE + body, style, "A4 landscape"), [{"all": "ruled", "none": "unruled", "rows": "horizontal_rules", "head": "unruled"}[rule]], rows, COMMON)
    done_rows, more = tasks(412, 4), tasks(413, 4)
    columns = ["no", "task", "lead", "due", "result"]
    for group, (text, status) in ((done_rows, ("Đã hoàn thành", "done")), (more, ("Đang thực hiện", "in_progress"))):
        for row in group:
            row.update(status_text=text, status=status)
    style, first = table_html(lines(columns, done_rows))
    done("pdf_two_tables.pdf", p.chromium(ABOVE + "<p>A. Đã hoàn thành</p>" + first + "<p>B. Đang thực hiện</p>" + table_html(lines(columns, more))[1], style), ["ruled", "two_tables", "status_captions"], done_rows + more, columns + ["status"])
    rows = tasks(414, 24)
    done("pdf_gofpdf.pdf", p.go("pdf", lines(COMMON, rows)), ["ruled", "gofpdf", "heading_repeated"], rows, COMMON)
    rows = tasks(415, 10)
    style, body = table_html([[unicodedata.normalize("NFD", c) for c in line] for line in lines(COMMON, rows)])
    done("pdf_nfd.pdf", p.chromium(ABOVE + body, style), ["ruled", "nfd"], rows, COMMON)
    rows = tasks(416, 9)
    style, body = table_html(lines(COMMON, rows))
    done("pdf_bold_shadow.pdf", p.chromium(ABOVE + body, style + "td{text-shadow:0.2px 0 0 #000}"), ["ruled", "drawn_twice"], rows, COMMON)
    rows = tasks(417, 8)
    columns = ["no", "task", "lead", "cooperating", "status", "percent", "result"]
    top = "<tr><th rowspan=2>TT<th rowspan=2>Nhiệm vụ<th colspan=2>Cơ quan thực hiện<th colspan=3>Tình hình thực hiện</tr><tr><th>Chủ trì<th>Phối hợp<th>Tình trạng<th>Tỷ lệ (%)<th>Kết quả thực hiện</tr>"
    body = "".join("<tr>" + "".join(f"<td>{html.escape(printed(r, c))}</td>" for c in columns) + "</tr>" for r in rows)
    done("pdf_depth2.pdf", p.chromium(ABOVE + f"<table><thead>{top}</thead><tbody>{body}</tbody></table>", "td,th{border:0.5pt solid #000}"), ["ruled", "heading_depth_2", "merged_heading"], rows, columns)
    rows = tasks(418, 9)
    d = documents.opened("SỞ NỘI VỤ")
    t = documents.table(d, COMMON, rows)
    t.style = "Normal Table"
    done("pdf_writer_unruled.pdf", p.writer(d), ["unruled"], rows, COMMON)


PLACES = ["Hà Nội", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Huế", "Quảng Ninh", "Nghệ An", "Lâm Đồng", "Đồng Nai", "An Giang", "Lào Cai", "Gia Lai"]


def figures(seed, n, columns):
    r = random.Random(seed)
    return [["Địa phương"] + [f"Năm {2019 + i}" for i in range(columns)]] + [[PLACES[i % 12]] + [f"{r.uniform(1, 999):.1f}".replace(".", ",") for _ in range(columns)] for i in range(n)]


def tables(p):
    """Tables of figures, for the measure of tables; they hold no tasks, so as returns they are refused."""
    folder = os.path.join(truth.OK, "..", "tables")
    os.makedirs(folder, exist_ok=True)

    def keep(name, data, *known):
        put(folder, name, data, {"tables": [{"rows": t} for t in known]})

    for rule in ("all", "none", "rows", "head"):
        t = figures(500 + len(rule), 12, 5)
        style, body = table_html(t, rule)
        keep(f"figures_{rule}.pdf", p.chromium("<p>Bảng 1. Số liệu theo địa phương</p>" + body + "<p>Nguồn: tổng hợp.</p>", style), t)
    one, two = figures(511, 6, 4), figures(512, 9, 3)
    style, first = table_html(one)
    keep("two_on_a_page.pdf", p.chromium("<p>Bảng 1.</p>" + first + "<p>Bảng 2. Đoạn văn giữa hai bảng, dài hơn một dòng một chút để không giống tiêu đề cột nào.</p>" + table_html(two)[1], style), one, two)
    t = lines(COMMON, tasks(515, 7))
    style, body = table_html(t, "none")
    keep("wrapped_unruled.pdf", p.chromium(body, style), t)


def make(convert, run, tmp):
    p = Printer(convert, run, tmp)
    rows = tasks(420, 10)
    ok("xlsx_excelize.xlsx", sheets.rezip(p.go("xlsx", lines(COMMON, rows))), ["excelize"], shown(rows, COMMON))
    forms(p)
    tables(p)
