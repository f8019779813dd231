"""Makes the Word files of this folder, and what is known to stand in them.

Run it here:  /usr/bin/python3 make.py     (it needs python-docx and LibreOffice)
return.docx is python-docx's, return-libreoffice.docx the same document written again by LibreOffice.
"""
import json, os, subprocess, tempfile, unicodedata
import docx

HEAD = ["STT", "Nhiệm vụ", "Đơn vị chủ trì", "Thời hạn", "Tình trạng"]
BODY = [["1", "Xây dựng đề án\nchuyển đổi số", "Vụ Kế hoạch - Tài chính", "30/6/2025", "Đang thực hiện"],
        ["2", unicodedata.normalize("NFD", "Rà soát thủ tục"), "", "Quý II/2025", "Hoàn thành"],
        ["3", "Tập huấn", "Cục Chuyển đổi số", "Thường xuyên", ""]]


def make():
    d = docx.Document()
    d.add_paragraph("BÁO CÁO TUẦN 6/2025")
    d.add_paragraph("")
    d.add_paragraph("Đơn vị: Vụ Kế hoạch - Tài chính")
    t = d.add_table(rows=0, cols=5)
    title = t.add_row().cells
    title[0].merge(title[4]).text = "A. NHIỆM VỤ CÓ THỜI HẠN"
    for row in [HEAD] + BODY:
        for cell, text in zip(t.add_row().cells, row):
            cell.text = text
    t.cell(2, 2).merge(t.cell(3, 2))
    d.add_paragraph("Nơi nhận: lưu VT")
    inner = d.add_table(rows=1, cols=1).cell(0, 0)
    inner.text = "Khung"
    nested = inner.add_table(rows=2, cols=2)
    for i, text in enumerate(["a", "b", "c", "d"]):
        nested.cell(i // 2, i % 2).text = text
    d.sections[0].header.paragraphs[0].text = "đầu trang"
    d.save("return.docx")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["soffice", "--headless", "-env:UserInstallation=file://" + folder + "/home", "--convert-to",
                        "docx:MS Word 2007 XML", "--outdir", folder, "return.docx"], check=True, capture_output=True)
        os.replace(folder + "/return.docx", "return-libreoffice.docx")
    rows = [["A. NHIỆM VỤ CÓ THỜI HẠN", "", "", "", ""], HEAD] + [[unicodedata.normalize("NFC", x) for x in r] for r in BODY]
    truth = ["BÁO CÁO TUẦN 6/2025", "Đơn vị: Vụ Kế hoạch - Tài chính", rows, "Nơi nhận: lưu VT",
             [["Khung\na\tb\nc\td"]], [["a", "b"], ["c", "d"]]]
    with open("return.json", "w", encoding="utf-8") as f:
        json.dump(truth, f, ensure_ascii=False, indent=1)
        f.write("\n")


os.chdir(os.path.dirname(os.path.abspath(__file__)))
make()
