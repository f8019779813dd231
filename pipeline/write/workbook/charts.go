package workbook

import (
	"cmp"
	"slices"

	"github.com/xuri/excelize/v2"

	"tiendo/pipeline/progress"
)

// chartUnits is how many units the chart shows: more bars cannot be read.
const chartUnits = 40

// Where the charts stand. The library lays a chart over cells by what it takes for their sizes before they are set: a row of 15 points for
// 18 pixels, a column for 64. By these a chart covers whole rows and columns, whatever a program makes of them.
const (
	chartTop     = 5
	chartColumns = 13
	courseRows   = 18 // of a chart of periods
	rowPixels    = 18
	columnPixels = 64
	rowPoints    = 15
)

// addCharts writes the course of the last periods and the stacked bars of the units, with the figures they are drawn from below them.
func (b *book) addCharts() error {
	units := b.chartedUnits()
	trend := b.synthesis.Total.Trend
	name := b.sheetName("charts", 1)

	courses := 0 // charts of periods
	if len(trend) > 0 {
		courses = 1
	}
	if len(trend) > 1 {
		courses = 2
	}
	unitsTop := chartTop + courses*(courseRows+1)
	unitRows := 6 + 3*len(units)/2
	unitHead := unitsTop // row of the headings of the units' figures
	if len(units) > 0 {
		unitHead += unitRows + 1
	}
	trendHead := unitHead + len(units) + 3

	lines := make([]line, trendHead+len(trend))
	for i := range lines {
		lines[i].height = rowPoints // the charts are as high as the rows behind them
	}
	lines[0] = line{cells: []cell{{value: b.words.Say("workbook.title.charts"), style: b.style.heading}}, height: 20}
	lines[1] = line{cells: []cell{{value: b.asOf, style: b.style.remark}}, height: 16}
	lines[2] = line{cells: []cell{{value: b.words.Say("workbook.back"), style: b.style.back, link: &Place{b.sheetName("summary", 1), "A1"}}}, height: 16}
	lines[unitHead-1] = b.chartHead("unit")
	for i, u := range units {
		lines[unitHead+i] = b.chartLine(u.Name, u.Own)
	}
	lines[trendHead-1] = b.chartHead("period")
	for i, point := range trend {
		lines[trendHead+i] = b.chartLine(point.Period, point.Counts)
	}

	s := sheet{name: name, widths: []float64{36}, rows: len(lines), portrait: true, row: func(i int) line { return lines[i] }}
	for range chartColumns - 1 {
		s.widths = append(s.widths, 11)
	}
	if courses > 0 {
		s.charts = append(s.charts, b.trendChart(name, trendHead, len(trend)))
	}
	if courses > 1 {
		s.charts = append(s.charts, b.burnUpChart(name, trendHead, len(trend)))
	}
	if len(units) > 0 {
		s.charts = append(s.charts, b.unitChart(name, unitsTop, unitHead, len(units), unitRows))
	}
	return b.add(s)
}

// chartedUnits are the units that report, those with most past due first. Each bar shows the unit's own tasks, so that no task is
// drawn twice.
func (b *book) chartedUnits() []progress.Line {
	var out []progress.Line
	for _, u := range b.synthesis.Units {
		if u.Submission != nil && u.Own.Total > 0 {
			out = append(out, u)
		}
	}
	slices.SortStableFunc(out, func(a, b progress.Line) int { return cmp.Compare(b.Own.PastDue, a.Own.PastDue) })
	return out[:min(len(out), chartUnits)]
}

// chartMeasures are the columns behind those of the classes.
var chartMeasures = []progress.Measure{progress.MeasureDone, progress.MeasureDue, progress.MeasurePastDue, progress.MeasureOnSchedule}

// chartColumn is the column of a class or a measure among the figures below the charts.
func chartColumn(of string) int {
	if i := slices.Index(progress.Classes, progress.Class(of)); i >= 0 {
		return 2 + i
	}
	return 2 + len(progress.Classes) + slices.Index(chartMeasures, progress.Measure(of))
}

func (b *book) chartHead(key string) line {
	l := line{cells: []cell{{value: b.words.Say("workbook.column." + key), style: b.style.head}}}
	for _, class := range progress.Classes {
		l.cells = append(l.cells, cell{value: b.className(class), style: b.style.head})
	}
	for _, m := range chartMeasures {
		l.cells = append(l.cells, cell{value: b.words.Say("workbook.measure." + string(m)), style: b.style.head})
	}
	return l
}

func (b *book) chartLine(name string, c progress.Counts) line {
	l := line{cells: []cell{b.text(name)}}
	for _, class := range progress.Classes {
		l.cells = append(l.cells, b.count(c.Of(class)))
	}
	l.cells = append(l.cells, b.count(c.Done()), b.count(c.Due), b.count(c.PastDue), cell{value: share(c.OnSchedule()), style: b.style.rate})
	return l
}

// series is one column of the figures below the charts.
func series(sheet string, column, head, n int, colour string) excelize.ChartSeries {
	on := quoteSheet(sheet) + "!"
	return excelize.ChartSeries{
		Name:       on + fixed(column, head),
		Categories: on + fixed(1, head+1) + ":" + fixed(1, head+n),
		Values:     on + fixed(column, head+1) + ":" + fixed(column, head+n),
		Fill:       excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}},
	}
}

// classSeries is a series for each class, with its column among the figures below the charts.
func classSeries(sheet string, head, n int) []excelize.ChartSeries {
	var out []excelize.ChartSeries
	for i, class := range progress.Classes {
		s := series(sheet, i+2, head, n, classColours[class])
		if slices.Contains([]progress.Class{progress.DoneOnTime, progress.Unconfirmed, progress.Overdue}, class) {
			s.DataLabel.Font.Color = "FFFFFF"
		}
		out = append(out, s)
	}
	return out
}

func (b *book) unitChart(sheet string, top, head, n, rows int) placedChart {
	return placedChart{
		cell: ref(1, top),
		chart: &excelize.Chart{
			Type: excelize.BarStacked, Series: classSeries(sheet, head, n),
			Title: b.chartTitle("units"), Legend: legend(),
			Dimension: chartSize(rows),
			XAxis:     excelize.ChartAxis{ReverseOrder: true, Font: chartFont(10)},
			YAxis:     excelize.ChartAxis{MajorGridLines: true, Font: chartFont(10), NumFmt: excelize.ChartNumFmt{CustomNumFmt: formatCount}},
			PlotArea:  excelize.ChartPlotArea{ShowVal: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: "#,##0;;"}},
			GapWidth:  ptr(uint(40)), Overlap: ptr(100),
			Format: excelize.GraphicOptions{AltText: b.words.Say("workbook.chart.units")},
		},
	}
}

// chartSize is that of a chart over all columns and so many rows.
func chartSize(rows int) excelize.ChartDimension {
	return excelize.ChartDimension{Width: chartColumns*columnPixels - 8, Height: uint(rows * rowPixels)}
}

// trendChart shows what was done on time and what is past due, whatever the class, as columns, and the on-schedule rate as a line with its own axis.
func (b *book) trendChart(sheet string, head, n int) placedChart {
	column := func(of, colour string) excelize.ChartSeries {
		return series(sheet, chartColumn(of), head, n, colour)
	}
	rate := course(series(sheet, chartColumn(string(progress.MeasureOnSchedule)), head, n, colourHead), colourHead, excelize.LineDashSolid)
	rate.DataLabelPosition = excelize.ChartDataLabelsPositionAbove
	return placedChart{
		cell: ref(1, chartTop),
		chart: &excelize.Chart{
			Type: excelize.Col, Series: []excelize.ChartSeries{column(string(progress.DoneOnTime), colourPaleDone), column(string(progress.MeasurePastDue), colourPale)},
			Title: b.chartTitle("trend"), Legend: legend(),
			Dimension: chartSize(courseRows),
			XAxis:     excelize.ChartAxis{Font: chartFont(10)},
			YAxis:     excelize.ChartAxis{MajorGridLines: true, Font: chartFont(10), NumFmt: excelize.ChartNumFmt{CustomNumFmt: formatCount}},
			GapWidth:  ptr(uint(60)), Overlap: ptr(0),
			Format: excelize.GraphicOptions{AltText: b.words.Say("workbook.chart.trend")},
		},
		combo: []*excelize.Chart{{
			Type: excelize.Line, Series: []excelize.ChartSeries{rate},
			YAxis: excelize.ChartAxis{
				Secondary: true, Minimum: ptr(0.0), Maximum: ptr(1.0), Font: chartFont(10),
				NumFmt: excelize.ChartNumFmt{CustomNumFmt: formatPercent},
			},
			PlotArea: excelize.ChartPlotArea{ShowVal: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: formatRate}},
		}},
	}
}

// burnUpChart shows what was done against what was due.
func (b *book) burnUpChart(sheet string, head, n int) placedChart {
	line := func(of progress.Measure, colour string, dash excelize.LineDashType) excelize.ChartSeries {
		return course(series(sheet, chartColumn(string(of)), head, n, colour), colour, dash)
	}
	return placedChart{
		cell: ref(1, chartTop+courseRows+1),
		chart: &excelize.Chart{
			Type: excelize.Line, Series: []excelize.ChartSeries{line(progress.MeasureDone, colourHead, excelize.LineDashSolid), line(progress.MeasureDue, colourDue, excelize.LineDashDash)},
			Title: b.chartTitle("burn_up"), Legend: legend(),
			Dimension: chartSize(courseRows),
			XAxis:     excelize.ChartAxis{Font: chartFont(10)},
			YAxis:     excelize.ChartAxis{MajorGridLines: true, Minimum: ptr(0.0), Font: chartFont(10), NumFmt: excelize.ChartNumFmt{CustomNumFmt: formatCount}},
			Format:    excelize.GraphicOptions{AltText: b.words.Say("workbook.chart.burn_up")},
		},
	}
}

// course makes a line with round marks of a series.
func course(s excelize.ChartSeries, colour string, dash excelize.LineDashType) excelize.ChartSeries {
	s.Line = excelize.LineOptions{Width: 2.25, Dash: dash, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}}
	s.Marker = excelize.ChartMarker{Symbol: "circle", Size: 7}
	return s
}

func (b *book) chartTitle(key string) excelize.ChartTitle {
	return excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{
		Text: b.words.Say("workbook.chart." + key), Font: &excelize.Font{Family: font, Size: 13, Bold: true},
	}}}
}

func legend() excelize.ChartLegend {
	return excelize.ChartLegend{Position: "bottom", Font: ptr(chartFont(10))}
}

func chartFont(size float64) excelize.Font {
	return excelize.Font{Family: font, Size: size, Color: "262626"}
}
