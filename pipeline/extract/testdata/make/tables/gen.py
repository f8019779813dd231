"""Draws the table corpus: python3 gen.py FOLDER SEED dev|hold [SHARE]. Each NAME.pdf stands beside NAME.json with its tables, as they were
laid out, one for each page. Needs chromium, texlive-latex-extra, texlive-lang-other, libreoffice-writer, python3-docx, python3-reportlab and groff."""

import sys, os, json, random, subprocess, unicodedata, re
sys.path.insert(0, os.path.dirname(__file__))
from content import *
from render import *
RENDER = ['html', 'html', 'tex', 'docx', 'rl', 'roff']
RULES_S = ['none', 'none', 'book', 'book', 'zebra', 'h', 'vin', 'head', 'box', 'grid', 'headfill', 'zebra2', 'v']

def style(r, hold=False, **k):
    st = dict(rule=r.choice(RULES_S), pv=r.choice([0, 1, 2, 3, 5]), ph=r.choice([4, 6, 8, 12]), fs=r.choice([8, 9, 10, 11]), full=r.random() < 0.5, bold=r.random() < 0.6, spanrule=r.random() < 0.5, hva=r.choice(['bottom', 'middle', 'top']), va='top', lc=r.choice(['#000', '#000', '#888']), size=r.choice(['\\small', '\\footnotesize', '\\normalsize']), stretch=r.choice([1.0, 1.0, 1.2]), center=r.random() < 0.4, rep=True)
    if hold:
        st.update(pv=r.choice([0, 2, 4, 7]), ph=r.choice([3, 5, 10, 16]), fs=r.choice([7.5, 8.5, 9.5, 12]), lw=r.choice(['0.5px', '2px', '1px']), ls=r.choice(['solid', 'solid', 'dotted', 'dashed', 'double']), lc=r.choice(['#000', '#bbb', '#336']))
    st.update(k)
    return st

def page(r, **k):
    p = dict(font=r.choice(FONTS), fs=r.choice([9, 10, 11]), just=r.random() < 0.5, tfont=r.choice(['cm', 'tm', 'hv', 'lm', 'pal']), center=r.random() < 0.5, rf=r.choice(['DejaVuSans', 'LiberationSerif', 'LiberationSans']), df=r.choice(['Liberation Serif', 'Liberation Sans', 'DejaVu Sans']), nopn=r.random() < 0.3)
    p.update(k)
    return p

def cap(r, vi, i=1):
    return f'Bảng {i}. {sent(r, r.randint(8, 14), True)}' if vi else f"Table {i}{r.choice(['.', ':', ' –'])} {sent(r, r.randint(4, 12))}{r.choice(['', ', 2005–2010'])}"

def notes(r, vi):
    o = []
    if r.random() < 0.5:
        o.append(('note', ('Nguồn: ' if vi else 'Source: ') + sent(r, r.randint(3, 8), vi) + '.'))
    if r.random() < 0.3:
        o.append(('note', '1 ' + sent(r, r.randint(6, 20), vi) + '.'))
    return o

def around(r, vi, tabs):
    b = []
    if r.random() < 0.5:
        b.append(('h', sent(r, 4, vi)))
    for i, t in enumerate(tabs):
        for _ in range(r.choice([0, 1, 1, 2])):
            b.append(('p', para(r, vi)))
        if r.random() < 0.6:
            b.append(('cap', cap(r, vi, i + 1)))
        b.append(t)
        b += notes(r, vi)
    for _ in range(r.choice([0, 1, 2])):
        b.append(('p', para(r, vi)))
    return b

def fit(ren, t, r):
    return ren

def kinds(hold):
    K = []

    def k(f, n):
        K.append((f, n))

    def k_stat(r):
        t = stat(r)
        return dict(blocks=around(r, t.k['vi'], [('t', t, style(r, hold))]), page=page(r, land=r.random() < 0.1), vi=t.k['vi'])

    def k_statnone(r):
        t = stat(r)
        return dict(blocks=around(r, t.k['vi'], [('t', t, style(r, hold, rule=r.choice(['none', 'book', 'head', 'zebra']), ph=r.choice([3, 4, 6])))]), page=page(r), vi=t.k['vi'])

    def k_multi(r):
        t = stat(r, ncol=r.randint(4, 8), multi=True, lang=r.choice(['en', 'eu', 'vi']))
        return dict(blocks=around(r, t.k['vi'], [('t', t, style(r, hold))]), page=page(r), vi=t.k['vi'])

    def k_text(r):
        vi = r.random() < 0.4
        t = textual(r, vi=vi)
        return dict(blocks=around(r, vi, [('t', t, style(r, hold, full=True, rule=r.choice(['none', 'book', 'h', 'grid', 'vin', 'zebra', 'head', 'box']), pv=r.choice([2, 3, 5])))]), page=page(r), vi=vi)

    def k_cols(r):
        t = stat(r, ncol=r.randint(2, 3), nrow=r.randint(4, 10), lang=r.choice(['en', 'eu']), multi=False, longstub=False, kind=r.choice(['pct', 'small', 'int']))
        bl = [('h', sent(r, 4))] + [('p', para(r)) for _ in range(r.randint(2, 4))] + [('cap', cap(r, False)), ('t', t, style(r, hold, fs=8, ph=3, size='\\scriptsize', center=False, rule=r.choice(['none', 'book', 'head', 'zebra', 'h', 'grid'])))] + notes(r, False) + [('p', para(r)) for _ in range(r.randint(6, 10))]
        return dict(blocks=[('cols', bl)], page=page(r, fs=9), vi=False, no=['roff'])

    def k_side(r):
        a = stat(r, ncol=2, nrow=r.randint(4, 9), lang='eu', multi=False, longstub=False, indent=False)
        n = len(a.rows) - 1
        b = stat(r, ncol=2, nrow=n, lang='en', multi=False, longstub=False, indent=False, total=False)
        return dict(blocks=[('p', para(r)), ('side', [a, b], style(r, hold, full=False, fs=9, size='\\footnotesize', gap=r.choice([30, 50, 70]), rule=r.choice(['none', 'book', 'grid', 'head', 'zebra']))), ('p', para(r))], page=page(r), vi=False, only=['html', 'tex'])

    def k_stack(r):
        ts = [stat(r, nrow=r.randint(3, 8), lang=r.choice(['en', 'eu', 'item'])) for _ in range(r.randint(2, 3))]
        s = style(r, hold)
        return dict(blocks=around(r, False, [('t', t, s) for t in ts]), page=page(r), vi=False)

    def k_tiny(r):
        t = tiny(r)
        return dict(blocks=around(r, t.k['vi'], [('t', t, style(r, hold))]), page=page(r), vi=t.k['vi'])

    def k_long(r):
        t = stat(r, nrow=r.randint(60, 110), lang=r.choice(['eu', 'en', 'vi']), longstub=False)
        t = t if len(t.al) < 8 else stat(r, ncol=5, nrow=80)
        rep = r.random() < 0.6
        return dict(blocks=[('cap', cap(r, t.k['vi'])), ('t', t, style(r, hold, rep=rep, long=True))], page=page(r), vi=t.k['vi'])

    def k_land(r):
        t = stat(r, ncol=r.randint(8, 11), nrow=r.randint(8, 18), lang='en', multi=False, longstub=False, kind=r.choice(['pct', 'small']))
        return dict(blocks=around(r, False, [('t', t, style(r, hold, fs=8, ph=4, full=True, size='\\scriptsize'))]), page=page(r, land=True, fs=9), vi=False, no=['roff'], turn=r.random() < 0.4)

    def k_prosewrap(r):
        t = stat(r, ncol=3, nrow=6, lang='item', multi=False, longstub=True)
        return dict(blocks=[('p', para(r)) for _ in range(3)] + around(r, False, [('t', t, style(r, hold, full=True, wrapcols=True))]), page=page(r), vi=False)

    def k_vi(r):
        t = directives(r, r.randint(40, 70), long=r.random() < 0.5, leadmerge=r.random() < 0.7)
        bl = [('h', 'PHỤ LỤC'), ('p', sent(r, 20, True)), ('t', t, style(r, hold, rule='grid', full=True, pv=r.choice([2, 3, 4]), ph=5, rep=r.random() < 0.6, va=r.choice(['top', 'middle']), hva='middle', bold=True, sz=4, fs=11))]
        return dict(blocks=bl, page=page(r, land=r.random() < 0.4, font=r.choice(["'Liberation Serif'", "'DejaVu Serif'"]), df='Liberation Serif', rf='LiberationSerif', fs=10, nopn=False), vi=True, only=['docx', 'docx', 'html'])

    def k_vistream(r):
        t = textual(r, ncol=4, nrow=r.randint(5, 10), vi=True)
        return dict(blocks=around(r, True, [('t', t, style(r, hold, rule=r.choice(['none', 'head', 'zebra', 'h', 'book']), full=True, pv=r.choice([2, 4])))]), page=page(r), vi=True, no=['roff'])

    def k_none(r):
        vi = r.random() < 0.3
        c = r.choice(['cols', 'toc', 'ul', 'form', 'chart', 'letter', 'box', 'refs', 'dl', 'index', 'prose'])
        if c == 'cols':
            bl = [('cols', [('h', sent(r, 4))] + [('p', para(r)) for _ in range(12)])]
            d = dict(no=['roff'])
        elif c == 'toc':
            bl = [('h', 'Contents')] + [('toc', [(f'{i // 3 + 1}.{i % 3} {sent(r, r.randint(2, 8))}', 3 + 2 * i) for i in range(r.randint(12, 30))])]
            d = dict(only=['html', 'tex', 'docx'])
        elif c == 'ul':
            bl = [('p', para(r, vi)), ('ul', [sent(r, r.randint(4, 25), vi) + '.' for _ in range(r.randint(5, 12))], r.choice(['ul', 'ol'])), ('p', para(r, vi))]
            d = {}
        elif c == 'form':
            bl = [('h', 'Application form'), ('raw', ''.join((f'<div style="margin:10px 0">{sent(r, 2)}: <span style="display:inline-block;border:1px solid #000;width:{r.randint(100, 300)}px;height:18px"></span></div>' for _ in range(10))) + ''.join((f'<div>☐ {sent(r, 4)}</div>' for _ in range(5))))]
            d = dict(only=['html'])
        elif c == 'chart':
            n = r.randint(5, 9)
            hs = [r.randint(20, 180) for _ in range(n)]
            svg = '<svg width="500" height="260" font-size="10">' + ''.join((f'<line x1="40" x2="480" y1="{20 + 40 * i}" y2="{20 + 40 * i}" stroke="#999"/><text x="10" y="{24 + 40 * i}">{250 - 50 * i}</text>' for i in range(6))) + ''.join((f'<rect x="{60 + 48 * i}" y="{220 - h}" width="26" height="{h}" fill="#57a"/><text x="{60 + 48 * i}" y="235">{2001 + i}</text><text x="{62 + 48 * i}" y="{215 - h}">{h}</text>' for i, h in enumerate(hs))) + '</svg>'
            bl = [('p', para(r)), ('raw', svg), ('cap', 'Figure 1. ' + sent(r, 8)), ('p', para(r))]
            d = dict(only=['html'])
        elif c == 'letter':
            bl = [('letter', [('ỦY BAN NHÂN DÂN', 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM'), ('Số: 123/UBND-VX', 'Độc lập - Tự do - Hạnh phúc')]), ('p', para(r, True)), ('p', para(r, True)), ('ul', [sent(r, 20, True) + '.' for _ in range(4)], 'ul'), ('letter', [('Nơi nhận:', 'TM. ỦY BAN NHÂN DÂN'), ('- Như trên;', 'CHỦ TỊCH')])]
            d = dict(only=['docx'])
        elif c == 'box':
            bl = [('p', para(r)), ('raw', f'<div style="border:1px solid #000;padding:8px;background:#eef">{para(r)}</div>'), ('p', para(r)), ('raw', f'<div style="background:#ddd;padding:6px"><b>{sent(r, 4)}</b><ul><li>{sent(r, 12)}<li>{sent(r, 14)}</ul></div>'), ('p', para(r))]
            d = dict(only=['html'])
        elif c == 'refs':
            bl = [('h', 'References')] + [('p', f'[{i + 1}] {sent(r, 3)}, {sent(r, 8)}, {r.randint(1980, 2020)}, pp. {r.randint(1, 90)}–{r.randint(91, 300)}.') for i in range(20)]
            d = {}
        elif c == 'dl':
            bl = [('raw', '<dl>' + ''.join((f'<dt><b>{sent(r, 2)}</b></dt><dd>{sent(r, 18)}.</dd>' for _ in range(9))) + '</dl>')]
            d = dict(only=['html'])
        elif c == 'index':
            bl = [('cols', [('p', f'{sent(r, 2)}, {r.randint(1, 99)}, {r.randint(100, 199)}') for _ in range(60)])]
            d = dict(no=['roff'])
        else:
            bl = [('h', sent(r, 5, vi))] + [('p', para(r, vi)) for _ in range(7)]
            d = {}
        return dict(blocks=bl, page=page(r), vi=vi, table_less=c, **d)
    k(k_stat, 18)
    k(k_statnone, 14)
    k(k_multi, 12)
    k(k_text, 12)
    k(k_cols, 8)
    k(k_side, 5)
    k(k_stack, 8)
    k(k_tiny, 7)
    k(k_long, 8)
    k(k_land, 5)
    k(k_prosewrap, 6)
    k(k_vi, 8)
    k(k_vistream, 6)
    k(k_none, 22)
    return K

def tables_of(bs):
    for b in bs:
        if b[0] == 't':
            yield b[1]
        elif b[0] == 'side':
            yield from b[1]
        elif b[0] == 'cols':
            yield from tables_of(b[1])
sq = lambda s: ''.join(unicodedata.normalize('NFC', s).split()).replace('\xad', '')

def pages_text(pdf):
    x = subprocess.run(['pdftotext', '-raw', '-enc', 'UTF-8', pdf, '-'], capture_output=True, check=True).stdout.decode('utf8')
    return [sq(p) for p in x.split('\x0c')[:-1]]

def build(outdir, seed, hold, scale=1.0):
    os.makedirs(outdir, exist_ok=True)
    docs = []
    html_jobs = []
    docx_jobs = []
    for f, n in kinds(hold):
        for i in range(max(2, round(n * scale))):
            name = f'{f.__name__[2:]}_{i:02d}'
            r = random.Random(f'{seed}/{name}')
            d = f(r)
            opts = d.get('only') or [x for x in RENDER if x not in d.get('no', [])]
            ren = r.choice(opts)
            if ren == 'roff' and (d['vi'] or any((ord(c) > 255 for t in tables_of(d['blocks']) for row in t.rows for x in row if x for c in x.t.replace('–', '')))):
                ren = 'tex'
            if f.__name__ == 'k_long' and ren == 'roff':
                ren = 'rl'
            if d['vi']:
                d['page'].update(df=r.choice(['DejaVu Sans', 'DejaVu Serif', 'Latin Modern Roman', 'DejaVu Sans Condensed']), rf='DejaVuSans', font=r.choice(["'DejaVu Sans'", "'DejaVu Serif'", "'Latin Modern Roman'"]))
            d['ren'] = ren
            d['name'] = name + '_' + ren
            docs.append(d)
    for d in docs:
        base = os.path.join(outdir, d['name'])
        pdf = base + '.pdf'
        try:
            if d['ren'] == 'html':
                open(base + '.html', 'w').write(to_html(d))
                subprocess.run(['chromium', '--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-pdf-header-footer', '--user-data-dir=/tmp/chr', '--print-to-pdf=' + pdf, 'file://' + base + '.html'], capture_output=True, timeout=90)
                os.remove(base + '.html')
            elif d['ren'] == 'tex':
                open(base + '.tex', 'w').write(to_tex(d))
                for _ in range(3 if any((b[0] == 't' and b[2].get('long') for b in d['blocks'])) else 1):
                    p = subprocess.run(['pdflatex', '-interaction=batchmode', '-output-directory', outdir, base + '.tex'], capture_output=True, timeout=60)
                if p.returncode:
                    print('tex', d['name'], subprocess.run(['grep', '-A2', '^!', base + '.log'], capture_output=True).stdout.decode('utf8', 'replace')[:300])
                for e in ('log', 'aux', 'tex'):
                    if e != 'tex' or not p.returncode:
                        os.path.exists(base + '.' + e) and os.remove(base + '.' + e)
            elif d['ren'] == 'rl':
                to_rl(d, pdf)
            elif d['ren'] == 'roff':
                p = subprocess.run(['groff', '-t', '-ms', '-Tpdf'], input=to_roff(d).encode('ascii'), capture_output=True, timeout=60)
                open(pdf, 'wb').write(p.stdout)
                if p.stderr:
                    print('roff', d['name'], p.stderr.decode()[:200])
            elif d['ren'] == 'docx':
                to_docx(d, base + '.docx')
                docx_jobs.append(base + '.docx')
        except Exception as e:
            print('FAIL', d['name'], repr(e)[:300])
    if docx_jobs:
        for i in range(0, len(docx_jobs), 12):
            subprocess.run(['soffice', '--headless', '-env:UserInstallation=file:///tmp/lo', '--convert-to', 'pdf', '--outdir', outdir] + docx_jobs[i:i + 12], capture_output=True, timeout=280)
        for x in docx_jobs:
            os.remove(x)
    for d in docs:
        pdf = os.path.join(outdir, d['name'] + '.pdf')
        if not os.path.exists(pdf):
            print('missing', d['name'])
            continue
        if d.get('turn'):
            subprocess.run(['qpdf', '--rotate=+90', pdf, pdf + 'x'])
            os.replace(pdf + 'x', pdf)
        ts = [split(t.grid(), t.head, pages_text(pdf), d['name']) for t in tables_of(d['blocks'])]
        bad = any((x is None for x in ts))
        if bad:
            print('untrue', d['name'])
            os.replace(pdf, pdf + '.bad')
            continue
        ts = [p for t in ts for p in t]
        json.dump({'tables': ts, 'less': d.get('table_less')}, open(pdf[:-4] + '.json', 'w'), ensure_ascii=False)

def split(grid, head, pages, name):
    """The parts of a table on its pages, by what poppler finds in the order of the content stream."""
    txt = [''.join((sq(c) for c in row)) for row in grid]

    def where(s, p0):
        for p in range(p0, len(pages)):
            if s in pages[p]:
                return p
        return None
    p = None
    H = grid[:head]
    parts = {}

    def cellpage(row, p0):
        best = max(row, key=lambda c: len(sq(c)))
        s = sq(best)
        return s
    headtxt = [sq(c) for row in H for c in row if c]
    cur = 0
    first = True
    for row in grid[head:]:
        cells = [sq(c) for c in row if c]
        if not cells:
            return None
        pg = None
        for q in range(cur, min(len(pages), cur + 2) if not first else len(pages)):
            if all((c in pages[q] for c in cells)) and ''.join(cells)[:0] == '' and (len(cells) < 2 or rowin(cells, pages[q])):
                pg = q
                break
        if pg is None:
            for q in range(cur, len(pages) - 1 if first else min(len(pages) - 1, cur + 1)):
                res = [cut(c, pages[q], pages[q + 1:q + 4]) for c in row]
                if all((x is not None for x in res)):
                    for k in range(max((len(x) for x in res))):
                        part = [x[k] if k < len(x) else '' for x in res]
                        if any(part):
                            parts.setdefault(q + k, []).append(part)
                    cur = q + max((len(x) for x in res)) - 1
                    pg = -1
                    break
            if pg is None:
                print('  row not found in', name, row[:3])
                return None
        else:
            cur = pg
            parts.setdefault(pg, []).append(row)
        first = False
    out = []
    for i, q in enumerate(sorted(parts)):
        rows = parts[q]
        rep = all((h in pages[q] for h in headtxt)) and (i == 0 or rowin(headtxt, pages[q]))
        out.append((H if rep or i == 0 else []) + rows)
    return out

def rowin(cells, page):
    return all((c in page for c in cells)) and (''.join(cells) in page or any((a + b in page for a, b in zip(cells, cells[1:]))) or len(cells) == 1 or (max((len(c) for c in cells)) > 12))

def cut(cell, page, nexts):
    s = sq(cell)
    if not s:
        return ['']
    words = cell.split()
    if s in page and len(s) < 60:
        return [cell]
    out = []
    rest = words
    pg = page
    for nx in [None] + nexts:
        if nx is not None:
            pg = nx
        k = len(rest)
        while k and ''.join((sq(w) for w in rest[:k])) not in pg:
            k -= 1
        out.append(' '.join(rest[:k]))
        rest = rest[k:]
        if not rest:
            return out
    return None
if __name__ == '__main__':
    build(sys.argv[1], sys.argv[2], sys.argv[3] == 'hold', float(sys.argv[4]) if len(sys.argv) > 4 else 1)
