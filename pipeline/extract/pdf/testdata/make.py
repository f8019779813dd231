#!/usr/bin/python3
"""Makes the PDFs of this folder with real producers, and beside each what stands in it.

Needs Debian's libreoffice-calc, libreoffice-writer, chromium, qpdf, ghostscript, poppler-utils, python3-openpyxl and python3-docx.
Usage: make.py [OUT [NAME ...]]. NAME.json holds the rows that the generator wrote, table by table: never what a reader found.
../../testdata/make/paged.py adds which of them stand on which page.
"""
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import unicodedata

import docx
import openpyxl
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

OUT = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(__file__))
ONLY = set(sys.argv[2:])
TMP = tempfile.mkdtemp(prefix="tiendo-pdf-")
HEAD = ["STT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Thời hạn hoàn thành", "Tiến độ", "Kết quả thực hiện", "Khó khăn, vướng mắc"]
VERBS = ["Xây dựng", "Hoàn thiện", "Ban hành", "Triển khai", "Rà soát", "Tổ chức", "Trình cấp có thẩm quyền", "Nghiên cứu, đề xuất"]
THINGS = ["cơ sở dữ liệu dùng chung của ngành", "nền tảng tích hợp, chia sẻ dữ liệu", "nghị định về giao dịch điện tử", "kế hoạch chuyển đổi số giai đoạn 2026-2030",
          "đề án phát triển hạ tầng số", "bộ chỉ số đánh giá mức độ sẵn sàng", "quy chế bảo đảm an toàn thông tin mạng", "hệ thống báo cáo điện tử",
          "chương trình bồi dưỡng kỹ năng số cho cán bộ, công chức, viên chức", "danh mục dịch vụ công trực tuyến toàn trình"]
TAILS = ["", " theo Nghị quyết số 57-NQ/TW", " trên phạm vi cả nước", " bảo đảm kết nối liên thông từ trung ương đến cơ sở, không để đứt gãy dữ liệu giữa các cấp",
         " tại các đơn vị thuộc Bộ; gửi báo cáo trước ngày 25 hằng tháng", " (giai đoạn 1)"]
LEADS = ["Vụ Khoa học và Công nghệ", "Cục Chuyển đổi số", "Văn phòng Bộ", "Vụ Pháp chế", "Viện Chiến lược", "Cục An toàn thông tin"]
DUES = ["30/6/2026", "Quý II/2026", "31/12/2026", "Thường xuyên", "6/2026", "2026", "05/07/2026"]
STATES = ["Hoàn thành", "Đang thực hiện", "Chưa triển khai", "Quá hạn"]
RESULTS = ["Đã trình lãnh đạo Bộ tại Tờ trình số 12/TTr-CĐS ngày 14/5/2026", "Đang lấy ý kiến các đơn vị", "Đã ban hành Quyết định số 455/QĐ-BKHCN", "",
           "Đã hoàn thành dự thảo lần 2, đang tổng hợp ý kiến góp ý của 34 địa phương và 22 bộ, ngành", "Đạt 82,5% khối lượng"]
TROUBLES = ["", "", "Thiếu kinh phí", "Chưa thống nhất về phạm vi điều chỉnh; đề nghị gia hạn đến 30/9/2026", "Nhân lực mỏng"]


def tasks(seed, n):
    r = random.Random(seed)
    return [[str(i + 1), f"{r.choice(VERBS)} {r.choice(THINGS)}{r.choice(TAILS)}", r.choice(LEADS), r.choice(DUES), r.choice(STATES), r.choice(RESULTS), r.choice(TROUBLES)]
            for i in range(n)]


def figures(seed, n, columns):
    r = random.Random(seed)
    names = ["Hà Nội", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Huế", "Quảng Ninh", "Nghệ An", "Lâm Đồng", "Đồng Nai", "An Giang", "Lào Cai", "Gia Lai"]
    return [[names[i % len(names)]] + [f"{r.randint(3, 99999):,}".replace(",", ".") if c % 2 else f"{r.uniform(0, 100):.1f}".replace(".", ",") for c in range(columns)] for i in range(n)]


def run(*args):
    subprocess.run(args, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def office(path, name):
    run("soffice", f"-env:UserInstallation=file://{TMP}/lo", "--headless", "--convert-to", "pdf", "--outdir", TMP, path)
    os.replace(os.path.splitext(path)[0] + ".pdf", f"{OUT}/{name}.pdf")


def chromium(html, name):
    path = f"{TMP}/{name}.html"
    with open(path, "w", encoding="utf-8") as f:
        f.write("<!doctype html><meta charset=utf-8><style>@page{size:A4;margin:15mm}body{font:11pt 'Liberation Serif'}td,th{padding:2pt 5pt}table{border-collapse:collapse}</style>" + html)
    run("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={TMP}/chromium", f"--print-to-pdf={OUT}/{name}.pdf", "file://" + path)


def truth(name, *tables, **more):
    with open(f"{OUT}/{name}.json", "w", encoding="utf-8") as f:
        json.dump({**more, "tables": list(tables)}, f, ensure_ascii=False, indent=1)


THIN = Side(style="thin")
GRID = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)


def workbook(name, rows, head=HEAD, widths=(5, 38, 16, 13, 12, 34, 22), repeat=True, border=GRID, landscape=True, merge=(), above=(), below=(), fill=True, wrap=True):
    wb = openpyxl.Workbook()
    ws = wb.active
    ws.page_setup.orientation = "landscape" if landscape else "portrait"
    ws.page_setup.paperSize = 9
    ws.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(fitToPage=True)
    ws.page_setup.fitToHeight = 0
    for i, w in enumerate(widths):
        ws.column_dimensions[chr(65 + i)].width = w
    for line in above:
        ws.append([line])
    first = ws.max_row + 1 if above else 1
    for row in [head] + rows:
        ws.append(row)
    for r in range(first, ws.max_row + 1):
        for c in range(1, len(head) + 1):
            cell = ws.cell(r, c)
            cell.alignment = Alignment(wrap_text=True, vertical="center" if r == first else "top", horizontal="center" if r == first or c == 1 else None)
            cell.font = Font(name="Liberation Serif", size=11, bold=r == first)
            cell.data_type = "s"
            if border:
                cell.border = border
            if fill and r == first:
                cell.fill = PatternFill("solid", fgColor="DDDDDD")
        # Without a height LibreOffice gives each row one line, and lets the text run into the rows below.
        lines = max(-(-len(str(ws.cell(r, c).value or "")) * 11 // (widths[c - 1] * 10)) for c in range(1, len(head) + 1))
        if wrap:
            ws.row_dimensions[r].height = 15 * lines + 2
    for m in merge:
        ws.merge_cells(m)
    for line in below:
        ws.append([line])
    if repeat:
        ws.print_title_rows = f"{first}:{first}"
    path = f"{TMP}/{name}.xlsx"
    wb.save(path)
    office(path, name)


def borders(table, **sides):
    pr = table._tbl.tblPr
    b = OxmlElement("w:tblBorders")
    for side in ["top", "left", "bottom", "right", "insideH", "insideV"]:
        e = OxmlElement(f"w:{side}")
        e.set(qn("w:val"), "single" if sides.get(side) else "nil")
        e.set(qn("w:sz"), "4")
        b.append(e)
    pr.append(b)


def under(row):
    """A rule below each cell of the row."""
    for cell in row.cells:
        b = OxmlElement("w:tcBorders")
        e = OxmlElement("w:bottom")
        e.set(qn("w:val"), "single")
        e.set(qn("w:sz"), "4")
        b.append(e)
        cell._tc.get_or_add_tcPr().append(b)


def letter(title, landscape=False, size=11):
    d = docx.Document()
    d.styles["Normal"].font.name = "Liberation Serif"
    d.styles["Normal"].font.size = Pt(size)
    d.styles["Normal"].paragraph_format.space_after = Pt(4)
    s = d.sections[0]
    s.page_width, s.page_height = Cm(21), Cm(29.7)
    if landscape:
        s.orientation, s.page_width, s.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21)
    s.left_margin = s.right_margin = Cm(2)
    d.add_paragraph(title)
    return d


def word_table(d, rows, widths, repeat=True, **sides):
    t = d.add_table(rows=0, cols=len(rows[0]))
    t.autofit = False
    borders(t, **sides)
    for r in rows:
        cells = t.add_row().cells
        for c, text in enumerate(r):
            cells[c].width = Cm(widths[c])
            cells[c].text = text
            cells[c].paragraphs[0].paragraph_format.space_after = Pt(0)
    if repeat:
        e = OxmlElement("w:tblHeader")
        e.set(qn("w:val"), "true")
        t.rows[0]._tr.get_or_add_trPr().append(e)
    return t


def save_word(d, name):
    path = f"{TMP}/{name}.docx"
    d.save(path)
    office(path, name)


PROSE = ("Thực hiện chương trình công tác năm, các đơn vị đã tập trung hoàn thành nhiệm vụ được giao, bảo đảm tiến độ và chất lượng. "
         "Số liệu dưới đây được tổng hợp từ báo cáo của các địa phương gửi về trước ngày 15 của tháng, đã được rà soát và đối chiếu với hệ thống theo dõi.")
ENGLISH = ("The survey covers all enterprises with at least ten employees in the sections listed below. Results are rounded, so that the sum of the parts may differ from the total. "
           "Figures for the last year are provisional and may be revised when the complete accounts become available.")
ALL = dict(top=1, left=1, bottom=1, right=1, insideH=1, insideV=1)
WIDE = (1.1, 6, 3, 2.6, 2.3, 6, 4)
CASES = {}


def case(f):
    CASES[f.__name__] = f


def html_table(rows, style="border:1px solid #000", head=1, attrs=""):
    out = f"<table {attrs}>"
    for i, r in enumerate(rows):
        tag = "th" if i < head else "td"
        if i == 0 and head:
            out += "<thead>"
        out += "<tr>" + "".join(f'<{tag} style="{style}">{c}</{tag}>' for c in r) + "</tr>"
        if i == head - 1:
            out += "</thead>"
    return out + "</table>"


@case
def calc_ruled(name):
    rows = tasks(1, 45)
    workbook(name, rows, above=["BÁO CÁO TIẾN ĐỘ THÁNG 5/2026"])
    truth(name, [HEAD] + rows, repeated=True)


@case
def calc_head_once(name):
    rows = tasks(2, 30)
    workbook(name, rows, repeat=False)
    truth(name, [HEAD] + rows)


@case
def calc_overflow(name):
    """Rows too low for their text, which runs into the rows below."""
    rows = tasks(8, 20)
    workbook(name, rows, wrap=False)
    truth(name, [HEAD] + rows, clipped=True)


@case
def calc_merged(name):
    rows = tasks(3, 18)
    merge = []
    for i in range(0, 18, 3):  # the lead stands once for three rows
        for k in (1, 2):
            rows[i + k][2] = ""
        merge.append(f"C{i + 2}:C{i + 4}")
    workbook(name, rows, merge=merge)
    truth(name, [HEAD] + rows, repeated=True)


@case
def calc_groups(name):
    rows = tasks(4, 16)
    head1 = ["STT", "Nội dung nhiệm vụ", "Cơ quan", "", "Tiến độ", "Kết quả", ""]
    head2 = ["", "", "Chủ trì", "Thời hạn", "", "Đạt được", "Vướng mắc"]
    rows = [head2] + [["I", "NHÓM NHIỆM VỤ VỀ THỂ CHẾ", "", "", "", "", ""]] + rows[:8] + [["II", "NHÓM NHIỆM VỤ VỀ HẠ TẦNG", "", "", "", "", ""]] + rows[8:]
    workbook(name, rows, head=head1, repeat=False, merge=["A1:A2", "B1:B2", "C1:D1", "E1:E2", "F1:G1", "B3:G3", "B12:G12"])
    truth(name, [head1] + rows)


@case
def calc_unruled(name):
    rows = figures(5, 12, 5)
    head = ["Tỉnh, thành phố", "Số xã", "Tỷ lệ", "Hộ dân", "Tăng", "Trạm"]
    workbook(name, rows, head=head, widths=(22, 12, 12, 14, 12, 12), border=None, landscape=False, fill=False, above=["Biểu 02. Kết quả theo địa phương"])
    truth(name, [head] + rows)


@case
def calc_unruled_tasks(name):
    rows = tasks(6, 14)
    workbook(name, rows, border=None, fill=False)
    truth(name, [HEAD] + rows)


@case
def calc_outline(name):
    """Lines between the columns and around the table, none between the rows."""
    rows = figures(7, 10, 4)
    head = ["Địa phương", "Nhiệm vụ", "Hoàn thành", "Quá hạn", "Tỷ lệ"]
    side = Border(left=THIN, right=THIN)
    wb = openpyxl.Workbook()
    ws = wb.active
    for r in [head] + rows:
        ws.append(r)
    for r in range(1, ws.max_row + 1):
        for c in range(1, 6):
            ws.cell(r, c).border = GRID if r == 1 else Border(left=THIN, right=THIN, bottom=THIN if r == ws.max_row else None)
            ws.cell(r, c).data_type = "s"
    for c in "ABCDE":
        ws.column_dimensions[c].width = 12
    wb.save(f"{TMP}/{name}.xlsx")
    office(f"{TMP}/{name}.xlsx", name)
    truth(name, [head] + rows)


@case
def writer_ruled(name):
    rows = tasks(10, 30)
    d = letter("PHỤ LỤC. TIẾN ĐỘ THỰC HIỆN NHIỆM VỤ", landscape=True)
    d.add_paragraph(PROSE)
    word_table(d, [HEAD] + rows, WIDE, **ALL)
    save_word(d, name)
    truth(name, [HEAD] + rows, repeated=True, broken=True)


@case
def writer_unruled(name):
    rows = figures(11, 9, 4)
    head = ["Địa phương", "Nhiệm vụ", "Hoàn thành", "Quá hạn", "Tỷ lệ"]
    d = letter("Kết quả thực hiện")
    d.add_paragraph(PROSE)
    word_table(d, [head] + rows, (4, 3, 3, 3, 3))
    d.add_paragraph(PROSE)
    save_word(d, name)
    truth(name, [head] + rows)


@case
def writer_head_rule(name):
    """The table of western statistics: a rule above, below the heading, and at the end."""
    rows = figures(12, 11, 5)
    head = ["Region", "Persons", "Share", "Firms", "Growth", "Units"]
    d = letter("Table 3. Employment by region", size=10)
    d.add_paragraph(ENGLISH)
    t = word_table(d, [head] + rows, (4, 2.6, 2.6, 2.6, 2.6, 2.6), top=1, bottom=1)
    under(t.rows[0])
    d.add_paragraph(ENGLISH)
    save_word(d, name)
    truth(name, [head] + rows)


@case
def writer_rows_ruled(name):
    """A rule between all rows, none between columns; cells wrap."""
    rows = [r[:6] for r in tasks(13, 12)]
    d = letter("Danh sách nhiệm vụ", landscape=True)
    word_table(d, [HEAD[:6]] + rows, (1.3, 8, 4, 3, 3, 6), top=1, bottom=1, insideH=1)
    save_word(d, name)
    truth(name, [HEAD[:6]] + rows, repeated=True, broken=True)


@case
def writer_two_tables(name):
    a, b = figures(14, 5, 3), figures(15, 6, 2)
    ha, hb = ["Địa phương", "Giao", "Tỷ lệ", "Xong"], ["Tỉnh", "Trạm", "Xã"]
    d = letter("Hai biểu trên một trang")
    word_table(d, [ha] + a, (5, 3, 3, 3), **ALL)
    d.add_paragraph("")
    d.add_paragraph(PROSE)
    word_table(d, [hb] + b, (5, 4, 4), **ALL)
    save_word(d, name)
    truth(name, [ha] + a, [hb] + b)


@case
def writer_decomposed(name):
    rows = tasks(16, 6)
    d = letter("Chữ tổ hợp", landscape=True)
    word_table(d, [[unicodedata.normalize("NFD", c) for c in r] for r in [HEAD] + rows], WIDE, **ALL)
    save_word(d, name)
    truth(name, [HEAD] + rows, repeated=True, broken=True)


@case
def writer_stub(name):
    """English statistics without lines: labels that wrap, a heading over two columns, an empty cell."""
    rows = [["Manufacturing", "1,204", "1,311", "8.9"], ["Electricity, gas, steam and air conditioning supply", "88", "91", "3.4"], ["Construction", "530", "498", "-6.0"],
            ["Wholesale and retail trade", "2,114", "2,207", "4.4"], ["Transportation and storage", "641", "655", "2.2"], ["Accommodation", "302", "", ""],
            ["Information and communication", "417", "456", "9.4"], ["Real estate activities", "95", "97", "2.1"], ["Total", "5,391", "5,315", "-1.4"]]
    head = ["Section", "2023", "2024", "Change (%)"]
    d = letter("Table 7. Employees by section, thousand", size=10)
    d.add_paragraph(ENGLISH)
    word_table(d, [head] + rows, (5.5, 2.5, 2.5, 3))
    d.add_paragraph(ENGLISH)
    save_word(d, name)
    truth(name, [head] + rows)


@case
def chromium_ruled(name):
    rows = tasks(20, 24)
    chromium("<style>@page{size:A4 landscape}</style><h3>Báo cáo tuần 20</h3><p>" + PROSE + "</p>" + html_table([HEAD] + rows), name)
    truth(name, [HEAD] + rows, repeated=True, broken=True)


@case
def chromium_spans(name):
    html = """<table><tr><th rowspan=2 style="border:1px solid">Đơn vị</th><th colspan=2 style="border:1px solid">Năm 2025</th><th colspan=2 style="border:1px solid">Năm 2026</th></tr>
<tr>""" + "".join(f'<th style="border:1px solid">{t}</th>' for t in ["Giao", "Xong", "Giao", "Xong"]) + "</tr>"
    rows = figures(21, 8, 4)
    for r in rows:
        html += "<tr>" + "".join(f'<td style="border:1px solid">{c}</td>' for c in r) + "</tr>"
    chromium(html + "</table>", name)
    truth(name, [["Đơn vị", "Năm 2025", "", "Năm 2026", ""], ["", "Giao", "Xong", "Giao", "Xong"]] + rows)


@case
def chromium_unruled(name):
    rows = figures(22, 14, 5)
    head = ["Địa phương", "Giao", "Tỷ lệ", "Xong", "Tăng", "Trạm"]
    chromium("<p>" + PROSE + "</p>" + html_table([head] + rows, style="text-align:right", attrs="style='width:100%'") + "<p>" + PROSE + "</p>", name)
    truth(name, [head] + rows)


@case
def chromium_head_rule(name):
    rows = figures(23, 10, 4)
    head = ["Region", "Persons", "Share", "Firms", "Growth"]
    body = "<table style='width:100%;border-top:1.5px solid;border-bottom:1.5px solid'><thead><tr>" + "".join(f"<th style='border-bottom:1px solid;text-align:left'>{h}</th>" for h in head)
    body += "</tr></thead>" + "".join("<tr>" + "".join(f"<td>{c}</td>" for c in r) + "</tr>" for r in rows) + "</table>"
    chromium("<p>" + ENGLISH + "</p>" + body + "<p>" + ENGLISH + "</p>", name)
    truth(name, [head] + rows)


@case
def chromium_stripes(name):
    """No lines: every other row is shaded."""
    rows = figures(24, 10, 4)
    head = ["Region", "Persons", "Share", "Firms", "Growth"]
    body = "<table style='width:100%'>" + "".join(f"<tr style='background:{'#e8e8e8' if i % 2 else '#fff'}'>" + "".join(f"<td>{c}</td>" for c in r) + "</tr>" for i, r in enumerate([head] + rows)) + "</table>"
    chromium("<p>" + ENGLISH + "</p>" + body + "<p>" + ENGLISH + "</p>", name)
    truth(name, [head] + rows)


@case
def chromium_filled_cells(name):
    """Cells are grey boxes with white between them."""
    rows = figures(25, 7, 4)
    head = ["Region", "Persons", "Share", "Firms", "Growth"]
    body = "<table style='width:80%;border-collapse:separate;border-spacing:2px'>" + "".join("<tr>" + "".join(f"<td style='background:#e0e0e0'>{c}</td>" for c in r) + "</tr>" for r in [head] + rows) + "</table>"
    chromium("<p>" + ENGLISH + "</p>" + body, name)
    truth(name, [head] + rows)


@case
def chromium_partly_ruled(name):
    """A heading in boxes over rows without lines; a line after the first column only; a frame with a line below the heading."""
    head = ["Region", "Persons", "Share", "Firms"]
    tables = [[head] + figures(seed, 5, 3) for seed in (27, 28, 29)]

    def html(rows, style, table=""):
        return f"<table style='width:100%;{table}'>" + "".join("<tr>" + "".join(f"<td style='{style(r, c)}'>{t}</td>" for c, t in enumerate(row)) + "</tr>" for r, row in enumerate(rows)) + "</table>"

    boxes = html(tables[0], lambda r, c: "border:1px solid" if r == 0 else "")
    stub = html(tables[1], lambda r, c: ("border-right:1px solid;" if c == 0 else "") + ("border-bottom:1px solid" if r == 0 else ""), "border-top:2px solid;border-bottom:2px solid")
    frame = html(tables[2], lambda r, c: "border-bottom:1px solid" if r == 0 else "", "border:1px solid")
    chromium(f"<p>{ENGLISH}</p>{boxes}<p>{ENGLISH}</p>{stub}<p>{ENGLISH}</p>{frame}<p>{ENGLISH}</p>", name)
    truth(name, *tables)


@case
def chromium_columns(name):
    """Prose in two columns, and a table below it."""
    rows = figures(26, 7, 3)
    head = ["Region", "Persons", "Share", "Firms"]
    chromium("<div style='columns:2;column-gap:8mm;text-align:justify'><p>" + (ENGLISH + "</p><p>") * 5 + "</p></div>" + html_table([head] + rows, style="border:none;text-align:left", attrs="style='width:100%'"), name)
    truth(name, [head] + rows)


@case
def chromium_prose(name):
    """A letter: no table at all."""
    chromium("<table style='width:100%;text-align:center'><tr><td>BỘ KHOA HỌC VÀ CÔNG NGHỆ<br><b>CỤC CHUYỂN ĐỔI SỐ</b></td><td><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc</b></td></tr>"
             "<tr><td>Số: 05/BC-CĐS</td><td><i>Hà Nội, ngày 05 tháng 01 năm 2026</i></td></tr></table><h3>BÁO CÁO</h3>" + ("<p>" + PROSE + "</p>") * 6 + "<ul>" + ("<li>" + PROSE + "</li>") * 3 + "</ul>", name)
    truth(name)


def derived(name, source, *command):
    if not os.path.exists(f"{OUT}/{source}.pdf"):
        CASES[source](source)
    run(*[a.format(i=f"{OUT}/{source}.pdf", o=f"{OUT}/{name}.pdf") for a in command])
    shutil.copy(f"{OUT}/{source}.json", f"{OUT}/{name}.json")


@case
def cairo(name):
    derived(name, "calc_head_once", "pdftocairo", "-pdf", "{i}", "{o}")


@case
def ghostscript(name):
    derived(name, "calc_head_once", "gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pdfwrite", "-o", "{o}", "{i}")


@case
def rotated(name):
    derived(name, "calc_head_once", "qpdf", "--rotate=+90", "{i}", "{o}")


@case
def object_streams(name):
    derived(name, "calc_merged", "qpdf", "--object-streams=generate", "--linearize", "{i}", "{o}")


@case
def aes256(name):
    derived(name, "calc_merged", "qpdf", "--encrypt", "", "owner", "256", "--", "{i}", "{o}")


@case
def rc4_40(name):
    derived(name, "writer_two_tables", "qpdf", "--allow-weak-crypto", "--encrypt", "", "owner", "40", "--", "{i}", "{o}")


@case
def rc4_128(name):
    derived(name, "writer_two_tables", "qpdf", "--allow-weak-crypto", "--encrypt", "", "owner", "128", "--use-aes=n", "--", "{i}", "{o}")


@case
def aes128(name):
    derived(name, "writer_two_tables", "qpdf", "--allow-weak-crypto", "--encrypt", "", "owner", "128", "--use-aes=y", "--", "{i}", "{o}")


if __name__ == "__main__":
    os.makedirs(OUT, exist_ok=True)
    for name, make in CASES.items():
        if not ONLY or name in ONLY:
            make(name)
            print(name, os.path.getsize(f"{OUT}/{name}.pdf"))
    shutil.rmtree(TMP, ignore_errors=True)
