"""What the documents of the table corpus say: statistics, texts and lists in several languages, drawn from a seed."""

import random
EN_PLACES = 'Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina'.split('|')
EU = 'Belgium|Bulgaria|Czech Republic|Denmark|Germany|Estonia|Ireland|Greece|Spain|France|Italy|Cyprus|Latvia|Lithuania|Luxembourg|Hungary|Malta|Netherlands|Austria|Poland|Portugal|Romania|Slovenia|Slovakia|Finland|Sweden|United Kingdom'.split('|')
VN = 'Hà Nội|Hải Phòng|Quảng Ninh|Bắc Ninh|Hưng Yên|Thái Nguyên|Phú Thọ|Lào Cai|Tuyên Quang|Cao Bằng|Lạng Sơn|Sơn La|Điện Biên|Lai Châu|Ninh Bình|Thanh Hóa|Nghệ An|Hà Tĩnh|Quảng Trị|Huế|Đà Nẵng|Quảng Ngãi|Gia Lai|Đắk Lắk|Khánh Hòa|Lâm Đồng|Đồng Nai|Tây Ninh|Vĩnh Long|Đồng Tháp|An Giang|Cà Mau|Cần Thơ'.split('|')
DE = 'Baden-Württemberg|Bayern|Berlin|Brandenburg|Bremen|Hamburg|Hessen|Mecklenburg-Vorpommern|Niedersachsen|Nordrhein-Westfalen|Rheinland-Pfalz|Saarland|Sachsen|Sachsen-Anhalt|Schleswig-Holstein|Thüringen'.split('|')
ITEMS = 'Agriculture, forestry and fishing|Mining and quarrying|Manufacturing|Electricity, gas and steam supply|Water supply and waste management|Construction|Wholesale and retail trade|Transportation and storage|Accommodation and food services|Information and communication|Financial and insurance activities|Real estate activities|Professional and technical services|Public administration and defence|Education|Human health and social work|Arts and recreation|Other services|Households as employers|Crude oil production|Natural gas|Coal and lignite|Cereals excluding rice|Wheat and spelt|Barley|Sugar beet|Dairy products|Poultry|Fresh vegetables|Fruit and nuts'.split('|')
LONGITEMS = 'Percentage of students enrolled in programmes leading to a recognised qualification|Applications received from persons who had not previously been granted protection|Net transfers to households and to non-profit institutions serving households|Enterprises with ten or more persons employed that received orders online|Average number of hours worked per week by full-time employees in the main job|Emissions from stationary combustion in energy industries and from fugitive sources|Households with at least one dependent child and income below the threshold'.split('|')
WORDS = 'the of and to in for with on from by as that public report data policy programme national agency measures services results annual survey government support regional development market labour energy transport health education increase decrease share total average number rate level period quality indicators monitoring budget resources research management information implementation evaluation framework strategy activities stakeholders priority objective target growth capacity training access system network infrastructure'.split()
VW = 'nhiệm vụ|kế hoạch|triển khai|thực hiện|các đơn vị|cơ quan|chuyển đổi số|báo cáo|kết quả|hệ thống|dữ liệu|phát triển|quản lý|nhà nước|xây dựng|hoàn thiện|thể chế|chính sách|doanh nghiệp|người dân|địa phương|đề án|chương trình|nghiên cứu|khoa học|công nghệ|đổi mới sáng tạo|hạ tầng|an toàn|thông tin|tổ chức|đào tạo|nguồn nhân lực|chất lượng cao|theo quy định|trong giai đoạn|bảo đảm|nâng cao|hiệu quả|phối hợp'.split('|')
VORG = 'Bộ Khoa học và Công nghệ|Bộ Tài chính|Bộ Nội vụ|Bộ Công an|Văn phòng Chính phủ|Bộ Tư pháp|Bộ Giáo dục và Đào tạo|Bộ Y tế|Bộ Công Thương|UBND các tỉnh, thành phố|Bộ Xây dựng|Bộ Quốc phòng'.split('|')
ORGS = 'Ministry of Finance|Statistical Office|National Audit Board|Department of Energy|Environment Agency|Office for Labour|Regional Council|Central Bank'.split('|')

class C:
    __slots__ = 't rs cs al ind b'.split()

    def __init__(s, t='', rs=1, cs=1, al=None, ind=0, b=False):
        s.t, s.rs, s.cs, s.al, s.ind, s.b = (t, rs, cs, al, ind, b)

class T:
    """rows: list of lists of C or None (covered); head: number of heading rows; al: alignment of columns; w: relative widths or None"""

    def __init__(s, rows, head, al, w=None, **k):
        s.rows, s.head, s.al, s.w, s.k = (rows, head, al, w, k)

    def grid(s):
        return [[c.t if c else '' for c in r] for r in s.rows]

def sent(r, n, vi=False):
    if vi:
        t = ' '.join((r.choice(VW) for _ in range(max(1, n // 2))))
    else:
        t = ' '.join((r.choice(WORDS) for _ in range(n)))
    return t[0].upper() + t[1:]

def para(r, vi=False, k=None):
    return ' '.join((sent(r, r.randint(8, 20), vi) + '.' for _ in range(k or r.randint(3, 6))))

def num(r, kind):
    if kind == 'int':
        return f'{r.randint(1, 10 ** r.randint(2, 6)):,}'
    if kind == 'sp':
        return f'{r.randint(1, 10 ** r.randint(2, 6)):,}'.replace(',', ' ')
    if kind == 'pct':
        return f'{r.uniform(0, 100):.1f}'
    if kind == 'pcts':
        return f'{r.uniform(0, 100):.1f}%'
    if kind == 'dec':
        return f'{r.uniform(-50, 900):.2f}'
    if kind == 'neg':
        return ('(%s)' if r.random() < 0.3 else '%s') % f'{r.randint(10, 99999):,}'
    if kind == 'usd':
        return f'$ {r.randint(10, 99999):,}'
    if kind == 'de':
        return f'{r.uniform(0, 5000):.1f}'.replace('.', ',')
    if kind == 'small':
        return str(r.randint(0, 99))
LANG = {'en': (EN_PLACES, 'State|Area|Region'), 'eu': (EU, 'Country|Member State'), 'vi': (VN, 'Tỉnh, thành phố|Địa phương'), 'de': (DE, 'Land|Bundesland'), 'item': (ITEMS, 'Industry|Item|Sector')}
HEADS = {'en': 'Number of establishments|Paid employees|Annual payroll|Value of shipments|Total revenue|Net change|Share of total|Rank|Population|Median age|Persons per household|Unemployed|Participation rate|Exports|Imports|Balance'.split('|'), 'vi': 'Tổng số|Số hộ|Diện tích (ha)|Thu ngân sách|Chi ngân sách|Tỷ lệ (%)|Số hồ sơ|Đã giải quyết|Đúng hạn|Quá hạn|Trực tuyến|Ghi chú số'.split('|'), 'de': 'Insgesamt|Männer|Frauen|Veränderung|Anteil|Betriebe|Beschäftigte|Umsatz'.split('|')}

def stat(r, ncol=None, nrow=None, lang=None, multi=None, indent=None, empty=None, total=None, longstub=None, kind=None):
    lang = lang or r.choice(['en', 'eu', 'vi', 'de', 'item'])
    hl = {'en': 'en', 'eu': 'en', 'item': 'en', 'vi': 'vi', 'de': 'de'}[lang]
    names, stub = LANG[lang]
    stub = r.choice(stub.split('|'))
    ncol = ncol or r.randint(3, 8)
    nrow = nrow or r.randint(5, 22)
    multi = r.random() < 0.4 if multi is None else multi
    indent = r.random() < 0.3 if indent is None else indent
    empty = r.choice([0, 0, 0.1, 0.3]) if empty is None else empty
    total = r.random() < 0.4 if total is None else total
    longstub = r.random() < 0.15 if longstub is None else longstub
    kinds = [kind or r.choice(['int', 'pct', 'dec', 'neg', 'pcts', 'small', 'usd'] if hl == 'en' else ['de', 'small', 'sp'] if hl == 'de' else ['small', 'de', 'int']) for _ in range(ncol)]
    years = r.random() < 0.5
    if years:
        y0 = r.randint(1990, 2012)
        hs = [str(y0 + i) for i in range(ncol)]
        kinds = [kinds[0]] * ncol
    else:
        hs = (r.sample(HEADS[hl], min(ncol, len(HEADS[hl]))) + [f'{x}' for x in range(2001, 2030)])[:ncol]
    rows = []
    if multi and ncol >= 4:
        top = [C(stub, rs=2, al='l', b=True)]
        low = [None]
        i = 0
        gi = 0
        while i < ncol:
            g = min(r.choice([2, 2, 3]), ncol - i)
            if g == 1:
                top.append(C(hs[i], rs=2, al='c', b=True))
                low.append(None)
                i += 1
                continue
            name = (['Total', 'Men', 'Women', 'Urban areas', 'Rural areas', 'Change from previous year'] if hl == 'en' else ['Năm 2023', 'Năm 2024', 'Kế hoạch', 'Thực hiện'] if hl == 'vi' else ['Deutsche', 'Ausländer', 'Zusammen', 'Übrige'])[gi % 4]
            gi += 1
            top.append(C(name, cs=g, al='c', b=True))
            top += [None] * (g - 1)
            sub = [str(2008 + j) for j in range(g)] if years else hs[i:i + g]
            low += [C(x, al='r' if years else 'c', b=True) for x in sub]
            i += g
        rows = [top, low]
        head = 2
    else:
        rows = [[C(stub, al='l', b=True)] + [C(h, al=r.choice(['r', 'c']) if False else 'r' if years else 'c', b=True) for h in hs]]
        head = 1
    pool = list(names) if not longstub else LONGITEMS + ITEMS[:10]
    r.shuffle(pool)
    grp = 0
    for i in range(nrow):
        name = pool[i % len(pool)]
        ind = 0
        if indent:
            if i % 4 == 0:
                grp += 1
            ind = 0 if i % 4 == 0 else 1
        blank = indent and ind == 0 and (r.random() < 0.6) and (nrow - i > 1)
        row = [C(name, ind=ind, b=indent and ind == 0)]
        for k in kinds:
            t = '' if blank or r.random() < empty else r.choice(['–', '-', 'n.a.', '...']) if r.random() < 0.04 else num(r, k)
            row.append(C(t, al='r'))
        rows.append(row)
    if indent and all((not c.t for c in rows[-1][1:])):
        rows.pop()
    if total:
        lab = {'en': 'Total', 'vi': 'Tổng cộng', 'de': 'Insgesamt'}[hl]
        row = [C(lab, b=True)] + [C(num(r, k), al='r', b=True) for k in kinds]
        if r.random() < 0.5:
            rows.append(row)
        else:
            rows.insert(head, row)
    return T(rows, head, 'l' + 'r' * ncol, [3 if not longstub else 4] + [1.3 if not longstub else 1.1] * ncol, vi=hl == 'vi', lang=hl)

def textual(r, ncol=None, nrow=None, vi=False, longer=1):
    ncol = ncol or r.randint(3, 5)
    nrow = nrow or r.randint(4, 9)
    hs = (['Country', 'Measure', 'Responsible body', 'Timetable', 'Comments', 'Expected effect'] if not vi else ['STT', 'Nội dung công việc', 'Đơn vị chủ trì', 'Thời hạn', 'Ghi chú', 'Sản phẩm'])[:ncol]
    rows = [[C(h, b=True, al='c' if vi else None) for h in hs]]
    names = list(EU)
    r.shuffle(names)
    for i in range(nrow):
        row = [C(str(i + 1), al='c') if vi else C(names[i % len(names)])]
        row.append(C(sent(r, int(r.randint(6, 24) * longer), vi) + '.'))
        if ncol > 2:
            row.append(C(r.choice(VORG if vi else ORGS)))
        if ncol > 3:
            row.append(C(f'{r.randint(1, 28):02d}/{r.randint(1, 12):02d}/{r.randint(2008, 2025)}' if r.random() < 0.9 else ''))
        for _ in range(ncol - 4):
            row.append(C('' if r.random() < 0.35 else sent(r, r.randint(2, 9), vi)))
        rows.append(row)
    w = [1.2 if not vi else 0.5, 4, 2, 1.4, 2, 2][:ncol]
    return T(rows, 1, 'l' * ncol, w, vi=vi, lang='vi' if vi else 'en')

def tiny(r):
    t = stat(r, ncol=r.randint(2, 5), nrow=r.randint(1, 2), multi=False, indent=False, empty=0, total=False, longstub=False)
    return t

def directives(r, n, long=False, group=True, leadmerge=True):
    """Vietnamese list of tasks: number, task, lead (merged down), cooperating, deadline, product."""
    hs = ['TT', 'Nhiệm vụ, giải pháp', 'Cơ quan chủ trì', 'Cơ quan phối hợp', 'Thời gian hoàn thành', 'Sản phẩm']
    ncol = r.choice([5, 6])
    hs = hs[:ncol]
    rows = [[C(h, b=True, al='c') for h in hs]]
    i = 0
    g = 0
    k = 0
    while k < n:
        if group:
            g += 1
            rom = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'][(g - 1) % 12]
            rows.append([C(rom, b=True, al='c'), C(sent(r, r.randint(8, 22), True).upper() if r.random() < 0.5 else sent(r, 14, True), b=True, cs=ncol - 1)] + [None] * (ncol - 2))
        left = min(r.randint(3, 7), n - k)
        while left:
            m = min(left, r.choice([1, 1, 1, 2, 3])) if leadmerge else 1
            for j in range(m):
                k += 1
                left -= 1
                ln = r.randint(14, 50) if not long else r.choice([20, 40, 90, 300])
                row = [C(str(k), al='c'), C(sent(r, ln, True) + '.'), C(r.choice(VORG), rs=m) if j == 0 else None, C(r.choice(VORG) + (', ' + r.choice(VORG) if r.random() < 0.4 else '') if r.random() < 0.8 else ''), C(r.choice(['Năm 2025', 'Quý III/2025', '30/6/2025', 'Thường xuyên', 'Tháng 12/2025']), al='c')]
                if ncol > 5:
                    row.append(C(r.choice(['Quyết định', 'Báo cáo', 'Đề án', 'Nghị định', 'Kế hoạch của đơn vị', ''])))
                rows.append(row)
    return T(rows, 1, 'c' + 'l' * (ncol - 1), [0.6, 5, 2, 2, 1.5, 1.4][:ncol], vi=True, lang='vi')
