"""A PDF form whose table is of text fields, as a program leaves it that fills them in and lets the viewer draw them: values without looks.
As it is, and encrypted by qpdf with no password needed to open it."""
import os

from truth import ok, shown, tasks

COLUMNS = ["no", "task", "lead", "due", "status", "percent", "result"]
NAMES = ["STT", "Task", "Lead unit", "Deadline", "Status", "% complete", "Result"]
EDGES = [30, 60, 300, 410, 500, 590, 650, 810]
TOP, HEIGHT = 520, 36
MULTILINE = 4096


def text(row, column):
    return {"no": row["code"], "status": row["status_text"], "percent": f"{row['percent']}%"}.get(column) or row[column]


def form(rows):
    n = len(rows) + 1
    content = [f"{EDGES[0]} {TOP - i * HEIGHT} m {EDGES[-1]} {TOP - i * HEIGHT} l S" for i in range(n + 1)]
    content += [f"{x} {TOP} m {x} {TOP - n * HEIGHT} l S" for x in EDGES]
    content += [f"BT /F1 9 Tf {x + 4} {TOP - 22} Td ({name}) Tj ET" for x, name in zip(EDGES, NAMES)]
    content = "\n".join(["BT /F1 12 Tf 30 550 Td (Period: 2025-W20) Tj ET"] + content)
    objects = ["", "<</Type/Pages/Kids[3 0 R]/Count 1>>", "", f"<</Length {len(content)}>>stream\n{content}\nendstream",
               "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"]
    for i, row in enumerate(rows):
        low = TOP - (i + 2) * HEIGHT + 1
        for k, column in enumerate(COLUMNS):
            value = "FEFF" + text(row, column).encode("utf-16-be").hex()
            flags = MULTILINE if column in ("task", "result") else 0
            objects.append(f"<</Type/Annot/Subtype/Widget/FT/Tx/Ff {flags}/T(f{i}.{k})/V<{value}>/DA(/F1 9 Tf 0 g)/F 4/P 3 0 R"
                           f"/Rect[{EDGES[k] + 1} {low} {EDGES[k + 1] - 1} {low + HEIGHT - 2}]>>")
    fields = " ".join(f"{n} 0 R" for n in range(6, len(objects) + 1))
    objects[0] = f"<</Type/Catalog/Pages 2 0 R/AcroForm<</NeedAppearances true/DA(/F1 9 Tf 0 g)/DR<</Font<</F1 5 0 R>>>>/Fields[{fields}]>>>>"
    objects[2] = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 842 595]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>/Annots[{fields}]>>"
    out, offsets = b"%PDF-1.7\n", []
    for n, o in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{n} 0 obj\n{o}\nendobj\n".encode()
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode() + b"".join(f"{at:010d} 00000 n \n".encode() for at in offsets)
    return out + f"trailer\n<</Root 1 0 R/Size {len(objects) + 1}>>\nstartxref\n{start}\n%%EOF\n".encode()


def make(run, tmp):
    rows = tasks(901, 12)
    plain, locked = os.path.join(tmp, "fields.pdf"), os.path.join(tmp, "locked.pdf")
    with open(plain, "wb") as f:
        f.write(form(rows))
    run("qpdf", "--encrypt", "", "owner", "256", "--", plain, locked)
    for name, path, traps in (("pdf_fields_without_look.pdf", plain, ["fields"]), ("pdf_fields_encrypted.pdf", locked, ["fields", "empty_password"])):
        with open(path, "rb") as f:
            ok(name, f.read(), traps, shown(rows, COLUMNS), "", "2025-W20")
