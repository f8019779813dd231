"""Files that must be refused: damaged, disguised, hostile, or without a table of tasks."""
import io
import re
import struct
import zipfile
import zlib

import documents
import prints
import sheets
from sheets import COMMON, PERIOD, TITLE, book, fill, head, letterhead, rezip, saved
from truth import err, tasks


def workbook(rows=None, columns=COMMON, names=sheets.NAMES):
    wb = book()
    ws = wb.active
    fill(ws, head(ws, letterhead(ws, "SỞ NỘI VỤ", TITLE), columns, names), columns, tasks(601, 12) if rows is None else rows)
    return saved(wb)


def part(name, old, new, count=1):
    """A workbook in which a part is rewritten."""
    def change(part_name, data):
        return re.sub(old, lambda m: new, data, count=count, flags=re.S) if part_name == name else data
    return rezip(workbook(), change)


SHEET = "xl/worksheets/sheet1.xml"


def with_sheet(xml):
    return rezip(workbook(), lambda name, data: xml if name == SHEET else data)


def sheet_xml(body):
    return b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>' + body + b"</sheetData></worksheet>"


def bomb():
    """A sheet of 100 MB of spaces, deflated."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new:
        for info in old.infolist():
            entry = zipfile.ZipInfo(info.filename, (2025, 5, 16, 9, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            with new.open(entry, "w") as f:
                if info.filename == SHEET:
                    for _ in range(100):
                        f.write(b" " * (1 << 20))
                f.write(old.read(info))
    return out.getvalue()


def corrupted(data, entry):
    """One byte in the middle of a part's compressed data is turned over."""
    with zipfile.ZipFile(io.BytesIO(data)) as z:
        info = z.getinfo(entry)
    at = info.header_offset + 30 + len(entry) + info.compress_size // 2
    return data[:at] + bytes([data[at] ^ 0x40]) + data[at + 1:]


def compound(*streams):
    """A compound file with these streams, as old Office and password-protected new files are."""
    sector = 512
    def entry(name, kind, start, size, child=0xFFFFFFFF, right=0xFFFFFFFF):
        wide = name.encode("utf-16-le") + b"\0\0"
        return wide.ljust(64, b"\0") + struct.pack("<HBBIII", len(wide), kind, 1, 0xFFFFFFFF, right, child) + b"\0" * 36 + struct.pack("<IQ", start, size)
    fat = [0xFFFFFFFD, 0xFFFFFFFE]
    body, entries = b"", [entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)]
    for i, name in enumerate(streams):
        start = 2 + len(body) // sector
        fat += [start + k + 1 for k in range(8)]
        fat[-1] = 0xFFFFFFFE
        body += bytes((i * 37 + k * 11) % 256 for k in range(4096))
        entries.append(entry(name, 2, start, 4096, right=i + 2 if i + 1 < len(streams) else 0xFFFFFFFF))
    header = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<I", 0) + b"\xff" * 432
    return header + struct.pack("<128I", *(fat + [0xFFFFFFFF] * (128 - len(fat)))) + b"".join(entries).ljust(sector, b"\0") + body


def workbooks(convert):
    good = workbook()
    shared = rezip(convert(good, "xlsx", "xlsx"))
    for share in (10, 30, 60, 95):
        err(f"xlsx_cut_at_{share}.xlsx", good[:len(good) * share // 100], "F06", "damaged")
    err("xlsx_cut_last_byte.xlsx", good[:-1], "F06", "damaged")
    err("xlsx_turned_byte.xlsx", corrupted(good, SHEET), "F06", "damaged")
    err("xlsx_turned_byte_strings.xlsx", corrupted(shared, "xl/sharedStrings.xml"), "F06", "damaged")
    err("xlsx_zeros_in_the_middle.xlsx", good[:2500] + b"\0" * 1500 + good[4000:], "F06", "damaged")
    err("xlsx_password.xlsx", compound("EncryptionInfo", "EncryptedPackage"), "F06", "encrypted")
    err("xlsx_is_xls.xlsx", convert(good, "xlsx", "xls"), "F06", "old_format")
    err("xlsx_is_ods.xlsx", convert(good, "xlsx", "ods"), "F06", "open_document")
    err("xlsx_is_jpg.xlsx", b"\xFF\xD8\xFF\xE0\0\x10JFIF" + b"\x01" * 400, "F06", "image")
    err("xlsx_bomb.xlsx", bomb(), "F06", "too_big")
    err("xlsx_column_xfd.xlsx", with_sheet(sheet_xml(b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c><c r="XFD%d"><v>1</v></c></row>' % (i, i, i) for i in range(1, 3000)))), "F08", "none")
    err("xlsx_row_200000000.xlsx", part(SHEET, rb'<row r="12"', b'<row r="200000000"'), "F06", "damaged")
    err("xlsx_column_beyond.xlsx", part(SHEET, rb'r="A10"', b'r="XFE10"'), "F06", "damaged")
    err("xlsx_string_out_of_range.xlsx", rezip(shared, lambda n, b: re.sub(rb't="s"><v>\d+</v>', b't="s"><v>99999999</v>', b, count=1) if n == SHEET else b), "F06", "damaged")
    err("xlsx_unclosed_xml.xlsx", part(SHEET, rb"</sheetData>.*$", b""), "F06", "damaged")
    err("xlsx_deep_xml.xlsx", with_sheet(sheet_xml(b"<row>" * 100000)), "F06", "damaged")
    entities = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(b'<!ENTITY %c "%s">' % (98 + i, (b"&%c;" % (97 + i)) * 10) for i in range(9)) + b"]>"
    err("xlsx_entities.xlsx", with_sheet(entities + sheet_xml(b'<row r="1"><c r="A1" t="inlineStr"><is><t>&j;</t></is></c></row>')), "F06", "damaged")
    err("xlsx_external_entity.xlsx", with_sheet(b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>' + sheet_xml(b'<row r="1"><c r="A1" t="inlineStr"><is><t>&f;</t></is></c></row>')), "F06", "damaged")
    err("xlsx_no_sheet_part.xlsx", rezip(good, lambda n, d: None if n == SHEET else d), "F06", "damaged")
    err("xlsx_empty_sheet.xlsx", saved(book()), "F06", "no_sheet")
    err("xlsx_million_rows.xlsx", with_sheet(sheet_xml(b"<row><c><v>1</v></c></row>" * 1048576)), "F06", "too_big")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        for i in range(2100):
            z.writestr(zipfile.ZipInfo(f"xl/media/{i}", (2025, 5, 16, 9, 0, 0)), b"")
    err("xlsx_many_parts.xlsx", out.getvalue(), "F06", "too_many_entries")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        z.writestr(zipfile.ZipInfo("bc1.txt", (2025, 5, 16, 9, 0, 0)), "báo cáo")
    err("archive.zip", out.getvalue(), "F06", "zip")
    err("xlsx_no_task_column.xlsx", workbook(columns=["no", "lead", "due", "status", "percent"]), "F08", "missing")
    err("xlsx_no_heading.xlsx", workbook(columns=["no", "task", "lead"], names={"no": "Xanh", "task": "Đỏ", "lead": "Vàng"}), "F08", "none")
    err("xlsx_ambiguous.xlsx", workbook(columns=["no", "task", "due", "status", "result", "evidence"], names=sheets.NAMES | {"evidence": "Kết quả thực hiện"}), "F08", "ambiguous")
    err("xlsx_no_rows.xlsx", workbook([]), "F03", "no_rows")


def texts():
    err("docx_is_doc.docx", compound("WordDocument", "1Table"), "F06", "old_format")
    d = documents.opened("SỞ NỘI VỤ")
    documents.table(d, documents.COMMON, tasks(602, 8))
    good = documents.saved(d)
    err("docx_cut.docx", good[:len(good) // 2], "F06", "damaged")
    err("docx_turned_byte.docx", corrupted(good, "word/document.xml"), "F06", "damaged")
    err("docx_deep_tables.docx", rezip(good, lambda n, b: re.sub(rb"<w:body>.*</w:body>", b"<w:body>" + b"<w:tbl><w:tr><w:tc>" * 3000 + b"</w:tc></w:tr></w:tbl>" * 3000 + b"</w:body>", b, flags=re.S) if n == "word/document.xml" else b), "F06", "damaged")
    d = documents.opened("SỞ NỘI VỤ")
    d.add_paragraph("Trong tuần, Sở đã hoàn thành 12 nhiệm vụ, đang thực hiện 5 nhiệm vụ.")
    err("docx_prose.docx", documents.saved(d), "F08", "none")
    err("csv_open_quote.csv", 'STT,Nhiệm vụ,Tình trạng\n1,"Xây dựng đề án,Hoàn thành\n2,Lập kế hoạch,Đang thực hiện\n'.encode(), "F06", "open_quote")
    err("csv_blank.csv", b"\xef\xbb\xbf\r\n,,,\r\n", "F06", "empty")
    err("csv_bytes.csv", bytes(range(256)) * 8, "F06", "unknown")
    err("empty.xlsx", b"", "F06", "unknown")


def pdf(*objects, trailer=b"/Root 1 0 R"):
    """A file of these objects, numbered from 1."""
    out, places = b"%PDF-1.7\n", []
    for i, o in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (i, o)
    at = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % p for p in places)
    return out + b"trailer\n<</Size %d %s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, at)


def stream(data, entries=b""):
    return b"<<%s /Length %d>>stream\n%s\nendstream" % (entries, len(data), data)


PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>/XObject<</X 6 0 R>>>>/Contents 4 0 R>>"
CATALOG, PAGES, FONT = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def hostile_pdfs(p):
    columns = ["no", "task", "lead", "due", "status", "result"]
    table = prints.lines(columns, tasks(603, 10))
    good = p.go("pdf", table)
    for share in (20, 50, 80):
        err(f"pdf_cut_at_{share}.pdf", good[:len(good) * share // 100], "F06", "damaged")
    err("pdf_password.pdf", p.filter(good, "qpdf", "--encrypt", "geheim", "owner", "256", "--", "IN", "OUT"), "F06", "encrypted")
    raster, ppm = p.path("scan.pdf"), p.path("page")
    with open(raster, "wb") as f:
        f.write(good)
    p.run("pdftocairo", "-jpeg", "-r", "60", "-gray", "-singlefile", raster, ppm)
    with open(ppm + ".jpg", "rb") as f:
        jpg = f.read()
    err("photo.jpg", jpg, "F06", "image")
    err("pdf_is_jpg.pdf", jpg, "F06", "image")
    width, height = 496, 702
    found = re.search(rb"\xff\xc0..\x08(..)(..)", jpg, re.S)
    if found:
        height, width = struct.unpack(">HH", found[1] + found[2])
    err("pdf_scan.pdf", pdf(CATALOG, PAGES, PAGE, stream(b"q 595 0 0 842 0 0 cm /X Do Q"), FONT,
                            stream(jpg, b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode" % (width, height))), "F06", "scan")
    small = p.chromium(prints.table_html(table[:2])[1])
    err("pdf_outlines.pdf", p.filter(small, "sh", "-c", f"gs -q -dBATCH -dNOPAUSE -sDEVICE=pdfwrite -dNoOutputFonts -sOutputFile={p.path('filter-out.pdf')} {p.path('filter-in.pdf')}"), "F06", "outlined")
    plain = p.filter(small, "qpdf", "--qdf", "--object-streams=disable", "--stream-data=uncompress", "--deterministic-id", "IN", "OUT")
    broken = re.sub(rb"<(0[0-9A-F]{3}|1E[0-9A-F]{2})>(\s*(?:\n|endbfchar))", rb"<00B5>\2", plain)
    broken = re.sub(rb"\[((?:<[0-9A-Fa-f]{4}>\s*)+)\]", lambda m: b"[" + re.sub(rb"<[0-9A-Fa-f]{4}>", b"<E0B5>", m[1]) + b"]", broken)
    err("pdf_broken_tounicode.pdf", broken, "F06", "bad_text")
    err("pdf_no_content.pdf", pdf(CATALOG, PAGES, PAGE, stream(b""), FONT, stream(b"")), "F06", "empty")
    err("pdf_page_cycle.pdf", pdf(CATALOG, b"<</Type/Pages/Kids[2 0 R]/Count 1>>"), "F06", "over_limits")
    err("pdf_page_deep.pdf", pdf(CATALOG, *[b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (i + 3) for i in range(500)], PAGE), "F06", "over_limits")
    err("pdf_count_lie.pdf", pdf(CATALOG, b"<</Type/Pages/Kids[]/Count 900000000>>"), "F06", "damaged")
    err("pdf_form_cycle.pdf", pdf(CATALOG, PAGES, PAGE, stream(b"/X Do"), FONT, stream(b"/X Do /X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>")), "F06", "over_limits")
    err("pdf_deep_arrays.pdf", pdf(CATALOG, PAGES, PAGE, stream(b"[" * 50000), FONT, stream(b"")), "F06", "empty")
    err("pdf_deep_dicts.pdf", pdf(CATALOG, PAGES, b"<</A" * 8000, stream(b""), FONT), "F06", "damaged")
    err("pdf_many_saves.pdf", pdf(CATALOG, PAGES, PAGE, stream(zlib.compress(b"q " * 20000000, 9), b"/Filter/FlateDecode"), FONT, stream(b"")), "F06", "over_limits")
    err("pdf_stream_bomb.pdf", pdf(CATALOG, PAGES, PAGE, stream(zlib.compress(zlib.compress(b" " * 600000000, 9), 9), b"/Filter[/FlateDecode/FlateDecode]"), FONT, stream(b"")), "F06", "over_limits")
    huge = pdf(CATALOG, PAGES, PAGE, stream(b""), FONT, stream(b"")).replace(b"xref\n0 7\n", b"xref\n0 4294967295\n")
    err("pdf_huge_xref.pdf", huge, "F06", "empty")
    loop = b"%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 1/Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF\n"
    err("pdf_xref_loop.pdf", loop, "F06", "damaged")
    err("pdf_object_stream_loop.pdf", pdf(b"<</Type/Catalog/Pages 2 0 R>>", stream(b"2 0 ", b"/Type/ObjStm/N 1/First 4/Extends 2 0 R")), "F06", "damaged")
    err("pdf_self_reference.pdf", pdf(b"1 0 R", b"2 0 R"), "F06", "damaged")
    err("pdf_length_cycle.pdf", pdf(CATALOG, PAGES, PAGE, b"<</Length 4 0 R>>stream\nBT ET\nendstream", FONT, stream(b"")), "F06", "empty")
    err("pdf_only_header.pdf", b"%PDF-1.7\n", "F06", "damaged")
    err("pdf_prose.pdf", p.chromium("<p>Trong tuần, Sở đã hoàn thành 12 nhiệm vụ và đang thực hiện 5 nhiệm vụ khác theo kế hoạch.</p>" * 5), "F08", "none")
    vertical = stream(b"BT /F1 12 Tf 1 0 0 1 100 700 Tm <00010002> Tj ET")
    font = b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-V/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor<</Type/FontDescriptor/FontName/X/Flags 4>>>>]>>"
    err("pdf_vertical.pdf", pdf(CATALOG, PAGES, PAGE, vertical, font, stream(b"")), "F06", "vertical")


def make(convert, run, tmp):
    workbooks(convert)
    texts()
    hostile_pdfs(prints.Printer(convert, run, tmp))
