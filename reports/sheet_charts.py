"""Native charts of a workbook: scores as bars in the colours of their bands, and over time beside the target."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.axis import DateAxis
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.series import DataPoint
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.worksheet.worksheet import Worksheet

from charts.theme import palette

SIZE = (24, 12)  # cm
THICK, THIN = 28_000, 14_000  # EMU
TICKS = 14  # days between two that an axis names


def score_bars(sheet: Worksheet, at: str, title: str, heading: int, scores: Sequence[float],
               colours: Sequence[str]) -> None:
    """Bars of the scores (0 to 100) in the third column below the heading's row, named by the second."""
    chart, last = _chart(BarChart(), title, scores), heading + len(scores)
    chart.gapWidth, chart.legend = 40, None
    chart.add_data(Reference(sheet, min_col=3, min_row=heading, max_row=last), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=2, min_row=heading + 1, max_row=last))
    (series,) = chart.series
    series.dPt = [DataPoint(idx=place, invertIfNegative=False, spPr=GraphicalProperties(solidFill=_hex(colour)))
                  for place, colour in enumerate(colours)]
    series.dLbls = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False, numFmt="0.0")
    sheet.add_chart(chart, at)


def score_lines(sheet: Worksheet, at: str, title: str, heading: int, scores: Sequence[float], target: float) -> None:
    """Lines of the scores and the target in the second and third column, over the days of the first."""
    chart, last = _chart(LineChart(), title, [*scores, target]), heading + len(scores)
    chart.add_data(Reference(sheet, min_col=2, max_col=3, min_row=heading, max_row=last), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=heading + 1, max_row=last))
    for series, (colour, width, dash) in zip(chart.series, ((palette("light").primary, THICK, None),
                                                            (palette("light").muted, THIN, "dash")), strict=True):
        series.smooth, series.marker.symbol = False, "none"
        line = series.graphicalProperties.line
        line.solidFill, line.width, line.dashStyle = _hex(colour), width, dash
    chart.x_axis = DateAxis(crossAx=chart.y_axis.axId, majorTimeUnit="days", majorUnit=TICKS, delete=False)
    chart.x_axis.number_format, chart.y_axis.crossAx, chart.legend.position = "m/d", chart.x_axis.axId, "t"
    sheet.add_chart(chart, at)


def _chart(chart: BarChart | LineChart, title: str, values: Sequence[float]) -> BarChart | LineChart:
    chart.title, (chart.width, chart.height) = title, SIZE
    chart.title.overlay = chart.legend.overlay = False  # else newer programs write them over the plot
    chart.x_axis.delete = chart.y_axis.delete = False  # openpyxl's charts hide them in newer programs
    chart.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill=_hex(palette("light").grid)))
    chart.y_axis.scaling.min, chart.y_axis.scaling.max = 10 * int(min(values) // 10), 100
    chart.y_axis.majorUnit, chart.y_axis.number_format = 10, "0"
    return chart


def _hex(colour: str) -> str:
    return colour.lstrip("#").upper()
