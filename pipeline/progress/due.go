package progress

// Precision says how exactly a deadline was written.
type Precision string

const (
	Day         Precision = "day"
	MonthOnly   Precision = "month"
	QuarterOnly Precision = "quarter"
	HalfOnly    Precision = "half"
	YearOnly    Precision = "year"
	Range       Precision = "range"
	NoDate      Precision = "none" // regular work, or no date until a condition is met
)

// Due is a deadline: the wording, and how tiendo reads it. The last day counts as in term.
type Due struct {
	Text      string    `json:"text"`
	Date      Date      `json:"date"` // last day in term; zero where there is none
	From      Date      `json:"from"` // first day of the window, where the wording names one (Quý II-III/2025)
	Precision Precision `json:"precision"`
	// Regular: work without an end ("Thường xuyên"). Open: a first date, then regular ("2025 và những năm tiếp theo").
	// Conditional: no date until something else happens ("Sau khi Luật … được ban hành").
	Regular, Open, Conditional bool
}
