"""CSV and TSV in the encodings and with the separators that offices send."""
import csv
import io
import subprocess
import unicodedata

from sheets import NAMES, value
from truth import ok, shown, tasks

MARKS = "\u0300\u0301\u0303\u0309\u0323"


def text(columns, rows, delimiter=",", above=(), names=NAMES, eol="\r\n"):
    out = io.StringIO()
    w = csv.writer(out, delimiter=delimiter, lineterminator=eol)
    for line in above:
        w.writerow(line + [""] * (len(columns) - len(line)))
    w.writerow([names[c] for c in columns])
    for row in rows:
        w.writerow([f"{row['percent']}%" if c == "percent" else value(row, c) for c in columns])
    return out.getvalue()


def windows1258(s):
    """Windows-1258 has the letters with circumflex, breve and horn, and the five tones as marks behind them."""
    out = []
    for c in s:
        parts = unicodedata.normalize("NFD", c)
        tone = [m for m in parts if m in MARKS]
        base = unicodedata.normalize("NFC", "".join(m for m in parts if m not in MARKS))
        try:
            out.append(c.encode("cp1258"))
        except UnicodeEncodeError:
            out.append((base + "".join(tone)).encode("cp1258"))
    return b"".join(out)


def iconv(s, encoding):
    """The bytes as iconv writes them: UTF-16LE and UTF-16BE without a byte order mark."""
    return subprocess.run(["iconv", "-f", "UTF-8", "-t", encoding], input=s.encode(), stdout=subprocess.PIPE, check=True).stdout


COMMON = ["no", "task", "lead", "due", "status", "percent", "result", "difficulty"]
ABOVE = [["SỞ NỘI VỤ"], ["BÁO CÁO tiến độ tuần 20 năm 2025"], []]


def make():
    for seed, (name, delimiter, encode, findings) in enumerate([
        ("csv_utf8_comma.csv", ",", lambda s: s.encode("utf-8"), []),
        ("csv_bom_semicolon.csv", ";", lambda s: s.encode("utf-8-sig"), []),
        ("csv_utf8_tab.tsv", "\t", lambda s: s.encode("utf-8"), []),
        ("csv_utf16le_tab.csv", "\t", lambda s: s.encode("utf-16"), []),
        ("csv_utf16be_comma.csv", ",", lambda s: b"\xfe\xff" + s.encode("utf-16-be"), []),
        ("csv_1258_semicolon.csv", ";", windows1258, ["F14.windows1258"]),
        ("csv_nfd.csv", ",", lambda s: unicodedata.normalize("NFD", s).encode("utf-8"), []),
        ("csv_utf16le_unmarked.csv", ";", lambda s: iconv(s, "UTF-16LE"), []),
        ("csv_utf16be_unmarked.csv", ",", lambda s: iconv(s, "UTF-16BE"), []),
    ]):
        rows = tasks(300 + seed, 8)
        ok(name, encode(text(COMMON, rows, delimiter, ABOVE)), ["encodings"], shown(rows, COMMON), "SỞ NỘI VỤ", "2025-W20", findings)
    rows = tasks(310, 6)
    for row in rows:
        row["result"] = 'Họp với "Tổ công tác"\n- ' + row["result"] + "; gửi 3 văn bản, nhận 2"
    ok("csv_quoted.csv", text(COMMON, rows, ",", [], eol="\n").encode(), ["quoting"], shown(rows, COMMON))
