#!/usr/bin/python3
"""Makes the corpus anew: ../ok with what is to be read in each file, ../err with the refusal that is expected,
../rules with the findings.

Needs Debian's python3-openpyxl, python3-docx, libreoffice, chromium, ghostscript, qpdf, poppler-utils and Go.
Usage: make.py [sheets|strangers|documents|prints|fields|texts|hostile|rules|synthesis …]. The content is the same at every run; LibreOffice, Chromium and Ghostscript
write their own time into their files.
"""
import os
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True

import truth

HERE = os.path.dirname(os.path.abspath(__file__))
truth.OK, truth.ERR, truth.RULES = (os.path.join(HERE, "..", folder) for folder in ("ok", "err", "rules"))
os.environ.setdefault("SOURCE_DATE_EPOCH", "1747386000")


def main(parts):
    for folder in (truth.OK, truth.ERR, truth.RULES):
        os.makedirs(folder, exist_ok=True)
    tmp = tempfile.mkdtemp(prefix="tiendo-corpus-")

    def run(*args):
        subprocess.run(args, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=HERE)

    def convert(data, come, go, filter=""):
        """The bytes of a file as LibreOffice saves it in another format."""
        path = os.path.join(tmp, "in." + come)
        with open(path, "wb") as f:
            f.write(data)
        out = os.path.join(tmp, "out")
        run("soffice", f"-env:UserInstallation=file://{tmp}/lo", "--headless", "--convert-to", go + filter, "--outdir", out, path)
        with open(os.path.join(out, "in." + go), "rb") as f:
            return f.read()

    try:
        for part in parts:
            __import__(part).make(*([convert] if part in ("sheets", "documents", "synthesis") else [convert, run, tmp] if part in ("prints", "hostile") else [run, tmp] if part == "fields" else []))
    finally:
        shutil.rmtree(tmp)


if __name__ == "__main__":
    main(sys.argv[1:] or ["sheets", "strangers", "documents", "prints", "fields", "texts", "hostile", "rules", "synthesis"])
