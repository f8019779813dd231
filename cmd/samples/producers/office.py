"""Writes workbooks with openpyxl and Word files with python-docx from a list of orders on standard input.

Each order has the path, the kind (xlsx or docx) and the sheet: title lines, heading rows, body rows, foot lines, widths.
Moments of making are fixed, so that the same orders give the same files.
"""

import datetime
import json
import os
import re
import sys
import zipfile

import docx
import openpyxl
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

SIZE = 11  # points
MADE = datetime.datetime(2025, 5, 16)
THIN = Border(*[Side(style="thin")] * 4)


def value(cell):
    if "number" in cell:
        n = cell["number"]
        return int(n) if n == int(n) and "format" not in cell else n
    if "date" in cell:
        return datetime.date.fromisoformat(cell["date"])
    return cell.get("text") or None


def shown(cell):
    if "number" in cell:
        return f"{cell['number']:g}".replace(".", ",")
    if "date" in cell:
        return datetime.date.fromisoformat(cell["date"]).strftime("%d/%m/%Y")
    return cell.get("text", "")


def write_xlsx(path, sheet):
    book = openpyxl.Workbook()
    ws = book.active
    ws.title = sheet["name"]
    width = len(sheet["widths"])
    for i, w in enumerate(sheet["widths"], 1):
        ws.column_dimensions[get_column_letter(i)].width = w
    line = 0
    for text in sheet["title"] or []:
        line += 1
        ws.cell(line, 1, text).font = Font(name="Times New Roman", size=SIZE + 1, bold=True)
        ws.cell(line, 1).alignment = Alignment(horizontal="center")
        ws.merge_cells(start_row=line, start_column=1, end_row=line, end_column=width)
    line += 1
    first = line + 1
    for row in sheet["head"] + (sheet["body"] or []):
        line += 1
        write_row(ws, line, row)
        heights = [lines(c, w) for c, w in zip(row, sheet["widths"]) if c.get("cols", 1) == 1 and c.get("rows", 1) == 1]
        ws.row_dimensions[line].height = (SIZE * 1.35) * max(heights, default=1) + 2
    last_heading = first + len(sheet["head"]) - 1
    line += 1
    for text in sheet["foot"] or []:
        line += 1
        ws.cell(line, 2, text).font = Font(name="Times New Roman", size=SIZE)
    ws.page_setup.paperSize = ws.PAPERSIZE_A4
    ws.page_setup.orientation = "landscape" if sheet["landscape"] else "portrait"
    ws.page_setup.fitToWidth = 1
    ws.page_setup.fitToHeight = 0
    ws.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(fitToPage=True)
    ws.print_title_rows = f"{first}:{last_heading}"
    book.properties.creator = "samples"
    book.properties.created = MADE
    book.save(path)


def lines(cell, width):
    """Lines that the cell takes when it is wrapped at some characters, as Excel would have set the height."""
    text = shown(cell)
    return sum(max(1, -(-len(part) // max(1, int(width * 1.1)))) for part in text.split("\n"))


def write_row(ws, line, row):
    for i, cell in enumerate(row, 1):
        at = ws.cell(line, i)
        at.border = THIN
        if cell.get("covered"):
            continue
        at.value = value(cell)
        if "format" in cell:
            at.number_format = cell["format"]
        at.font = Font(name="Times New Roman", size=SIZE, bold=cell.get("bold", False))
        at.alignment = Alignment(wrap_text=True, vertical="top")
    for i, cell in enumerate(row, 1):
        rows, cols = cell.get("rows", 1), cell.get("cols", 1)
        if rows > 1 or cols > 1:
            ws.merge_cells(start_row=line, start_column=i, end_row=line + rows - 1, end_column=i + cols - 1)


def write_docx(path, sheet):
    doc = docx.Document()
    style = doc.styles["Normal"]
    style.font.name = "Liberation Serif"
    style.font.size = Pt(SIZE)
    style.paragraph_format.space_after = Pt(0)
    section = doc.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    if sheet["landscape"]:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(15)
    section.top_margin = section.bottom_margin = Mm(15)
    for text in sheet["title"] or []:
        p = doc.add_paragraph()
        p.add_run(text).bold = True
        p.alignment = 1
    rows = sheet["head"] + (sheet["body"] or [])
    table = doc.add_table(rows=len(rows), cols=len(sheet["widths"]))
    table.style = "Table Grid"
    table.autofit = False
    unit = (section.page_width - section.left_margin - section.right_margin) / sum(sheet["widths"])
    for j, width in enumerate(sheet["widths"]):
        table.columns[j].width = int(unit * width)
    for i, row in enumerate(rows):
        cells = table.rows[i].cells
        for j, cell in enumerate(row):
            cells[j].width = int(unit * sheet["widths"][j])
            if cell.get("covered"):
                continue
            run = cells[j].paragraphs[0].add_run(shown(cell))
            run.bold = cell.get("bold", False)
        if i < len(sheet["head"]):
            mark = OxmlElement("w:tblHeader")
            table.rows[i]._tr.get_or_add_trPr().append(mark)
    for i, row in enumerate(rows):
        for j, cell in enumerate(row):
            r, c = cell.get("rows", 1), cell.get("cols", 1)
            if r > 1 or c > 1:
                merged = table.cell(i, j).merge(table.cell(i + r - 1, j + c - 1))
                for empty in merged.paragraphs[1:]:
                    empty._p.getparent().remove(empty._p)
    for text in sheet["foot"] or []:
        doc.add_paragraph(text)
    doc.core_properties.author = "samples"
    doc.core_properties.created = doc.core_properties.modified = MADE
    doc.save(path)


def settle(path):
    """Rewrites the package with fixed moments."""
    with zipfile.ZipFile(path) as z:
        parts = [(i.filename, z.read(i)) for i in z.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        for name, data in parts:
            if name == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2025-05-16T00:00:00Z", data)
            info = zipfile.ZipInfo(name, date_time=(2025, 5, 16, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            z.writestr(info, data)


for order in json.load(sys.stdin):
    os.makedirs(os.path.dirname(order["path"]), exist_ok=True)
    (write_docx if order["kind"] == "docx" else write_xlsx)(order["path"], order["sheet"])
    settle(order["path"])
