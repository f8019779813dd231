package workbook

import (
	"cmp"
	"slices"

	"github.com/xuri/excelize/v2"

	"tiendo/pipeline/progress"
)

// chartUnits is how many units the chart shows: more bars cannot be read.
const chartUnits = 40

// Where the charts stand, in rows of the default height (20 pixels).
const (
	chartTop   = 5
	chartWidth = 860 // pixels
	trendRows  = 18
	pixelsARow = 20
	pointsARow = 15
)

// addCharts writes the stacked bars of the units and the course of the last periods, with the figures they are drawn from below them.
func (b *book) addCharts() error {
	units := b.chartedUnits()
	trend := b.synthesis.Total.Trend
	barRows := 6 + 3*len(units)/2
	unitHead := chartTop + trendRows + barRows + 5 // row of the headings of the units' figures
	trendHead := unitHead + len(units) + 3

	lines := make([]line, trendHead+len(trend))
	for i := range lines {
		lines[i].height = pointsARow // the charts are as high as the rows behind them
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

	name := b.sheetName("charts", 1)
	s := sheet{
		name: name, widths: []float64{34, 12, 12, 12, 12, 12, 12, 12, 12, 12}, rows: len(lines), portrait: true,
		row: func(i int) line { return lines[i] },
	}
	if len(trend) > 0 {
		s.charts = append(s.charts, b.trendChart(name, trendHead, len(trend)))
	}
	if len(units) > 0 {
		s.charts = append(s.charts, b.unitChart(name, unitHead, len(units), barRows))
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

func (b *book) chartHead(key string) line {
	l := line{cells: []cell{{value: b.words.Say("workbook.column." + key), style: b.style.head}}}
	for _, class := range progress.Classes {
		l.cells = append(l.cells, cell{value: b.className(class), style: b.style.head})
	}
	l.cells = append(l.cells, cell{value: b.words.Say("workbook.measure." + string(progress.MeasureOnSchedule)), style: b.style.head})
	return l
}

func (b *book) chartLine(name string, c progress.Counts) line {
	l := line{cells: []cell{b.text(name)}}
	for _, class := range progress.Classes {
		l.cells = append(l.cells, b.count(c.Of(class)))
	}
	l.cells = append(l.cells, cell{value: share(c.OnSchedule()), style: b.style.rate})
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
		if slices.Contains([]progress.Class{progress.DoneOnTime, progress.Unconfirmed, progress.Overdue, progress.Regular}, class) {
			s.DataLabel.Font.Color = "FFFFFF"
		}
		out = append(out, s)
	}
	return out
}

func (b *book) unitChart(sheet string, head, n, rows int) placedChart {
	return placedChart{
		cell: ref(1, chartTop+trendRows+1),
		chart: &excelize.Chart{
			Type: excelize.BarStacked, Series: classSeries(sheet, head, n),
			Title: b.chartTitle("units"), Legend: legend(),
			Dimension: excelize.ChartDimension{Width: chartWidth, Height: uint(rows * pixelsARow)},
			XAxis:     excelize.ChartAxis{ReverseOrder: true, Font: chartFont(10)},
			YAxis:     excelize.ChartAxis{MajorGridLines: true, Font: chartFont(10), NumFmt: excelize.ChartNumFmt{CustomNumFmt: formatCount}},
			PlotArea:  excelize.ChartPlotArea{ShowVal: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: "#,##0;;"}},
			GapWidth:  ptr(uint(40)), Overlap: ptr(100),
			Format: excelize.GraphicOptions{AltText: b.words.Say("workbook.chart.units")},
		},
	}
}

// trendChart shows counts past their deadline as columns, and the on-schedule rate as a line with its own axis.
func (b *book) trendChart(sheet string, head, n int) placedChart {
	overdue := 2 + slices.Index(progress.Classes, progress.Overdue)
	rate := series(sheet, 2+len(progress.Classes), head, n, colourHead)
	rate.Line = excelize.LineOptions{Width: 2.25, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colourHead}}}
	rate.DataLabelPosition = excelize.ChartDataLabelsPositionAbove
	rate.Marker = excelize.ChartMarker{Symbol: "circle", Size: 7}
	return placedChart{
		cell: ref(1, chartTop),
		chart: &excelize.Chart{
			Type: excelize.Col, Series: []excelize.ChartSeries{series(sheet, overdue, head, n, colourPale)},
			Title: b.chartTitle("trend"), Legend: legend(),
			Dimension: excelize.ChartDimension{Width: chartWidth, Height: (trendRows - 1) * pixelsARow},
			XAxis:     excelize.ChartAxis{Font: chartFont(10)},
			YAxis:     excelize.ChartAxis{MajorGridLines: true, Font: chartFont(10), NumFmt: excelize.ChartNumFmt{CustomNumFmt: formatCount}},
			PlotArea:  excelize.ChartPlotArea{ShowVal: true},
			GapWidth:  ptr(uint(80)),
			Format:    excelize.GraphicOptions{AltText: b.words.Say("workbook.chart.trend")},
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
