"""Makes the text tables of this folder: one small table, written by LibreOffice and by Python's codecs.

Run it here:  /usr/bin/python3 make.py     (it needs openpyxl and LibreOffice)
"""
import csv, io, os, subprocess, tempfile, unicodedata
import openpyxl

ROWS = [["STT", "Nhiệm vụ", "Hạn", "Tỷ lệ"],
        ["1.10", 'Xây dựng "Đề án", trình\nThủ tướng; ban hành', "Quý II/2025", "82,5%"],
        ["2", "Thường xuyên", "", "0%"]]


def tones_apart(text):
    """Windows-1258 writes the five tones as marks of their own, after the letter."""
    out = ""
    for letter in unicodedata.normalize("NFC", text):
        apart = unicodedata.normalize("NFD", letter)
        tones = [c for c in apart if c in "\u0300\u0301\u0303\u0309\u0323"]
        rest = unicodedata.normalize("NFC", "".join(c for c in apart if c not in tones))
        out += rest + "".join(tones)
    return out


def python(name, delimiter, encoding, change=lambda text: text):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(ROWS)
    with open(name, "wb") as f:
        f.write(change(text.getvalue()).encode(encoding))


def libreoffice(name, delimiter, charset):
    book = openpyxl.Workbook()
    for i, row in enumerate(ROWS):
        for j, text in enumerate(row):
            cell = book.active.cell(i + 1, j + 1, text or None)
            cell.number_format = "@"
    with tempfile.TemporaryDirectory() as folder:
        book.save(folder + "/table.xlsx")
        subprocess.run(["soffice", "--headless", "-env:UserInstallation=file://" + folder + "/home", "--convert-to",
                        "csv:Text - txt - csv (StarCalc):%d,34,%d,1" % (ord(delimiter), charset),
                        "--outdir", folder, folder + "/table.xlsx"], check=True, capture_output=True)
        os.replace(folder + "/table.csv", name)


os.chdir(os.path.dirname(os.path.abspath(__file__)))
python("python-1258.csv", ";", "cp1258", tones_apart)
python("python-utf16.tsv", "\t", "utf-16")
libreoffice("libreoffice-comma.csv", ",", 76)
libreoffice("libreoffice-tab-utf16.txt", "\t", 65535)
