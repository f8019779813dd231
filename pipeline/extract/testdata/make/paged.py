#!/usr/bin/python3
"""Which rows, and which part of a broken row, stand on which page of a PDF: the contract makes one table of each page.

The generator knows the rows, poppler says on which page their words are: pdftotext -raw keeps the words of a cell together.
Usage: paged.py FILE.pdf ...: adds "paged" to FILE.json, tables of FILE.json divided by pages. Needs poppler-utils.
"""
import json
import subprocess
import sys
import unicodedata


def bare(text):
    return "".join(unicodedata.normalize("NFC", text).split())


def pages(pdf):
    out = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", pdf, "-"], capture_output=True, check=True).stdout.decode("utf-8")
    return [bare(page) for page in out.split("\f")[:-1]]


def printed(cell, texts, last):
    """The parts of a cell on consecutive pages, as its longest beginning on each; None where words are left over. What a producer
    leaves out because the row is too low is not printed: on the last page on which the cell can stand, words may be left over."""
    parts, rest = [], cell.split()
    for text in texts:
        n = len(rest)
        while n and bare("".join(rest[:n])) not in text:
            n -= 1
        parts.append(" ".join(rest[:n]))
        rest = rest[n:]
        if not rest:
            return parts
    return parts if last else None


def whole(row, text):
    """All cells stand on the page, and a long one, or two neighbours beside each other, show that they are these."""
    cells = [bare(c) for c in row if c]
    return all(c in text for c in cells) and (len(cells) == 1 or max(map(len, cells)) > 12 or any(a + b in text for a, b in zip(cells, cells[1:])))


def divide(rows, head, texts, clipped=False):
    """The rows of one table, page by page; the heading stands where all its words do. None where a row is not found."""
    found, at = {}, None
    for row in rows[head:]:
        near = range(len(texts)) if at is None else range(at, min(at + 2, len(texts)))
        page = next((p for p in near if whole(row, texts[p])), None)
        if page is not None:
            found.setdefault(page, []).append(row)
            at = page
            continue
        for p in near:
            parts = [printed(c, texts[p:p + 4], False) for c in row] if not clipped else [printed(c, texts[p:p + 1], True) for c in row]
            if all(x is not None for x in parts) and any(x[0] for x in parts if x):
                break
        else:
            return None
        for k in range(max(map(len, parts))):
            part = [x[k] if k < len(x) else "" for x in parts]
            if any(part):
                found.setdefault(p + k, []).append(part)
                at = p + k
    out = []
    for i, p in enumerate(sorted(found)):
        repeated = i == 0 or all(bare(c) in texts[p] for row in rows[:head] for c in row) and all(whole(row, texts[p]) for row in rows[:head])
        out.append((rows[:head] if repeated else []) + found[p])
    return out


if __name__ == "__main__":
    for pdf in sys.argv[1:]:
        name = pdf[:-len(".pdf")] + ".json"
        with open(name, encoding="utf-8") as f:
            truth = json.load(f)
        texts = pages(pdf)
        paged = []
        for table in truth["tables"]:
            tables = divide(table, 1, texts, truth.get("clipped", False))
            if tables is None:
                sys.exit(f"{pdf}: a row is not found")
            paged += tables
        truth["paged"] = paged
        if paged == truth["tables"]:
            del truth["paged"]
        with open(name, "w", encoding="utf-8") as f:
            json.dump(truth, f, ensure_ascii=False, indent=1)
