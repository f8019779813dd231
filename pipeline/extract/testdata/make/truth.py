"""What the forms are filled with, and what is to be read in them.

A row is a dictionary of the fields of the contract of `extract`, as its generator wrote them; FIELDS_OF says which of them
a column of a form shows. The expected JSON of a file is made of these dictionaries, never of what a reader found.
"""
import datetime
import json
import os
import random

OK = ERR = RULES = ""  # folders, set by make.py


def day(text):
    d, m, y = text.split("/")
    return datetime.date(int(y), int(m), int(d)).isoformat()


# A wording of a deadline, the last day that it allows, its precision (domain.md 2.7).
DUES = [
    ("30/6/2025", "2025-06-30", "day"), ("31-12-2025", "2025-12-31", "day"), ("15.09.2025", "2025-09-15", "day"),
    ("ngày 30 tháng 9 năm 2025", "2025-09-30", "day"), ("Trước ngày 01/7/2025", "2025-06-30", "day"), ("Chậm nhất ngày 20/8/2025", "2025-08-20", "day"),
    ("Hết ngày 30/11/2025", "2025-11-30", "day"), ("6/2025", "2025-06-30", "month"), ("Tháng 10/2025", "2025-10-31", "month"),
    ("trong tháng 8 năm 2025", "2025-08-31", "month"), ("Quý II/2025", "2025-06-30", "quarter"), ("Quý 3/2025", "2025-09-30", "quarter"),
    ("Q4/2025", "2025-12-31", "quarter"), ("Quý II-III/2025", "2025-09-30", "range"), ("6 tháng đầu năm 2025", "2025-06-30", "half"),
    ("6 tháng cuối năm 2025", "2025-12-31", "half"), ("2025", "2025-12-31", "year"), ("Năm 2026", "2026-12-31", "year"),
    ("2025-2026", "2026-12-31", "range"), ("Giai đoạn 2025-2030", "2030-12-31", "range"), ("Thường xuyên", "", "none"), ("Hằng năm", "", "none"),
]
STATES = [("Đã hoàn thành", "done", 100), ("Đang thực hiện", "in_progress", 60), ("Chưa triển khai", "not_started", 0), ("Đang triển khai", "in_progress", 35),
          ("Hoàn thành đúng hạn", "done", 100), ("Đang thực hiện, quá hạn", "in_progress", 80), ("Tạm dừng", "paused", 20), ("Thường xuyên", "recurring", 50)]
VERBS = ["Xây dựng", "Rà soát, sửa đổi", "Tổ chức triển khai", "Hoàn thiện", "Tham mưu ban hành", "Kiểm tra, đôn đốc", "Thẩm định", "Số hóa", "Nâng cấp", "Lập"]
THINGS = ["quy chế tiếp nhận, xử lý văn bản điện tử", "cơ sở dữ liệu hộ tịch của địa phương", "phương án bảo đảm an toàn hệ thống thông tin cấp độ 3",
          "kế hoạch đào tạo kỹ năng số cho công chức cấp xã", "danh mục thủ tục hành chính đủ điều kiện trực tuyến toàn trình", "hạ tầng mạng nội bộ tại trụ sở mới",
          "đề án sắp xếp các đơn vị sự nghiệp công lập", "nghị định về chia sẻ dữ liệu", "bản đồ số về đất đai", "hồ sơ mời thầu dịch vụ thuê phần mềm",
          "bộ tiêu chí đánh giá mức độ hài lòng của người dân", "quy trình phối hợp giữa các cơ quan thuế và hải quan", "kho lưu trữ hồ sơ điện tử", "chương trình hợp tác với các viện nghiên cứu"]
TAILS = ["", " theo chỉ đạo tại thông báo kết luận tháng trước", " trong năm 2025", " phục vụ sơ kết", "; báo cáo lãnh đạo trước khi thực hiện", " (giai đoạn 2)", " tại 12 xã, phường"]
LEADS = ["Phòng Hành chính", "Phòng Kế hoạch", "Trung tâm Dữ liệu", "Phòng Quản trị mạng", "Văn phòng", "Phòng Pháp chế"]
PEERS = ["Phòng Tài chính", "Các phòng liên quan", "Trung tâm Dữ liệu", "", "Văn phòng; Phòng Tổ chức"]
PEOPLE = ["Nguyễn Văn A", "Trần Thị B", "Lê Văn C", "Phạm Thị D"]
PRODUCTS = ["Quyết định", "Báo cáo", "Tờ trình", "Kế hoạch", "Hệ thống vận hành", "Công văn hướng dẫn"]
RESULTS = ["Báo cáo nội bộ ngày 12/5/2025 đã gửi các phòng góp ý", "Tờ trình số 31/TTr-TTDL gửi ngày 09/5/2025", "Hội nghị lấy ý kiến tổ chức ngày 06/5/2025",
           "Bản thảo lần 3 gửi các đơn vị lấy ý kiến", "Quyết định số 118/QĐ-UBND được ký ngày 07/5/2025", "Nhà thầu lắp đặt 7 trong 12 điểm"]
TROUBLES = ["", "Thiếu kinh phí", "", "Chưa thống nhất đầu mối", "Nhân lực mỏng, phải kiêm nhiệm", ""]
PROPOSALS = ["", "Bổ sung 200 triệu đồng", "", "Giao Văn phòng làm đầu mối", "", "Bố trí thêm 2 biên chế"]
EVIDENCE = ["118/QĐ-UBND", "", "31/TTr-TTDL", "45/BC-VP", "", "07/KH-STTTT"]

FIELDS_OF = {"no": ["code"], "code": ["code"], "due": ["due", "due_date", "due_precision"], "status": ["status_text", "status"]}


def tasks(seed, n, codes=None):
    """n rows with every field filled in; the generator of each form shows some of them."""
    r = random.Random(seed)
    rows = []
    for i in range(n):
        due, due_date, precision = DUES[(i * 7 + seed) % len(DUES)]
        text, status, percent = STATES[(i * 3 + seed) % len(STATES)]
        rows.append({
            "code": codes[i] if codes else str(i + 1), "task": f"{r.choice(VERBS)} {THINGS[(i + seed) % len(THINGS)]}{r.choice(TAILS)}",
            "lead": r.choice(LEADS), "cooperating": r.choice(PEERS), "person": r.choice(PEOPLE), "product": r.choice(PRODUCTS),
            "due": due, "due_date": due_date, "due_precision": precision, "status_text": text, "status": status, "percent": percent,
            "completed": "2025-05-%02d" % r.randint(2, 16) if status == "done" else "", "result": r.choice(RESULTS), "evidence": r.choice(EVIDENCE),
            "difficulty": TROUBLES[(i + seed) % 6], "proposal": PROPOSALS[(i + seed) % 6], "reason": "", "note": "" if i % 4 else "Theo dõi tiếp",
        })
    return rows


def shown(rows, columns):
    """What of the rows a form with these columns shows."""
    fields = {"group"}
    for c in columns:
        fields.update(FIELDS_OF.get(c, [c]))
    return [{f: v for f, v in row.items() if f in fields and v not in ("", None)} for row in rows]


def put(folder, name, data, expected):
    with open(os.path.join(folder, name), "wb") as f:
        f.write(data)
    with open(os.path.join(folder, name + ".json"), "w", encoding="utf-8") as f:
        json.dump(expected, f, ensure_ascii=False, indent=1)
        f.write("\n")


def ok(name, data, traps, rows, unit="", period="", findings=(), tables=None):
    expected = {"traps": traps, "unit": unit, "period": period, "findings": sorted(findings), "rows": rows}
    if tables is not None:
        expected["tables"] = tables
    put(OK, name, data, expected)


def err(name, data, rule, variant=""):
    put(ERR, name, data, {"rule": rule, "variant": variant})


def rule(name, data, *findings, kind="return"):
    put(RULES, name, data, {"kind": kind, "findings": sorted(findings)})
