"""Makes the workbooks of this folder, and what is known to stand in them.

Run it here:  /usr/bin/python3 make.py
It needs openpyxl and LibreOffice (soffice). Each X.xlsx has its truth in X.json, written from the same values that
went in; formats.json holds what LibreOffice, in its Vietnamese locale, shows for numbers in many formats.
"""
import csv, datetime, json, os, subprocess, tempfile, unicodedata
import openpyxl
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

LOCALE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>vi-VN</value></prop></item>
</oor:items>"""


def soffice(source, to, folder):
    with tempfile.TemporaryDirectory() as home:
        os.makedirs(home + "/user")
        with open(home + "/user/registrymodifications.xcu", "w") as f:
            f.write(LOCALE)
        subprocess.run(["soffice", "--headless", "-env:UserInstallation=file://" + home, "--convert-to", to,
                        "--outdir", folder, source], check=True, capture_output=True)


class Truth:
    """A worksheet and, beside it, what a reader sees in its cells."""

    def __init__(self, sheet):
        self.sheet, self.cells = sheet, {}

    def put(self, ref, value, text, kind="text", fmt=None, font=None, **more):
        cell = self.sheet[ref]
        cell.value = value
        if fmt:
            cell.number_format = fmt
        if font:
            cell.font = font
        self.cells[ref] = {"text": text, "kind": kind, **more}


def returns():
    book = openpyxl.Workbook()
    t = Truth(book.active)
    t.sheet.title = "Báo cáo"
    t.put("A1", "BÁO CÁO TIẾN ĐỘ THÁNG 6/2025", "BÁO CÁO TIẾN ĐỘ THÁNG 6/2025", colspan=8)
    t.sheet.merge_cells("A1:H1")
    for i, word in enumerate(["STT", "Nhiệm vụ", "Đơn vị", "Hạn", "Tỷ lệ", "Tình trạng", "Ghi chú", "Nội bộ"]):
        t.put(get_column_letter(i + 1) + "2", word, word)
    t.put("A3", 1.1, "1,1", "number", number=1.1)
    t.put("A4", 1.1, "1.10", "number", fmt="0.00", number=1.1)
    t.put("A5", "1.10", "1.10", fmt="@")
    t.put("B3", "  Xây dựng\nđề án  ", "Xây dựng\nđề án")
    t.put("B4", unicodedata.normalize("NFD", "Nguyễn Thị Ước"), "Nguyễn Thị Ước")
    t.put("B5", "Trình Thủ tướng ký", "Trình Thủ tướng ký")
    t.put("B6", "Uû ban nh©n d©n", "Uỷ ban nhân dân", font=Font(name=".VnTime"))
    t.put("B7", "céng hoµ x· héi", "CỘNG HOÀ XÃ HỘI", font=Font(name=".VnTimeH"))
    t.put("B8", "Nhieäm vuï thöôøng xuyeân", "Nhiệm vụ thường xuyên", font=Font(name="VNI-Times"))
    t.put("B9", "bỏ", "bỏ", font=Font(strike=True), struck=True)
    t.put("C3", "Vụ Kế hoạch - Tài chính", "Vụ Kế hoạch - Tài chính", rowspan=3)
    t.sheet.merge_cells("C3:C5")
    t.put("D3", datetime.date(2025, 6, 30), "30/06/2025", "date", fmt="dd/mm/yyyy", date="2025-06-30", precision="day")
    t.put("D4", datetime.date(2025, 6, 1), "06/2025", "date", fmt="mm/yyyy", date="2025-06-01", precision="month")
    t.put("D5", datetime.date(2025, 6, 1), "06/2025", "date", fmt="mmm-yy", date="2025-06-01", precision="month")
    t.put("D6", datetime.date(2025, 2, 14), "14/02/2025", "date", fmt="mm-dd-yy", date="2025-02-14", precision="day")
    t.put("D7", datetime.datetime(2025, 2, 14, 8, 5), "14/02/2025 08:05", "date", fmt="m/d/yy h:mm", date="2025-02-14", precision="day")
    t.put("D8", datetime.date(2025, 2, 14), "14/02/2025", "date", fmt="[$-42A]dddd, dd mmmm yyyy", date="2025-02-14", precision="day")
    t.put("D9", datetime.date(2025, 2, 14), "2025", "date", fmt="yyyy", date="2025-02-14", precision="year")
    t.put("E3", 0.825, "82,5%", "number", fmt="0.0%", number=0.825, percent=True)
    t.put("E4", 0.825, "83%", "number", fmt="0%", number=0.825, percent=True)
    t.put("E5", 0.3, "0,3", "number", number=0.3)
    t.put("E6", "Đạt 60%", "Đạt 60%")
    t.put("E7", 1234567.5, "1.234.567,50", "number", fmt="#,##0.00", number=1234567.5)
    t.put("E8", 7, "Quý 7", "number", fmt='"Quý "0', number=7)
    t.put("F3", "=E3*2", "", "empty", uncached=True)
    t.put("F4", "#REF!", "#REF!", "error")
    t.sheet["F4"].data_type = "e"
    t.put("F5", True, "TRUE", "bool")
    t.put("G10", "Hàng ẩn", "Hàng ẩn")
    t.sheet.row_dimensions[10].hidden = True
    t.put("H3", "cột ẩn", "cột ẩn")
    t.sheet.column_dimensions["H"].hidden = True
    old = Truth(book.create_sheet("Tuần trước"))
    old.put("A1", "số liệu cũ", "số liệu cũ")
    old.sheet.sheet_state = "veryHidden"
    book.create_sheet("Trống")
    book.save("return.xlsx")
    dump("return.json", {"Báo cáo": t.cells, "Tuần trước": old.cells})

    # LibreOffice writes the same workbook in its own way, and computes the formula.
    soffice("return.xlsx", "xlsx:Calc MS Excel 2007 XML", os.path.join(os.getcwd(), "lo"))
    os.replace("lo/return.xlsx", "return-libreoffice.xlsx")
    os.rmdir("lo")
    t.cells["F3"] = {"text": "1,65", "kind": "number", "number": 1.65}
    dump("return-libreoffice.json", {"Báo cáo": t.cells, "Tuần trước": old.cells})

    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.save("return-1904.xlsx")
    t.cells["F3"] = {"text": "", "kind": "empty", "uncached": True}
    dump("return-1904.json", {"Báo cáo": t.cells, "Tuần trước": old.cells})


NUMBERS = [0, 1, -1, 1.1, 0.5, 2.5, 0.125, 82.5, 0.825, 1234.567, 1234567, -1234.5, 0.004, 99.995, 1e-7, 12345678.9]
FORMATS = ["0", "0.0", "0.000", "#,##0", "#,##0.00", "0%", "0.0%", "0.00%", "#.##", "0.##", "000", "#,##0;(#,##0)",
           '#,##0;-#,##0;"-"', '0" ngày"', "#,##0,", "#,##0.0,,", '[>=1000]#,##0," nghìn";0.0', "0.00E+00", "##0.0E+0", "0.0E+000", "0E-0", '0.0E+0" m"', "00-00",
           '_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)', "#,##0 ₫", "[Red]-0.0;0.0", "0.0;;", "?0.0?", "# ?/?", "# ??/??"]


def formats():
    book = openpyxl.Workbook()
    sheet = book.active
    for i, fmt in enumerate(FORMATS):
        for j, number in enumerate(NUMBERS):
            cell = sheet.cell(i + 1, j + 1, number)
            cell.number_format = fmt
    with tempfile.TemporaryDirectory() as folder:
        book.save(folder + "/formats.xlsx")
        soffice(folder + "/formats.xlsx", "csv:Text - txt - csv (StarCalc):59,34,76,1", folder)
        with open(folder + "/formats.csv", encoding="utf-8") as f:
            shown = list(csv.reader(f, delimiter=";"))
    dump("formats.json", [{"format": fmt, "number": number, "shown": shown[i][j].strip()}
                          for i, fmt in enumerate(FORMATS) for j, number in enumerate(NUMBERS)])


def dump(name, value):
    with open(name, "w", encoding="utf-8") as f:
        json.dump(value, f, ensure_ascii=False, indent=1)
        f.write("\n")


os.chdir(os.path.dirname(os.path.abspath(__file__)))
returns()
formats()
