"""Word files by python-docx, with merges, nested tables, tracked changes and automatic numbers, and by LibreOffice."""
import copy
import datetime
import io

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from sheets import NAMES, rezip, value
from truth import ok, shown, tasks

PERIOD = "2025-W20"


def letter():
    d = docx.Document()
    d.core_properties.created = d.core_properties.modified = datetime.datetime(2025, 5, 16, 9)
    return d


def opened(unit, title="BÁO CÁO\nTiến độ thực hiện nhiệm vụ tuần 20 năm 2025"):
    """A letter with its head in a table without rules, as offices write it."""
    d = letter()
    t = d.add_table(1, 2)
    t.cell(0, 0).text, t.cell(0, 1).text = "UBND TỈNH\n" + unit, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    for line in title.split("\n"):
        d.add_paragraph(line)
    return d


def saved(d):
    for key, rel in list(d.part.rels.items()):
        if rel.reltype.endswith("stylesWithEffects"):  # the styles once more, for Word 2010
            del d.part.rels[key]
    out = io.BytesIO()
    d.save(out)
    return rezip(out.getvalue())


def table(d, columns, rows, names=NAMES, header=True):
    t = d.add_table(0, len(columns))
    t.style = "Table Grid"
    if header:
        for cell, c in zip(t.add_row().cells, columns):
            cell.text = names.get(c, c)
    for row in rows:
        for cell, c in zip(t.add_row().cells, columns):
            v = value(row, c)
            cell.text = f"{v}%" if c == "percent" and v != "" else str(v)
    return t


COMMON = ["no", "task", "lead", "due", "status", "percent", "result"]


def plain():
    rows, d = tasks(201, 8), opened("SỞ NỘI VỤ")
    d.add_paragraph("Thực hiện chế độ báo cáo, Sở Nội vụ báo cáo kết quả như sau:")
    table(d, COMMON, rows)
    d.add_paragraph("Trên đây là báo cáo của Sở Nội vụ./.")
    t = d.add_table(1, 2)
    t.cell(0, 0).text, t.cell(0, 1).text = "Nơi nhận:\n- Như trên;\n- Lưu: VT.", "GIÁM ĐỐC\n\n\nTrần Thị B"
    ok("docx_plain.docx", saved(d), ["plain", "signatures"], shown(rows, COMMON), "SỞ NỘI VỤ", PERIOD)


def merged():
    rows, d = tasks(202, 9), opened("BAN QUẢN LÝ DỰ ÁN")
    columns = ["no", "lead", "task", "due", "status"]
    for i, row in enumerate(rows):
        row["lead"] = ["Phòng Kỹ thuật", "Phòng Kế toán", "Văn phòng"][i // 3]
    t = table(d, columns, rows)
    for i in range(0, 9, 3):
        for j in (1, 2):
            t.cell(i + 1 + j, 1).text = ""
        t.cell(i + 1, 1).merge(t.cell(i + 3, 1)).text = rows[i]["lead"]
    ok("docx_merged_leads.docx", saved(d), ["merged_down"], shown(rows, columns), "BAN QUẢN LÝ DỰ ÁN", PERIOD)


def two_line_heading():
    rows, d = tasks(203, 6), opened("SỞ TÀI CHÍNH")
    columns = ["no", "task", "lead", "cooperating", "status", "result"]
    t = d.add_table(2, 6)
    for i, text in enumerate(["TT", "Nhiệm vụ"]):
        t.cell(0, i).merge(t.cell(1, i)).text = text
    t.cell(0, 2).merge(t.cell(0, 3)).text = "Cơ quan thực hiện"
    t.cell(0, 4).merge(t.cell(0, 5)).text = "Tiến độ"
    for i, text in enumerate(["Chủ trì", "Phối hợp", "Tình trạng", "Kết quả thực hiện"], 2):
        t.cell(1, i).text = text
    for row in rows:
        for cell, c in zip(t.add_row().cells, columns):
            cell.text = str(value(row, c))
    ok("docx_depth2.docx", saved(d), ["heading_depth_2", "merged_heading"], shown(rows, columns), "SỞ TÀI CHÍNH", PERIOD)


def nested():
    """The result of one task holds a table of its own."""
    rows, d = tasks(204, 5), opened("SỞ XÂY DỰNG")
    columns = ["no", "task", "due", "status", "note"]
    t = table(d, columns, rows)
    inner = t.cell(3, 4).add_table(2, 2)
    for i, text in enumerate(["Hạng mục", "Đã làm", "Móng", "Xong"]):
        inner.cell(i // 2, i % 2).text = text
    want = shown(rows, columns)
    want[2]["note"] = "Hạng mục\tĐã làm\nMóng\tXong" if not rows[2]["note"] else rows[2]["note"] + "\nHạng mục\tĐã làm\nMóng\tXong"
    ok("docx_nested.docx", saved(d), ["nested_table"], want, "SỞ XÂY DỰNG", PERIOD)


def change(run, kind):
    """Wraps a run in a tracked insertion or deletion."""
    mark = OxmlElement("w:" + kind)
    for k, v in {"id": "1", "author": "Phòng A", "date": "2025-05-15T08:00:00Z"}.items():
        mark.set(qn("w:" + k), v)
    run._r.addprevious(mark)
    mark.append(run._r)
    if kind == "del":
        for t in run._r.findall(qn("w:t")):
            t.tag = qn("w:delText")


def tracked():
    rows, d = tasks(205, 5), opened("SỞ CÔNG THƯƠNG")
    columns = ["no", "task", "due", "status", "result"]
    t = table(d, columns, rows)
    for i, row in enumerate(rows):
        p = t.cell(i + 1, 3).paragraphs[0]
        change(p.runs[0], "del")
        change(p.add_run("Đang thực hiện"), "ins")
        row.update(status_text="Đang thực hiện", status="in_progress")
    gone = t.rows[2]._tr
    pr = gone.get_or_add_trPr()
    mark = OxmlElement("w:del")
    mark.set(qn("w:id"), "9")
    mark.set(qn("w:author"), "Phòng A")
    pr.append(mark)
    for cell in t.rows[2].cells:
        for run in cell.paragraphs[0].runs:
            if run._r.getparent().tag == qn("w:p"):
                change(run, "del")
    kept = [r for i, r in enumerate(rows) if i != 1]
    ok("docx_tracked.docx", saved(d), ["tracked_changes"], shown(kept, columns), "SỞ CÔNG THƯƠNG", PERIOD, ["P10.gap"])


def numbered():
    """The running numbers are Word's own list numbers: no text stands in their cells."""
    rows, d = tasks(206, 6), opened("SỞ TƯ PHÁP")
    columns = ["no", "task", "lead", "status"]
    t = table(d, columns, rows)
    for i in range(6):
        p = t.cell(i + 1, 0).paragraphs[0]
        for run in p.runs:
            run.text = ""
        p.style = d.styles["List Number"]
    ok("docx_numbered.docx", saved(d), ["auto_numbers"], shown(rows, columns), "SỞ TƯ PHÁP", PERIOD)


def captions():
    d, every = opened("SỞ Y TẾ"), []
    columns = ["no", "task", "lead", "due", "result"]
    for i, (caption, text, status) in enumerate([("1. Nhiệm vụ đã hoàn thành", "đã hoàn thành", "done"), ("2. Nhiệm vụ đang thực hiện", "đang thực hiện", "in_progress"), ("3. Nhiệm vụ chưa triển khai", "chưa triển khai", "not_started")]):
        rows = tasks(207 + i, 3)
        for row in rows:
            row.update(status_text=text, status=status)
        d.add_paragraph(caption)
        table(d, columns, rows)
        every += rows
    ok("docx_captions.docx", saved(d), ["status_captions", "several_tables"], shown(every, columns + ["status"]), "SỞ Y TẾ", PERIOD)


def grouped():
    d, every = opened("SỞ DU LỊCH"), []
    columns = ["no", "task", "due", "status", "result"]
    t = table(d, columns, [])
    n = 0
    for g in ["I. Công tác tham mưu", "II. Công tác quản lý"]:
        cells = t.add_row().cells
        cells[0].merge(cells[-1]).text = g
        rows = tasks(211 + n, 3, [str(n + k + 1) for k in range(3)])
        for row in rows:
            row["group"] = g
            for cell, c in zip(t.add_row().cells, columns):
                cell.text = str(value(row, c))
        n += 3
        every += rows
    ok("docx_groups.docx", saved(d), ["groups"], shown(every, columns), "SỞ DU LỊCH", PERIOD)


def landscape_repeated():
    """Two tables cut apart by a paragraph, the second without a heading; the first line repeats on each page."""
    rows, d = tasks(215, 10), opened("CỤC THUẾ")
    columns = ["no", "task", "lead", "cooperating", "due", "status", "result", "difficulty", "proposal"]
    s = d.sections[0]
    s.orientation, s.page_width, s.page_height = WD_ORIENT.LANDSCAPE, s.page_height, s.page_width
    t = table(d, columns, rows[:5])
    t.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    d.add_paragraph("(tiếp theo)")
    table(d, columns, rows[5:], header=False)
    ok("docx_two_parts.docx", saved(d), ["several_tables", "landscape"], shown(rows, columns), "CỤC THUẾ", PERIOD)


def unnumbered():
    rows, d = tasks(216, 6), letter()
    columns = ["task", "person", "due", "percent", "difficulty"]
    d.add_paragraph("Đơn vị báo cáo: Trung tâm Lưu trữ")
    d.add_paragraph("Kỳ báo cáo: Tháng 5/2025")
    table(d, columns, rows)
    ok("docx_unnumbered.docx", saved(d), ["labels"], shown(rows, columns), "Trung tâm Lưu trữ", "2025-05")


def paragraphs():
    """Cells of several paragraphs, soft breaks, tabs."""
    rows, d = tasks(217, 5), opened("SỞ NGOẠI VỤ")
    columns = ["no", "task", "status", "result"]
    t = table(d, columns, rows)
    for i, row in enumerate(rows):
        cell = t.cell(i + 1, 3)
        cell.add_paragraph("- Mời 12 đơn vị tham gia")
        cell.paragraphs[-1].add_run().add_break()
        cell.paragraphs[-1].add_run("- Chuẩn bị tài liệu")
        row["result"] += "\n- Mời 12 đơn vị tham gia\n- Chuẩn bị tài liệu"
    ok("docx_paragraphs.docx", saved(d), ["line_breaks"], shown(rows, columns), "SỞ NGOẠI VỤ", PERIOD)


def next_week():
    rows, d = tasks(218, 4), opened("SỞ LAO ĐỘNG")
    columns = ["no", "task", "lead", "status", "result"]
    d.add_paragraph("I. Kết quả công tác tuần 20")
    table(d, columns, rows)
    d.add_paragraph("II. Kế hoạch công tác tuần 21")
    d.add_paragraph("Nhiệm vụ trọng tâm tuần tới:")
    table(d, ["no", "task", "lead", "due"], tasks(219, 3))
    ok("docx_next_week.docx", saved(d), ["next_week"], shown(rows, columns), "SỞ LAO ĐỘNG", PERIOD, ["F12.next"])


def libreoffice(convert):
    rows, d = tasks(220, 8), opened("CHI CỤC KIỂM LÂM")
    table(d, COMMON, rows)
    ok("docx_libreoffice.docx", rezip(convert(saved(d), "docx", "docx")), ["libreoffice"], shown(rows, COMMON), "CHI CỤC KIỂM LÂM", PERIOD)


def make(convert):
    for case in (plain, merged, two_line_heading, nested, tracked, numbered, captions, grouped, landscape_repeated, unnumbered, paragraphs, next_week):
        case()
    libreoffice(convert)
