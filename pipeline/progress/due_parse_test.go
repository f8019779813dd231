package progress_test

import (
	"testing"
	"unicode/utf8"

	"tiendo/pipeline/progress"
)

// The expectations are domain.md 2.7 and a calendar.
func TestParseDue(t *testing.T) {
	for text, want := range map[string]struct {
		date, from string
		precision  progress.Precision
		kind       string // regular, open, conditional
	}{
		"30/6/2025":                            {date: "2025-06-30", precision: progress.Day},
		"30-6-2025":                            {date: "2025-06-30", precision: progress.Day},
		"30.06.2025":                           {date: "2025-06-30", precision: progress.Day},
		"30/06/25":                             {date: "2025-06-30", precision: progress.Day},
		"2025-06-30":                           {date: "2025-06-30", precision: progress.Day},
		"45838":                                {date: "2025-06-30", precision: progress.Day},
		"ngày 30 tháng 6 năm 2025":             {date: "2025-06-30", precision: progress.Day},
		"Ngày 30 tháng 6 năm 2025":             {date: "2025-06-30", precision: progress.Day},
		"ngày 30 tháng 6/2025":                 {date: "2025-06-30", precision: progress.Day},
		"NGAY 30/6/2025":                       {date: "2025-06-30", precision: progress.Day},
		"Trước ngày 01/7/2025":                 {date: "2025-06-30", precision: progress.Day},
		"trước 15/6/2025":                      {date: "2025-06-14", precision: progress.Day},
		"Trước 17 giờ ngày 30/6/2025":          {date: "2025-06-30", precision: progress.Day},
		"Chậm nhất ngày 30/6/2025":             {date: "2025-06-30", precision: progress.Day},
		"Đến hết ngày 30/6/2025":               {date: "2025-06-30", precision: progress.Day},
		"Trước và trong ngày 30/6/2025":        {date: "2025-06-30", precision: progress.Day},
		"Quý III/2025 (CV 123 ngày 05/5/2025)": {date: "2025-09-30", precision: progress.QuarterOnly},
		"30/6/2025, gia hạn đến 30/9/2025":     {date: "2025-09-30", precision: progress.Day},
		"6/2025":                               {date: "2025-06-30", precision: progress.MonthOnly},
		"06/2025":                              {date: "2025-06-30", precision: progress.MonthOnly},
		"3/2025":                               {date: "2025-03-31", precision: progress.MonthOnly},
		"Tháng 6/2025":                         {date: "2025-06-30", precision: progress.MonthOnly},
		"Tháng 02 / 2024":                      {date: "2024-02-29", precision: progress.MonthOnly},
		"T6/2025":                              {date: "2025-06-30", precision: progress.MonthOnly},
		"trong tháng 6 năm 2025":               {date: "2025-06-30", precision: progress.MonthOnly},
		"Cuối tháng 6/2025":                    {date: "2025-06-30", precision: progress.MonthOnly},
		"Trước tháng 7/2025":                   {date: "2025-06-30", precision: progress.MonthOnly},
		"2025-06":                              {date: "2025-06-30", precision: progress.MonthOnly},
		"Tháng 5-6/2025":                       {date: "2025-06-30", from: "2025-05-01", precision: progress.Range},
		"Tháng 5 và tháng 6 năm 2025":          {date: "2025-06-30", from: "2025-05-01", precision: progress.Range},
		"Tuần 22/2025":                         {date: "2025-06-01", from: "2025-05-26", precision: progress.Range},
		"tuần 6/2025":                          {date: "2025-02-09", from: "2025-02-03", precision: progress.Range},
		"tuần 22 năm 2025":                     {date: "2025-06-01", from: "2025-05-26", precision: progress.Range},
		"Trong tuần 22 năm 2025":               {date: "2025-06-01", from: "2025-05-26", precision: progress.Range},
		"Tuần thứ 22 năm 2025":                 {date: "2025-06-01", from: "2025-05-26", precision: progress.Range},
		"tuần 1 năm 2026":                      {date: "2026-01-04", from: "2025-12-29", precision: progress.Range},
		"tuần 53/2026":                         {date: "2027-01-03", from: "2026-12-28", precision: progress.Range},
		"Trước tuần 22/2025":                   {date: "2025-05-25", precision: progress.Range},
		"tuần 22-23/2025":                      {date: "2025-06-08", from: "2025-05-26", precision: progress.Range},
		"Tuần 22, 23, tuần 24/2025":            {date: "2025-06-15", from: "2025-05-26", precision: progress.Range},
		"từ tuần 22 đến hết tuần 24/2025":      {date: "2025-06-15", from: "2025-05-26", precision: progress.Range},
		"tuần 52 và hết tuần 1/2026":           {date: "2026-01-04", from: "2025-12-22", precision: progress.Range},
		"2025-W22":                             {date: "2025-06-01", from: "2025-05-26", precision: progress.Range},
		"week 22 of 2025":                      {date: "2025-06-01", from: "2025-05-26", precision: progress.Range},
		"Tuần thứ 3 tháng 9/2025":              {date: "2025-09-21", from: "2025-09-15", precision: progress.Range},
		"tuần thứ ba của tháng chín năm 2025":  {date: "2025-09-21", from: "2025-09-15", precision: progress.Range},
		"tuần đầu tháng 9/2025":                {date: "2025-09-07", from: "2025-09-01", precision: progress.Range},
		"tuần 1, 2 tháng 9/2025":               {date: "2025-09-14", from: "2025-09-01", precision: progress.Range},
		"Nửa đầu tháng 6/2025":                 {date: "2025-06-15", from: "2025-06-01", precision: progress.Range},
		"nửa cuối tháng 6/2025":                {date: "2025-06-30", from: "2025-06-16", precision: progress.Range},
		"nửa cuối tháng 2 năm 2025":            {date: "2025-02-28", from: "2025-02-16", precision: progress.Range},
		"10 ngày đầu tháng 6/2025":             {date: "2025-06-10", from: "2025-06-01", precision: progress.Range},
		"Trong 10 ngày cuối của tháng 6/2025":  {date: "2025-06-30", from: "2025-06-21", precision: progress.Range},
		"Thượng tuần tháng 6/2025":             {date: "2025-06-10", from: "2025-06-01", precision: progress.Range},
		"trung tuần tháng 6/2025":              {date: "2025-06-20", from: "2025-06-11", precision: progress.Range},
		"hạ tuần tháng 02/2024":                {date: "2024-02-29", from: "2024-02-21", precision: progress.Range},
		"Đầu tháng 6/2025":                     {date: "2025-06-10", from: "2025-06-01", precision: progress.Range},
		"Giữa tháng 6 năm 2025":                {date: "2025-06-20", from: "2025-06-11", precision: progress.Range},
		"giữa T6/25":                           {date: "2025-06-20", from: "2025-06-11", precision: progress.Range},
		"Đầu tháng 6 đến giữa tháng 7/2025":    {date: "2025-07-20", from: "2025-06-01", precision: progress.Range},
		"trước hạ tuần tháng 6/2025":           {date: "2025-06-20", precision: progress.Range},
		"mid-June 2025":                        {date: "2025-06-20", from: "2025-06-11", precision: progress.Range},
		"first half of June 2025":              {date: "2025-06-15", from: "2025-06-01", precision: progress.Range},
		"Bắt đầu tháng 6/2025":                 {date: "2025-06-30", precision: progress.MonthOnly},
		"Trong 6 tháng đầu năm 2025":           {date: "2025-06-30", precision: progress.HalfOnly},
		"Trong 10 ngày kể từ ngày 01/6/2025":   {precision: progress.NoDate, kind: "conditional"},
		"Mỗi tuần 1 lần":                       {precision: progress.NoDate, kind: "regular"},
		"Quý II/2025":                          {date: "2025-06-30", precision: progress.QuarterOnly},
		"Q.III/2025":                           {date: "2025-09-30", precision: progress.QuarterOnly},
		"tháng sáu năm 2025":                   {date: "2025-06-30", precision: progress.MonthOnly},
		"tháng mười hai năm 2025":              {date: "2025-12-31", precision: progress.MonthOnly},
		"tháng năm năm 2025":                   {date: "2025-05-31", precision: progress.MonthOnly},
		"Quý 2/2025":                           {date: "2025-06-30", precision: progress.QuarterOnly},
		"Quý II năm 2025":                      {date: "2025-06-30", precision: progress.QuarterOnly},
		"Q2/2025":                              {date: "2025-06-30", precision: progress.QuarterOnly},
		"QUÝ IV - 2025":                        {date: "2025-12-31", precision: progress.QuarterOnly},
		"Quí IV/2025":                          {date: "2025-12-31", precision: progress.QuarterOnly},
		"Quý II-III/2025":                      {date: "2025-09-30", from: "2025-04-01", precision: progress.Range},
		"Quý II, III/2025":                     {date: "2025-09-30", from: "2025-04-01", precision: progress.Range},
		"Quý IV/2025 - Quý I/2026":             {date: "2026-03-31", from: "2025-10-01", precision: progress.Range},
		"6 tháng đầu năm 2025":                 {date: "2025-06-30", precision: progress.HalfOnly},
		"6 tháng cuối năm 2025":                {date: "2025-12-31", precision: progress.HalfOnly},
		"Cuối năm 2025":                        {date: "2025-12-31", precision: progress.HalfOnly},
		"9 tháng đầu năm 2025":                 {date: "2025-09-30", from: "2025-01-01", precision: progress.Range},
		"2025":                                 {date: "2025-12-31", precision: progress.YearOnly},
		"Năm 2025":                             {date: "2025-12-31", precision: progress.YearOnly},
		"Trong năm 2025":                       {date: "2025-12-31", precision: progress.YearOnly},
		"Đến năm 2030":                         {date: "2030-12-31", precision: progress.YearOnly},
		"2025-2026":                            {date: "2026-12-31", from: "2025-01-01", precision: progress.Range},
		"2025 - 2026":                          {date: "2026-12-31", from: "2025-01-01", precision: progress.Range},
		"2025 – 2026":                          {date: "2026-12-31", from: "2025-01-01", precision: progress.Range},
		"Giai đoạn 2025-2030":                  {date: "2030-12-31", from: "2025-01-01", precision: progress.Range},
		"2021-2025, định hướng đến năm 2030":   {date: "2025-12-31", from: "2021-01-01", precision: progress.Range},
		"Từ 01/5/2025 đến 30/6/2025":           {date: "2025-06-30", from: "2025-05-01", precision: progress.Range},
		"2025 và những năm tiếp theo":          {date: "2025-12-31", precision: progress.YearOnly, kind: "open"},
		"Từ năm 2025":                          {date: "2025-12-31", precision: progress.YearOnly, kind: "open"},
		"Thường xuyên":                         {precision: progress.NoDate, kind: "regular"},
		"Nhiệm vụ thường xuyên":                {precision: progress.NoDate, kind: "regular"},
		"Hằng năm":                             {precision: progress.NoDate, kind: "regular"},
		"hàng năm":                             {precision: progress.NoDate, kind: "regular"},
		"Trước ngày 15/12 hằng năm":            {precision: progress.NoDate, kind: "regular"},
		"Thường xuyên, từ năm 2025":            {precision: progress.NoDate, kind: "regular"},
		"Định kỳ 6 tháng":                      {precision: progress.NoDate, kind: "regular"},
		"Theo tiến độ":                         {precision: progress.NoDate, kind: "conditional"},
		"Sau khi Luật được ban hành":           {precision: progress.NoDate, kind: "conditional"},
		"Sau khi Nghị định số 12/2025/NĐ-CP ngày 03/02/2025 có hiệu lực": {precision: progress.NoDate, kind: "conditional"},
		"Theo Kế hoạch số 12/KH-BTC":                                     {precision: progress.NoDate, kind: "conditional"},
		"June 2025":                                                      {date: "2025-06-30", precision: progress.MonthOnly},
		"Jun-25":                                                         {date: "2025-06-30", precision: progress.MonthOnly},
		"Q2 2025":                                                        {date: "2025-06-30", precision: progress.QuarterOnly},
		"by 30 June 2025":                                                {date: "2025-06-30", precision: progress.Day},
		"June 30, 2025":                                                  {date: "2025-06-30", precision: progress.Day},
		"before 1 July 2025":                                             {date: "2025-06-30", precision: progress.Day},
		"First half of 2025":                                             {date: "2025-06-30", precision: progress.HalfOnly},
		"2025 onwards":                                                   {date: "2025-12-31", precision: progress.YearOnly, kind: "open"},
		"Ongoing":                                                        {precision: progress.NoDate, kind: "regular"},
		"After the law is passed":                                        {precision: progress.NoDate, kind: "conditional"},
	} {
		t.Run(text, func(t *testing.T) {
			due, ok := progress.ParseDue(text)
			if !ok {
				t.Fatal("not read")
			}
			kind := map[bool]string{due.Regular: "regular", due.Open: "open", due.Conditional: "conditional"}[true]
			if due.Date.String() != want.date || due.From.String() != want.from || due.Precision != want.precision || kind != want.kind {
				t.Errorf("got %s from %q, %s %s; want %s from %q, %s %s", due.Date, due.From, due.Precision, kind, want.date, want.from, want.precision, want.kind)
			}
		})
	}
}

// What a form leaves to the year of its period.
func TestParseDueIn(t *testing.T) {
	for text, want := range map[string]struct {
		date      string
		precision progress.Precision
	}{
		"15/5":                    {"2025-05-15", progress.Day},
		"trước ngày 20/5":         {"2025-05-19", progress.Day},
		"ngày 15 tháng 6":         {"2025-06-15", progress.Day},
		"Tháng 6":                 {"2025-06-30", progress.MonthOnly},
		"Quý III":                 {"2025-09-30", progress.QuarterOnly},
		"trong tuần 22":           {"2025-06-01", progress.Range},
		"từ tuần 22 đến tuần 24":  {"2025-06-15", progress.Range},
		"nửa đầu tháng 6":         {"2025-06-15", progress.Range},
		"Giữa tháng 6":            {"2025-06-20", progress.Range},
		"tuần thứ 3 tháng 9":      {"2025-09-21", progress.Range},
		"Tuần 3 (26/5-01/6)":      {"2025-06-01", progress.Range},
		"mỗi tháng 1 lần":         {"", progress.NoDate},
		"1 quý 1 lần":             {"", progress.NoDate},
		"từ 01/5 đến 30/6":        {"2025-06-30", progress.Range},
		"6 tháng đầu năm":         {"2025-06-30", progress.HalfOnly},
		"30/6/2026":               {"2026-06-30", progress.Day},
		"từ 15/12 đến 15/01/2026": {"2026-01-15", progress.Range},
		"Thường xuyên":            {"", progress.NoDate},
	} {
		due, ok := progress.ParseDueIn(text, 2025)
		if !ok || due.Date.String() != want.date || due.Precision != want.precision {
			t.Errorf("%q: %s %s (%v), want %s %s", text, due.Date, due.Precision, ok, want.date, want.precision)
		}
	}
	for _, text := range []string{"31/6", "gấp", "12/QĐ-BTC", "tuần 3", "tuần 54", "tuần thứ 2 tháng 6"} {
		if due, ok := progress.ParseDueIn(text, 2025); ok {
			t.Errorf("%q was read as %+v", text, due)
		}
	}
	if d, ok := progress.ParseDayIn("12/5", 2025); !ok || d.String() != "2025-05-12" {
		t.Errorf("12/5: %s (%v)", d, ok)
	}
}

func TestParseDueRefuses(t *testing.T) {
	for _, text := range []string{"", "  ", "-", "31/6/2025", "29/02/2025", "13/2025", "0/2025", "32 tháng 1 năm 2025", "Quý V/2025", "Quý II",
		"30/6", "gấp", "12/QĐ-BTC", "Quyết định số 2025", "Quý IV-I/2025",
		"Tuần 53/2025", "tuần 0/2025", "tuần 60 năm 2025", "trong tuần 22", "tuần 24-22/2025", "trước giữa tháng 6/2025", "31 ngày đầu tháng 6/2025",
		// June 2025 begins on a Sunday: offices count its weeks in several ways. Weeks 5 reach into the next month.
		"Tuần thứ 3 tháng 6/2025", "tuần 3 tháng 6 năm 2025", "tuần đầu tháng 6/2025", "tuần 5 tháng 9/2025", "2 tuần đầu tháng 9/2025", "tuần 22 tháng 6/2025"} {
		if due, ok := progress.ParseDue(text); ok {
			t.Errorf("%q was read as %+v", text, due)
		}
	}
}

func TestParseDay(t *testing.T) {
	for text, want := range map[string]string{
		"14/02/2025":                       "2025-02-14",
		"14/2/2025":                        "2025-02-14",
		"14.2.25":                          "2025-02-14",
		"Ngày 14 tháng 02 năm 2025":        "2025-02-14",
		"14/2/2025 (QĐ 12 ngày 13/2/2025)": "2025-02-14",
		"02/03/2025":                       "2025-03-02",
		"45702":                            "2025-02-14",
		"14 Feb 2025":                      "2025-02-14",
		"31/6/2025":                        "",
		"2/2025":                           "",
		"Quý I/2025":                       "",
		"14/2/2025, 15/2/2025":             "",
		"chưa":                             "",
		"":                                 "",
	} {
		d, ok := progress.ParseDay(text)
		if d.String() != want || ok != (want != "") {
			t.Errorf("%q: got %q, %v; want %q", text, d, ok, want)
		}
	}
}

// FuzzParseDue holds that whatever is read is a day of the calendar, or one of the three kinds without one.
func FuzzParseDue(f *testing.F) {
	for _, s := range []string{"30/6/2025", "Quý II-III/2025", "6 tháng đầu năm 2025", "2025 và những năm tiếp theo", "Thường xuyên", "01/2025/QH15", "trước 1/1/1900"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		due, ok := progress.ParseDue(text)
		if !utf8.ValidString(text) || !ok {
			return
		}
		if due.Date.IsZero() != (due.Regular || due.Conditional) {
			t.Errorf("%q: %+v", text, due)
		}
		if !due.From.IsZero() && due.From.After(due.Date) {
			t.Errorf("%q: window ends before it starts: %+v", text, due)
		}
		if due.Date.IsZero() != (due.Precision == progress.NoDate) {
			t.Errorf("%q: precision %s of %q", text, due.Precision, due.Date)
		}
	})
}
