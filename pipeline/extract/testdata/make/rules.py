"""The smallest file for each finding of a reader that no file of ../ok and ../err shows, and registers with each of their faults.

Beside a file stands what it is read as and every finding of its reading.
"""
import io
import os
import re
import zipfile
import zlib

from hostile import CATALOG, FONT, PAGE, PAGES, SHEET, part, pdf, sheet_xml, stream, with_sheet, workbook
from documents import opened, saved as saved_document
from sheets import book, rezip, saved
from truth import rule

PRINTS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "pdf", "testdata")
PACKAGE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def related(kind, target):
    return part("xl/_rels/workbook.xml.rels", rb"</Relationships>", b'<Relationship Id="rId98" Type="%s" Target="%s"/></Relationships>' % (kind, target))


def name_of(column):
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def wide(rows, columns, step):
    """Rows a hundred apart, as far as a table may be loose, with a cell at every step of columns."""
    return with_sheet(sheet_xml(b"".join(
        b'<row r="%d">' % at + b"".join(b'<c r="%s%d"><v>1</v></c>' % (name_of(c).encode(), at) for c in range(1, columns + 1, step)) + b"</row>"
        for at in range(1, rows + 1, 100))))


def binary():
    """A workbook whose main part is a binary one, as .xlsb has it."""
    out = io.BytesIO(rezip(workbook(), lambda n, b: b.replace(b"xl/workbook.xml", b"xl/workbook.bin") if n == "_rels/.rels" else b))
    with zipfile.ZipFile(out, "a") as z:
        z.writestr(zipfile.ZipInfo("xl/workbook.bin", (2025, 5, 16, 9, 0, 0)), b"\x83\x01")
    return out.getvalue()


def files():
    rule("macro.xlsx", related(b"http://schemas.microsoft.com/office/2006/relationships/vbaProject", b"vbaProject.bin"), "F06.macro")
    rule("external.xlsx", related(PACKAGE + b"externalLink", b"externalLinks/externalLink1.xml"), "F15.external")
    rule("binary_workbook.xlsx", binary(), "F06.binary_workbook")
    rule("uncached.xlsx", part(SHEET, rb'<c r="F10"([^>]*)>.*?</c>', b'<c r="F10"><f>1+1</f></c>'), "F15.uncached")
    rule("formatted.xlsx", part(SHEET, rb"</sheetData>", b'<row r="1048576"><c r="B1048576" s="1"/></row></sheetData>'), "F13.formatted")
    rule("covered.xlsx", part(SHEET, rb"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="D10:D11"/></mergeCells>'), "F12.covered")
    rule("too_many_rows.xlsx", wide(200_100, 1, 1), "F06.too_many_rows")
    rule("too_many_columns.xlsx", wide(1, 16384, 8), "F06.too_many_columns")
    rule("too_many_cells.xlsx", wide(100_000, 40, 8), "F06.too_many_cells")
    rule("embedded.docx", rezip(saved_document(opened("SỞ NỘI VỤ")), lambda n, b: re.sub(rb"(<w:sectPr)", rb'<w:altChunk r:id="rId9"/>\1', b, count=1) if n == "word/document.xml" else b), "F06.embedded")
    rule("encoding.csv", "STT,Nhiệm vụ,Tình trạng\n1,Xây dựng ".encode() + b"\xe1\x81n,Ho\n", "F06.encoding")
    with open(os.path.join(PRINTS, "calc_overflow.pdf"), "rb") as f:  # rows of fixed height, their text longer
        rule("overlap.pdf", f.read(), "F06.overlap")
    rule("second_column.csv", "STT,Nhiệm vụ,Hạn hoàn thành,Tình trạng,Thời hạn\n1,Xây dựng Đề án,30/6/2025,Đang thực hiện,30/6/2025\n".encode(), "F08.second")
    rule("unknown_column.csv", "STT,Nhiệm vụ,Tình trạng,Màu sắc\n1,Xây dựng Đề án,Đang thực hiện,xanh\n".encode(), "F08.unknown")
    rule("days.csv", "STT,Nhiệm vụ,Thời hạn,Tình trạng,Ngày hoàn thành\n1,Xây dựng Đề án,sớm nhất,Hoàn thành,tháng 5/2025\n".encode(), "R03.due", "R03.not_a_day")
    text = stream(b"BT /F1 12 Tf 20 100 Td (Nhiem vu) Tj ET")
    image = stream(b"x", b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8")
    picture = stream(b"q 595 0 0 842 0 0 cm /X Do Q")
    rule("damaged_page.pdf", pdf(CATALOG, PAGES, PAGE, stream(b"not deflated", b"/Filter/FlateDecode"), FONT), "F06.damaged_page")
    rule("ocr_layer.pdf", pdf(CATALOG, PAGES, PAGE, stream(b"/X Do BT 3 Tr /F1 12 Tf 20 100 Td (Recognised) Tj ET"), FONT, image), "F06.ocr_layer", "F08.none")
    rule("scanned_page.pdf", pdf(CATALOG, b"<</Type/Pages/Kids[3 0 R 7 0 R]/Count 2>>", PAGE, text, FONT, image,
                                 PAGE.replace(b"4 0 R", b"8 0 R"), picture), "F06.scanned_page", "F08.none")
    letters = b"".join(b"%d %d m %d %d %d %d %d %d c %d %d %d %d %d %d c h f\n" % (x, y, x, y + 4, x + 1, y + 8, x + 3, y + 8, x + 5, y + 8, x + 6, y + 4, x + 6, y)
                       for y in range(60, 780, 14) for x in range(50, 540, 8))
    rule("outlined_page.pdf", pdf(CATALOG, b"<</Type/Pages/Kids[3 0 R 7 0 R]/Count 2>>", PAGE, text, FONT, image,
                                  PAGE.replace(b"4 0 R", b"8 0 R"), stream(zlib.compress(letters), b"/Filter/FlateDecode")), "F06.outlined_page", "F08.none")


UNITS = "Mã đơn vị,Tên đơn vị,Tên gọi khác,Đơn vị cấp trên,Nộp báo cáo,Cấp,Hiệu lực từ,Hiệu lực đến,Đơn vị kế thừa\n"
PLAN = "Mã nhiệm vụ,Nhiệm vụ,Cơ quan chủ trì,Thời hạn hoàn thành,Ngày giao\n"
WAIVERS = "Mã phát hiện,Người cho phép,Lý do,Đến ngày\n"


def registers():
    """Plans are read with the units of sound_units.csv."""
    def csv(kind, name, text, *findings):
        rule(f"{name}.csv", text.encode(), *findings, kind=kind)

    csv("units", "sound_units", UNITS + "vu-a,Vụ A,,,x,,,,\nvu-b,Vụ B,Vụ Kế hoạch,,,,,31/12/2023,vu-c\nvu-c,Vụ C,Vụ Kế hoạch,,x,,01/01/2024,,\n")
    csv("plan", "sound_plan", PLAN + "I.1,Xây dựng Đề án,Vụ A,30/6/2025,09/01/2025\nI.2,Tuyên truyền,Vụ B,Thường xuyên,\n")
    csv("waivers", "sound_waivers", WAIVERS + "0a1b2c3d4e5f6071,Chánh Văn phòng,Chờ sáp nhập,30/6/2025\n")
    csv("units", "units_without_codes", "STT,Tên đơn vị,Cấp trên\n1,Vụ A,\n", "G01", "G09.unit_code")
    csv("waivers", "no_waivers", "a,b\n1,2\n", "G01.none")
    csv("units", "unit_twice", UNITS + "a,Vụ A,,,,,,,\na,Vụ B,,,,,,,\n", "G02")
    csv("plan", "plan_leads", PLAN + "I.1,Một,,2025,\nI.2,Hai,Vụ Lạ,2025,\nI.3,Ba,Các sở ngành,2025,\nI.4,Bốn,Vụ Kế hoạch,2025,\n", "G03.ambiguous", "G03.blank", "G03.level", "G03.unknown")
    csv("plan", "plan_deadlines", PLAN + "I.1,Một,Vụ A,,\nI.2,Hai,Vụ A,31/6/2025,9/2025\n", "G04.blank", "G04.unreadable", "G07")
    csv("plan", "plan_extensions", PLAN.replace("Ngày giao", "Thời hạn ban đầu,Văn bản gia hạn") + "".join(f"I.{n},{row}\n" for n, row in enumerate((
        "Một,Vụ A,30/9/2025,30/6/2025,",
        "Hai,Vụ A,30/9/2025,30/9/2025,Công văn số 12/VPCP-KSTT ngày 12/5/2025",
        "Ba,Vụ A,30/9/2025,30/6/2025,theo ý kiến của lãnh đạo",
        "Bốn,Vụ A,30/9/2025,30/6/2025,Công văn số 12/VPCP-KSTT",
        "Năm,Vụ A,30/9/2025,30/6/2025,QĐ 45/QĐ-TTg ngày 03/02/2025 (đến 31/12/2025); CV 12/VPCP ngày 12/5/2025 (đến 30/9/2025)",
        "Sáu,Vụ A,30/9/2025,30/6/2025,CV 12/VPCP ngày 12/5/2025 (đến 31/8/2025)"), 1)),
        "G11.backwards", "G11.not_in_force", "G11.undated", "G11.undocumented", "G11.unmoved", "G11.unreadable")
    csv("units", "units_above", UNITS + "a,Vụ A,,z,,,,,\nb,Vụ B,,,,,,,z\n", "G05.parent", "G05.successor")
    csv("units", "units_in_a_ring", UNITS + "a,Vụ A,,b,,,,,\nb,Vụ B,,a,,,,,\n", "G06.parent")
    csv("units", "successors_in_a_ring", UNITS + "a,Vụ A,,,,,,,b\nb,Vụ B,,,,,,,a\n", "G06.successor")
    csv("units", "unit_day", UNITS + "a,Vụ A,,,,,31/6/2025,,\n", "G07")
    csv("units", "unit_name_twice", UNITS + "a,Vụ A,,,,,,,\nb,Vụ B,vụ a,,,,,,\n", "G08")
    csv("units", "unit_blanks", UNITS + ",Vụ A,,,,,,,\nvu-b,,,,,,,,\nvu-c,Vụ C,,,,,,,\n", "G09.unit_code", "G09.unit_name")
    csv("plan", "plan_blanks", PLAN + ",Một,Vụ A,2025,\nI.2,,Vụ A,2025,\n", "G09.code", "G09.task")
    csv("plan", "plan_empty", PLAN, "G09.empty")
    csv("waivers", "waiver_blanks", WAIVERS + "aa,,x,30/6/2025\nbb,A,,30/6/2025\ncc,A,x,\n,A,x,30/6/2025\n", "G09.reason", "G09.until", "G09.waived", "G09.waived_by")
    milestones()


MILESTONES = ["Mã nhiệm vụ", "Mốc", "Thời hạn", "Tỷ lệ phải đạt"]


def milestones():
    """A plan of three tasks, due on 30/6/2025, on 31/12/2025 and never, with a second sheet; its first line is a heading in line 1."""
    def plan(name, sheet, lines, *findings):
        wb = book()
        ws = wb.active
        ws.title = "Kế hoạch"
        for line in [PLAN.strip().split(","), ["I.1", "Xây dựng Đề án", "Vụ A", "30/6/2025", "09/01/2025"], ["I.2", "Xây dựng hệ thống", "Vụ A", "2025", ""],
                     ["I.3", "Tuyên truyền", "Vụ A", "Thường xuyên", ""]]:
            ws.append(line)
        ws = wb.create_sheet(sheet)
        for line in lines:
            ws.append(line)
        rule(f"{name}.xlsx", saved(wb), *findings, kind="plan")

    plan("sound_milestones", "Mốc tiến độ", [MILESTONES, ["I.1", "Trình Chính phủ", "31/5/2025", 60], ["I.1", "Lấy ý kiến", "Tháng 3/2025", ""], ["I.2", "Mua sắm", "Quý III/2025", "40%"]])
    plan("milestone_faults", "Sheet2", [
        MILESTONES, ["I.9", "Trình Chính phủ", "31/5/2025", 60], ["", "Lấy ý kiến", "31/5/2025", 60], ["I.1", "", "31/5/2025", 60], ["I.1", "Lập tổ", "", 10],
        ["I.1", "Họp", "31/6/2025", 10], ["I.1", "Giám sát", "Thường xuyên", ""], ["I.1", "Đo", "30/4/2025", 120], ["I.1", "Ban hành", "01/7/2025", ""],
        ["I.2", "Dự thảo", "30/4/2025", 50], ["I.2", "Thẩm định", "31/5/2025", 40], ["I.2", "Trình", "30/6/2025", ""], ["I.2", "Trình", "Tháng 6/2025", 60],
    ], *(f"G12.{v}" for v in "unknown_task no_task blank no_day unreadable undated percent after_deadline falls twice".split()))
    plan("milestone_headings", "Mốc", [["Việc", "Bao giờ"], ["Trình Chính phủ", "31/5/2025"]], "G01.milestones")


def make():
    files()
    registers()
