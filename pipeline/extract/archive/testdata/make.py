"""Makes the files of this folder: one small sheet and one small text in the formats that have to be told apart.

Run it here:  /usr/bin/python3 make.py     (it needs openpyxl, python-docx and LibreOffice)
"""
import os, subprocess, tempfile
import docx, openpyxl


def main():
    os.chdir(os.path.dirname(os.path.abspath(__file__)))
    book = openpyxl.Workbook()
    book.active.append(["STT", "Nhiệm vụ"])
    book.save("small.xlsx")
    text = docx.Document()
    text.add_paragraph("Báo cáo")
    text.save("small.docx")
    for source, to in [("small.xlsx", "ods"), ("small.xlsx", "xls"), ("small.xlsx", "csv"), ("small.docx", "odt"),
                       ("small.docx", "doc"), ("small.docx", "pdf")]:
        with tempfile.TemporaryDirectory() as home:
            subprocess.run(["soffice", "--headless", "-env:UserInstallation=file://" + home, "--convert-to", to, source],
                           check=True, capture_output=True)


main()
