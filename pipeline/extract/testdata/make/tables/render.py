"""How the documents of the table corpus are set: the same blocks by Chromium, LaTeX, LibreOffice Writer, ReportLab and groff."""

import html, os, random, subprocess
from content import *
FONTS = ["'Nimbus Roman'", "'Nimbus Sans'", "'DejaVu Sans'", "'Liberation Serif'", "'P052'", "'C059'", "'Liberation Sans'", "'Nimbus Sans Narrow'"]

def css(st):
    r = st['rule']
    c = f"td,th{{padding:{st.get('pv', 2)}px {st.get('ph', 8)}px;vertical-align:{st.get('va', 'top')}}} table{{border-collapse:collapse;margin:8px 0;font-size:{st.get('fs', 10)}pt;{('width:100%;' if st.get('full') else '')}}}"
    w = st.get('lw', '1px')
    k = st.get('ls', 'solid')
    col = st.get('lc', '#000')
    b = f'{w} {k} {col}'
    if r == 'book':
        c += f'table{{border-top:2px solid #000;border-bottom:2px solid #000}} tr.hl>*{{border-bottom:1px solid #000}}'
    if r == 'head':
        c += f'tr.hl>*{{border-bottom:{b}}}'
    if r == 'zebra':
        c += f"tbody tr:nth-child(even)>*{{background:{st.get('zc', '#e4e8f0')}}} thead th{{background:#c8d0e0}}"
    if r == 'zebra2':
        c += f"tbody tr:nth-child(odd)>*{{background:{st.get('zc', '#eee')}}} table{{border-top:{b};border-bottom:{b}}} tr.hl>*{{border-bottom:{b}}}"
    if r == 'h':
        c += f'td,th{{border-bottom:{b};border-top:{b}}}'
    if r == 'v':
        c += f'td,th{{border-left:{b};border-right:{b}}}'
    if r == 'vin':
        c += f'td+td,th+th{{border-left:{b}}} thead tr.hl>*{{border-bottom:{b}}} table{{border-top:{b};border-bottom:{b}}}'
    if r == 'grid':
        c += f'td,th{{border:{b}}}'
    if r == 'box':
        c += f'table{{border:{b}}} tr.hl>*{{border-bottom:{b}}}'
    if r == 'headfill':
        c += f'thead th{{background:#335;color:#fff}}'
    return c

def tab_html(t, st):
    o = [f'''<table class="{st['cls']}">''']
    al = {'l': 'left', 'r': 'right', 'c': 'center'}
    if t.w and st.get('full'):
        s = sum(t.w)
        o.append('<colgroup>' + ''.join((f'<col style="width:{100 * w / s:.1f}%">' for w in t.w)) + '</colgroup>')
    n = len(t.rows)
    foot = len(t.rows)
    for i, row in enumerate(t.rows):
        if i == 0 and t.head:
            o.append('<thead>' if st.get('rep', True) else '<tbody>')
        if i == t.head:
            o.append(('</thead>' if st.get('rep', True) else '</tbody>') * (t.head > 0) + '<tbody>')
        hl = i == t.head - 1
        o.append('<tr class="hl">' if hl else '<tr>')
        for j, c in enumerate(row):
            if c is None:
                continue
            tag = 'th' if i < t.head else 'td'
            a = c.al or t.al[j]
            sty = f'text-align:{al[a]};' + (f"padding-left:{st.get('ph', 8) + 14 * c.ind}px;" if c.ind else '') + ('font-weight:bold;' if c.b and st.get('bold', True) else 'font-weight:normal;')
            if i < t.head:
                sty += f"vertical-align:{st.get('hva', 'bottom')};"
            if c.rs > 1 and i < t.head and (i + c.rs == t.head) and (st['rule'] in ('book', 'head', 'zebra2', 'vin', 'box')):
                sty += 'border-bottom:1px solid #000;'
            if c.cs > 1 and i < t.head and st.get('spanrule'):
                sty += 'border-bottom:1px solid #000;'
            txt = html.escape(c.t)
            o.append(f'''<{tag}{(f' rowspan={c.rs}' if c.rs > 1 else '')}{(f' colspan={c.cs}' if c.cs > 1 else '')} style="{sty}">{txt}</{tag}>''')
        o.append('</tr>')
    o.append('</tbody></table>')
    return ''.join(o)

def to_html(doc):
    st0 = doc['page']
    out = []
    styles = []

    def emit(bs):
        for b in bs:
            k = b[0]
            if k == 'p':
                out.append(f'<p>{html.escape(b[1])}</p>')
            elif k == 'h':
                out.append(f'<h2>{html.escape(b[1])}</h2>')
            elif k == 'cap':
                out.append(f'<div class="cap">{html.escape(b[1])}</div>')
            elif k == 'note':
                out.append(f'<div class="note">{html.escape(b[1])}</div>')
            elif k == 'pb':
                out.append('<div style="break-after:page"></div>')
            elif k == 'ul':
                out.append(f'<{b[2]}>' + ''.join((f'<li>{html.escape(x)}</li>' for x in b[1])) + f'</{b[2]}>')
            elif k == 'toc':
                out.append(''.join((f"""<div style="display:flex"><span>{html.escape(x)}</span><span style="flex:1;overflow:hidden;white-space:nowrap">{' .' * 150}</span><span>{p}</span></div>""" for x, p in b[1])))
            elif k == 'raw':
                out.append(b[1])
            elif k in ('t', 'side'):
                s = dict(b[2])
                s['cls'] = f's{len(styles)}'
                styles.append(s)
                if k == 't':
                    out.append(tab_html(b[1], s))
                else:
                    out.append('<div style="display:flex;gap:%dpx">' % s.get('gap', 40) + ''.join(('<div>' + tab_html(t, s) + '</div>' for t in b[1])) + '</div>')
            elif k == 'cols':
                out.append('<div style="column-count:2;column-gap:22px;text-align:%s">' % ('justify' if st0.get('just') else 'left'))
                emit(b[1])
                out.append('</div>')
    emit(doc['blocks'])

    def scope(s):
        c = css(s)
        res = []
        import re
        for m in re.finditer('([^{}]+)\\{([^}]*)\\}', c):
            sel = ','.join(('table.' + s['cls'] if x.strip() == 'table' else f"table.{s['cls']} {x.strip()}" for x in m[1].split(',')))
            res.append(sel + '{' + m[2] + '}')
        return ''.join(res)
    land = st0.get('land')
    page = f"@page{{size:A4 {('landscape' if land else 'portrait')};margin:{st0.get('margin', '18mm')}}}body{{font-family:{st0['font']};font-size:{st0.get('fs', 10)}pt;margin:0}}p{{margin:5px 0;text-align:{('justify' if st0.get('just') else 'left')}}}.note{{font-size:8pt}}.cap{{margin-top:8px;font-weight:bold}}h2{{font-size:13pt}}"
    return f"""<!doctype html><html lang="x"><meta charset="utf-8"><style>{page}{''.join((scope(s) for s in styles))}</style><body>""" + ''.join(out) + '</body></html>'

def tex(s):
    for a, b in [('\\', '\\textbackslash '), ('&', '\\&'), ('%', '\\%'), ('$', '\\$'), ('#', '\\#'), ('_', '\\_')]:
        s = s.replace(a, b)
    return s.replace('–', '--')

def tab_tex(t, st, width=None):
    n = len(t.al)
    r = st['rule']
    wrap = st.get('wrapcols') or (st.get('full') and t.w and (max((len(c.t) for row in t.rows for c in row if c)) > 45))
    vs = '|' if r in ('grid', 'v') else ''
    if wrap:
        s = sum(t.w)
        W = width or 0.86
        cols = [f'>{{\\raggedright\\arraybackslash}}p{{{W * w / s:.3f}\\linewidth}}' if t.al[i] == 'l' else f'>{{\\raggedleft\\arraybackslash}}p{{{W * w / s:.3f}\\linewidth}}' if t.al[i] == 'r' else f'>{{\\centering\\arraybackslash}}p{{{W * w / s:.3f}\\linewidth}}' for i, w in enumerate(t.w)]
        spec = vs + vs.join(cols) + vs
    else:
        spec = vs + vs.join(t.al) + vs
    if r == 'vin':
        spec = '|'.join(t.al) if not wrap else '|'.join(cols)
    o = []
    body = []
    top = {'book': '\\toprule', 'grid': '\\hline', 'h': '\\hline', 'box': '\\hline', 'vin': '\\hline'}.get(r, '')
    mid = {'book': '\\midrule', 'grid': '\\hline', 'h': '\\hline', 'head': '\\hline', 'box': '\\hline', 'vin': '\\hline'}.get(r, '')
    bot = {'book': '\\bottomrule', 'grid': '\\hline', 'h': '\\hline', 'box': '\\hline', 'vin': '\\hline'}.get(r, '')
    each = '\\hline' if r in ('grid', 'h') else ''
    lines = []
    open_rs = {}
    for i, row in enumerate(t.rows):
        cells = []
        j = 0
        clines = []
        while j < n:
            c = row[j]
            if c is None:
                cells.append('')
                j += 1
                continue
            x = tex(c.t)
            if c.b and st.get('bold', True) and x:
                x = '\\textbf{' + x + '}'
            if c.ind:
                x = '\\hspace*{%.1fem}' % (c.ind * 1.0) + x
            if c.rs > 1:
                x = '\\multirow{%d}{*}{%s}' % (c.rs, x)
                open_rs[j] = i + c.rs - 1
            a = c.al or t.al[j]
            if c.cs > 1:
                cells.append('\\multicolumn{%d}{%s%s%s}{%s}' % (c.cs, vs if j == 0 else '', a, vs, x))
                if st.get('spanrule') or r == 'grid':
                    clines.append((j + 1, j + c.cs))
                j += c.cs
                continue
            if a != t.al[j] and (not wrap):
                x = '\\multicolumn{1}{%s%s%s}{%s}' % (vs if j == 0 else '|' if False else '', a, vs or ('|' if r == 'vin' and j < n - 1 else ''), x)
            cells.append(x)
            j += 1
        line = ' & '.join(cells) + ' \\\\'
        if i + 1 == t.head:
            line += mid
        elif i + 1 < t.head and r == 'grid':
            line += ''.join(('\\cline{%d-%d}' % (k + 1, k + 1) for k in range(n) if not open_rs.get(k, -1) > i))
        elif i + 1 < t.head and st.get('spanrule'):
            line += ''.join(('\\cmidrule(lr){%d-%d}' % c for c in clines))
        elif each and i + 1 < len(t.rows):
            line += each if not any((open_rs.get(k, -1) > i for k in range(n))) else ''.join(('\\cline{%d-%d}' % (k + 1, k + 1) for k in range(n) if not open_rs.get(k, -1) > i))
        if r == 'zebra' and i >= t.head and (i - t.head) % 2:
            line = '\\rowcolor[gray]{.88}' + line
        lines.append(line)
    size = st.get('size', '\\small')
    sep = '\\setlength{\\tabcolsep}{%.1fpt}' % st.get('ph', 6)
    stretch = '\\renewcommand{\\arraystretch}{%.2f}' % st.get('stretch', 1.0)
    if st.get('long'):
        h = top + '\n' + '\n'.join(lines[:t.head]) + ('\\endhead ' if st.get('rep', True) else '')
        return '{' + size + sep + stretch + '\\begin{longtable}{' + spec + '}\n' + h + '\n' + '\n'.join(lines[t.head:]) + bot + '\n\\end{longtable}}'
    return '{' + size + sep + stretch + '\\begin{tabular}%s{' % ('[t]' if st.get('tt') else '') + spec + '}' + top + '\n' + '\n'.join(lines) + bot + '\n\\end{tabular}}'

def to_tex(doc):
    p = doc['page']
    o = []
    two = any((b[0] == 'cols' for b in doc['blocks']))

    def emit(bs):
        for b in bs:
            k = b[0]
            if k == 'p':
                o.append(tex(b[1]) + '\n\n')
            elif k == 'h':
                o.append('\\section*{' + tex(b[1]) + '}\n')
            elif k == 'cap':
                o.append('\\par\\smallskip\\noindent ' + ('\\begin{center}' if p.get('center') else '') + tex(b[1]) + ('\\end{center}' if p.get('center') else '') + '\\par\\nopagebreak\\smallskip\n')
            elif k == 'note':
                o.append('\\par\\noindent{\\footnotesize ' + tex(b[1]) + '}\\par\\smallskip\n')
            elif k == 'pb':
                o.append('\\newpage\n')
            elif k == 'ul':
                o.append('\\begin{%s}' % ('itemize' if b[2] == 'ul' else 'enumerate') + ''.join(('\\item ' + tex(x) + '\n' for x in b[1])) + '\\end{%s}\n' % ('itemize' if b[2] == 'ul' else 'enumerate'))
            elif k == 'toc':
                o.append(''.join(('\\noindent ' + tex(x) + '\\dotfill ' + str(n) + '\\par\n' for x, n in b[1])))
            elif k == 'raw':
                o.append(b[1])
            elif k == 't':
                c = p.get('center') and (not b[2].get('long'))
                o.append('\\par\\noindent ' + ('\\begin{center}' if c else '') + tab_tex(b[1], b[2]) + ('\\end{center}' if c else '') + '\\par\\medskip\n')
            elif k == 'side':
                o.append('\\par\\noindent ' + ('\\hspace{%dpt}' % b[2].get('gap', 30)).join((tab_tex(t, dict(b[2], tt=1)) for t in b[1])) + '\\par\n')
            elif k == 'cols':
                emit(b[1])
    emit(doc['blocks'])
    fonts = {'tm': '\\usepackage{mathptmx}', 'hv': '\\usepackage{helvet}\\renewcommand{\\familydefault}{\\sfdefault}', 'cm': '', 'lm': '\\usepackage{lmodern}', 'pal': '\\usepackage{mathpazo}'}
    enc = '\\usepackage[T5]{fontenc}\\usepackage[utf8]{inputenc}\\usepackage{vntex}' if doc.get('vi') else '\\usepackage[T1]{fontenc}\\usepackage[utf8]{inputenc}'
    return '\\documentclass[10pt,a4paper%s]{article}%s%s\\usepackage[margin=%dmm%s]{geometry}\\usepackage{booktabs,multirow,longtable,array,colortbl}\\hyphenpenalty=10000\\tolerance=9000\\emergencystretch=3em\\begin{document}%s\n%s\\end{document}' % (',twocolumn' if two else '', enc, '' if doc.get('vi') else fonts[p.get('tfont', 'cm')], p.get('tm', 22), ',landscape' if p.get('land') else '', '\\pagestyle{empty}' if p.get('nopn') else '', ''.join(o))

def ro(s):
    return ''.join((c if ord(c) < 128 else '\\[u%04X]' % ord(c) for c in s.replace('\\', '\\e')))

def tab_roff(t, st):
    r = st['rule']
    opts = []
    if r == 'grid':
        opts.append('allbox')
    if r == 'box':
        opts.append('box')
    if st.get('center'):
        opts.append('center')
    if st.get('full') and (not any((len(c.t) > 60 for row in t.rows for c in row if c))):
        opts.append('expand')
    o = ['.TS' + (' H' if st.get('long') else '')]
    o.append(' '.join(opts) + (' ' if opts else '') + 'tab(@);')
    f = []
    body = []
    n = len(t.al)
    long = [max((len(row[j].t) if row[j] and row[j].cs == 1 else 0 for row in t.rows)) > 34 for j in range(n)]
    tot = sum(t.w) if t.w else n
    for i, row in enumerate(t.rows):
        fm = []
        cells = []
        j = 0
        while j < n:
            c = row[j]
            if c is None:
                fm.append('^')
                cells.append('\\^' if False else '')
                j += 1
                continue
            a = c.al or t.al[j]
            if t.k.get('n') and a == 'r' and (i >= t.head):
                a = 'n'
            w = 'w(%.1fi)' % (6.2 * t.w[j] / tot) if long[j] else ''
            fm.append(a + ('B' if c.b and st.get('bold', True) else '') + w)
            x = ro(c.t)
            if c.ind:
                x = '\\ \\ ' * c.ind + x
            if long[j] and len(c.t) > 34 and (c.cs == 1):
                x = 'T{\n' + x + '\nT}'
            cells.append(x)
            for q in range(1, c.cs):
                fm.append('s')
            j += c.cs
        v = ' | ' if r in ('v', 'vin') else ' '
        f.append(v.join(fm))
        body.append('@'.join(cells))
        if i == t.head - 1 and r in ('book', 'head', 'box', 'vin'):
            body.append('_')
        elif r == 'h' and i < len(t.rows) - 1:
            body.append('_')
        if i == t.head - 1 and st.get('long'):
            body.append('.TH')
    o.append('\n'.join(f) + '.')
    if r in ('book', 'h', 'vin'):
        o.append('_')
    o += body
    if r in ('book', 'h', 'vin'):
        o.append('_')
    o.append('.TE')
    return '\n'.join(o) + '\n'

def to_roff(doc):
    o = ['.nr LL 6.3i\n.nr PO 1i\n.nr PS %d\n.nr VS %d\n.nr HY 0\n.nh\n' % (doc['page'].get('ps', 10), doc['page'].get('ps', 10) + 2), '.ds CH\n' if doc['page'].get('nopn') else '']

    def emit(bs):
        for b in bs:
            k = b[0]
            if k == 'p':
                o.append('.LP\n' + ro(b[1]) + '\n')
            elif k == 'h':
                o.append('.SH\n' + ro(b[1]) + '\n')
            elif k == 'cap':
                o.append('.LP\n' + ro(b[1]) + '\n.LP\n')
            elif k == 'note':
                o.append('.LP\n.ps -2\n' + ro(b[1]) + '\n.ps +2\n')
            elif k == 'ul':
                o.append(''.join(('.IP \\(bu 2\n' + ro(x) + '\n' for x in b[1])))
            elif k == 'pb':
                o.append('.bp\n')
            elif k == 't':
                o.append(tab_roff(b[1], b[2]))
            elif k == 'cols':
                o.append('.2C\n')
                emit(b[1])
                o.append('.1C\n')
    emit(doc['blocks'])
    return ''.join(o)

def to_rl(doc, path):
    from reportlab.platypus import SimpleDocTemplate, Paragraph, Table, TableStyle, Spacer, PageBreak, BaseDocTemplate, Frame, PageTemplate, ListFlowable
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib import colors
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    fam = doc['page'].get('rf', 'DejaVuSans')
    base = {'DejaVuSans': '/usr/share/fonts/truetype/dejavu/DejaVuSans%s.ttf', 'LiberationSerif': '/usr/share/fonts/truetype/liberation/LiberationSerif-%s.ttf', 'LiberationSans': '/usr/share/fonts/truetype/liberation/LiberationSans-%s.ttf'}[fam]
    a, b = ('', '-Bold') if fam == 'DejaVuSans' else ('Regular', 'Bold')
    pdfmetrics.registerFont(TTFont(fam, base % a))
    pdfmetrics.registerFont(TTFont(fam + 'B', base % b))
    fs = doc['page'].get('fs', 9)
    P = ParagraphStyle('p', fontName=fam, fontSize=fs, leading=fs * 1.25, spaceAfter=5)
    H = ParagraphStyle('h', parent=P, fontName=fam + 'B', fontSize=fs + 3, leading=fs + 6)
    N = ParagraphStyle('n', parent=P, fontSize=fs - 2, leading=fs)
    size = landscape(A4) if doc['page'].get('land') else A4
    out = []
    W = size[0] - 100

    def table(t, st):
        r = st['rule']
        s = [('FONT', (0, 0), (-1, -1), fam, fs), ('VALIGN', (0, 0), (-1, -1), st.get('VA', 'TOP')), ('TOPPADDING', (0, 0), (-1, -1), st.get('pv', 2)), ('BOTTOMPADDING', (0, 0), (-1, -1), st.get('pv', 2)), ('LEFTPADDING', (0, 0), (-1, -1), st.get('ph', 5)), ('RIGHTPADDING', (0, 0), (-1, -1), st.get('ph', 5))]
        n = len(t.al)
        wrap = any((len(c.t) > 40 for row in t.rows for c in row if c))
        data = []
        al = {'l': 'LEFT', 'r': 'RIGHT', 'c': 'CENTER'}
        pal = {'l': 0, 'c': 1, 'r': 2}
        for i, row in enumerate(t.rows):
            d = []
            for j, c in enumerate(row):
                if c is None:
                    d.append('')
                    continue
                x = c.al or t.al[j]
                s.append(('ALIGN', (j, i), (j, i), al[x]))
                if c.b and st.get('bold', True):
                    s.append(('FONT', (j, i), (j, i), fam + 'B', fs))
                if c.ind:
                    s.append(('LEFTPADDING', (j, i), (j, i), st.get('ph', 5) + 10 * c.ind))
                if c.cs > 1 or c.rs > 1:
                    s.append(('SPAN', (j, i), (j + c.cs - 1, i + c.rs - 1)))
                d.append(Paragraph(html.escape(c.t), ParagraphStyle('c', fontName=fam + ('B' if c.b else ''), fontSize=fs, leading=fs * 1.2, alignment=pal[x])) if wrap and c.t else c.t)
            data.append(d)
        if r == 'grid':
            s.append(('GRID', (0, 0), (-1, -1), st.get('rw', 0.5), colors.black))
        if r in ('book', 'h'):
            s += [('LINEABOVE', (0, 0), (-1, 0), 1, colors.black), ('LINEBELOW', (0, t.head - 1), (-1, t.head - 1), 0.5, colors.black), ('LINEBELOW', (0, -1), (-1, -1), 1, colors.black)]
        if r == 'h':
            s.append(('LINEBELOW', (0, 0), (-1, -1), 0.3, colors.grey))
        if r == 'head':
            s.append(('LINEBELOW', (0, t.head - 1), (-1, t.head - 1), 0.5, colors.black))
        if r in ('zebra', 'zebra2'):
            s += [('ROWBACKGROUNDS', (0, t.head), (-1, -1), [colors.white, colors.Color(0.9, 0.9, 0.92)])]
        if r in ('vin', 'v'):
            s += [('INNERGRID' if False else 'LINEBEFORE', (1, 0), (-1, -1), 0.4, colors.black), ('LINEBELOW', (0, t.head - 1), (-1, t.head - 1), 0.5, colors.black)]
        if r == 'box':
            s += [('BOX', (0, 0), (-1, -1), 0.6, colors.black), ('LINEBELOW', (0, t.head - 1), (-1, t.head - 1), 0.5, colors.black)]
        if r == 'headfill':
            s += [('BACKGROUND', (0, 0), (-1, t.head - 1), colors.Color(0.75, 0.8, 0.9))]
        tw = sum(t.w) if t.w else n
        cw = [W * w / tw for w in t.w] if (wrap or st.get('full')) and t.w else None
        return Table(data, colWidths=cw, style=TableStyle(s), repeatRows=t.head if st.get('rep', True) else 0, hAlign=st.get('ha', 'CENTER'))

    def emit(bs):
        for b in bs:
            k = b[0]
            if k == 'p':
                out.append(Paragraph(html.escape(b[1]), P))
            elif k == 'h':
                out.append(Paragraph(html.escape(b[1]), H))
            elif k == 'cap':
                out.append(Paragraph(html.escape(b[1]), P))
            elif k == 'note':
                out.append(Paragraph(html.escape(b[1]), N))
            elif k == 'pb':
                out.append(PageBreak())
            elif k == 'ul':
                for x in b[1]:
                    out.append(Paragraph(html.escape(x), ParagraphStyle('l', parent=P, leftIndent=16, bulletIndent=4), bulletText='•'))
            elif k == 't':
                out.append(table(b[1], b[2]))
                out.append(Spacer(1, 8))
            elif k == 'cols':
                emit(b[1])
    emit(doc['blocks'])
    if any((b[0] == 'cols' for b in doc['blocks'])):
        W = (size[0] - 120) / 2
        out.clear()
        emit(doc['blocks'])
        d = BaseDocTemplate(path, pagesize=size, invariant=1)
        d.addPageTemplates([PageTemplate(frames=[Frame(45, 50, W + 12, size[1] - 100), Frame(45 + W + 24, 50, W + 12, size[1] - 100)])])
        d.build(out)
    else:
        SimpleDocTemplate(path, pagesize=size, leftMargin=50, rightMargin=50, topMargin=50, bottomMargin=50, invariant=1).build(out)

def to_docx(doc, path):
    import docx
    from docx.shared import Pt, Cm
    from docx.enum.section import WD_ORIENT
    from docx.enum.text import WD_BREAK
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    d = docx.Document()
    s = d.sections[0]
    s.page_width, s.page_height = (Cm(21), Cm(29.7))
    if doc['page'].get('land'):
        s.orientation = WD_ORIENT.LANDSCAPE
        s.page_width, s.page_height = (Cm(29.7), Cm(21))
    for m in ('left_margin', 'right_margin', 'top_margin', 'bottom_margin'):
        setattr(s, m, Cm(2))
    f = doc['page'].get('df', 'Liberation Serif')
    d.styles['Normal'].font.name = f
    d.styles['Normal'].font.size = Pt(doc['page'].get('fs', 10))
    d.styles['Normal'].paragraph_format.space_after = Pt(3)
    W = s.page_width - s.left_margin - s.right_margin
    if any((b[0] == 'cols' for b in doc['blocks'])):
        c = s._sectPr.xpath('./w:cols')[0]
        c.set(qn('w:num'), '2')
        c.set(qn('w:space'), '400')
        W = int(W / 2 - Cm(0.4))
    if not doc['page'].get('nopn'):
        p = s.footer.paragraphs[0]
        p.alignment = 1
        r = p.add_run()
        for typ, txt in (('begin', None), (None, 'PAGE'), ('end', None)):
            if typ:
                e = OxmlElement('w:fldChar')
                e.set(qn('w:fldCharType'), typ)
            else:
                e = OxmlElement('w:instrText')
                e.text = txt
            r._r.append(e)

    def table(t, st):
        n = len(t.al)
        r = st['rule']
        tb = d.add_table(len(t.rows), n)
        tb.autofit = False
        tw = sum(t.w) if t.w else n
        ws = [int(W * (w / tw)) for w in t.w or [1] * n]
        pr = tb._tbl.tblPr
        lay = OxmlElement('w:tblLayout')
        lay.set(qn('w:type'), 'fixed')
        pr.append(lay)
        for g, w in zip(tb._tbl.tblGrid.findall(qn('w:gridCol')), ws):
            g.set(qn('w:w'), str(int(w / 635)))

        def borders(cell, sides):
            tc = cell._tc.get_or_add_tcPr()
            bd = OxmlElement('w:tcBorders')
            for sd in ('top', 'left', 'bottom', 'right'):
                if sd in sides:
                    e = OxmlElement('w:' + sd)
                    e.set(qn('w:val'), 'single')
                    e.set(qn('w:sz'), str(st.get('sz', 4)))
                    e.set(qn('w:color'), '000000')
                    bd.append(e)
            tc.append(bd)
        for i, row in enumerate(t.rows):
            tr = tb.rows[i]
            cells = tr.cells
            if i < t.head and st.get('rep', True):
                p = tr._tr.get_or_add_trPr()
                e = OxmlElement('w:tblHeader')
                e.set(qn('w:val'), 'true')
                p.append(e)
            if st.get('nosplit'):
                p = tr._tr.get_or_add_trPr()
                e = OxmlElement('w:cantSplit')
                p.append(e)
            for j, c in enumerate(cells):
                c.width = ws[j]
                sides = set()
                if r == 'grid':
                    sides = {'top', 'left', 'bottom', 'right'}
                if r in ('book', 'h', 'vin'):
                    if i == 0:
                        sides.add('top')
                    if i == t.head - 1 or i == len(t.rows) - 1:
                        sides.add('bottom')
                if r == 'h':
                    sides |= {'top', 'bottom'}
                if r == 'head' and i == t.head - 1:
                    sides.add('bottom')
                if r in ('v',):
                    sides |= {'left', 'right'}
                if r == 'vin' and j:
                    sides.add('left')
                if r == 'box':
                    if i == 0:
                        sides.add('top')
                    if i == len(t.rows) - 1 or i == t.head - 1:
                        sides.add('bottom')
                    if j == 0:
                        sides.add('left')
                    if j == n - 1:
                        sides.add('right')
                if sides:
                    borders(c, sides)
                if r in ('zebra', 'zebra2') and i >= t.head and (i - t.head) % 2 or (r == 'headfill' and i < t.head):
                    tc = c._tc.get_or_add_tcPr()
                    e = OxmlElement('w:shd')
                    e.set(qn('w:val'), 'clear')
                    e.set(qn('w:fill'), 'E0E4EC')
                    tc.append(e)
        for i, row in enumerate(t.rows):
            for j, c in enumerate(row):
                if c is None:
                    continue
                cell = tb.cell(i, j)
                if c.rs > 1 or c.cs > 1:
                    cell = cell.merge(tb.cell(i + c.rs - 1, j + c.cs - 1))
                p = cell.paragraphs[0]
                for extra in cell.paragraphs[1:]:
                    extra._p.getparent().remove(extra._p)
                p.alignment = {'l': 0, 'c': 1, 'r': 2}[c.al or t.al[j]]
                p.paragraph_format.space_after = Pt(st.get('sa', 0))
                if c.ind:
                    p.paragraph_format.left_indent = Pt(10 * c.ind)
                run = p.add_run(c.t)
                run.bold = bool(c.b and st.get('bold', True))
                run.font.size = Pt(st.get('fs', 9))
                if i < t.head and st.get('hva') == 'middle':
                    cell.vertical_alignment = 1
                if i >= t.head and st.get('va') == 'middle':
                    cell.vertical_alignment = 1
        d.add_paragraph('')

    def emit(bs):
        for b in bs:
            k = b[0]
            if k in ('p', 'note', 'cap'):
                p = d.add_paragraph()
                run = p.add_run(b[1])
                run.bold = k == 'cap'
                if k == 'note':
                    run.font.size = Pt(8)
                if doc['page'].get('just') and k == 'p':
                    p.alignment = 3
            elif k == 'h':
                p = d.add_paragraph()
                p.alignment = 1 if doc['page'].get('center') else 0
                q = p.add_run(b[1])
                q.bold = True
                q.font.size = Pt(13)
            elif k == 'pb':
                d.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
            elif k == 'ul':
                for x in b[1]:
                    d.add_paragraph(x, style='List Bullet' if b[2] == 'ul' else 'List Number')
            elif k == 'toc':
                for x, n in b[1]:
                    p = d.add_paragraph()
                    p.paragraph_format.tab_stops.add_tab_stop(W, 2, 1)
                    p.add_run(x + '\t' + str(n))
            elif k == 't':
                table(b[1], b[2])
            elif k == 'cols':
                emit(b[1])
            elif k == 'letter':
                tb = d.add_table(2, 2)
                for i, (x, y) in enumerate(b[1]):
                    for j, z in enumerate((x, y)):
                        p = tb.cell(i, j).paragraphs[0]
                        p.alignment = 1
                        p.add_run(z).bold = i == 0
    emit(doc['blocks'])
    d.save(path)
