"""The deck: slides with native charts and tables in the office's own template, made from numbers."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
from pptx import Presentation
from pptx.chart.axis import DateAxis
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION
from pptx.enum.dml import MSO_LINE
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.xmlchemy import OxmlElement
from pptx.slide import Slide, SlideLayout
from pptx.util import Emu, Pt

from charts.theme import band_paints, palette
from readiness.decisions import DECISION_WORDS
from readiness.model import ReadinessError
from readiness.reference import DATA
from reports.cells import DANGEROUS, printable
from reports.content import RANKING_HEADS, Report, number_words, place_of, ranked, ranking_lines

TEMPLATE = DATA / "templates" / "deck.pptx"
COVER, PAGE = "封面", "正文"  # names of the layouts that a template must have
MARGIN, TOP, FOOT = 0.045, 0.17, 0.935  # shares of the slide
ROWS, TICKS = 13, 14  # of a table at most; days between two that the trend names
INK, MUTED, WORSE = RGBColor(0x17, 0x21, 0x2B), RGBColor(0x5B, 0x67, 0x75), RGBColor(0x9C, 0x1C, 0x28)
LINE_INK, HEAD_FILL, STRIPE = RGBColor(0x1A, 0x65, 0x80), RGBColor(0xEE, 0xF2, 0xF5), RGBColor(0xFF, 0xFF, 0xFF)

Rows = Sequence[Sequence[object]]


def deck(report: Report, template: Path = TEMPLATE) -> bytes:
    """The deck as .pptx: bytes of the file. Raises ReadinessError for a template without the two layouts."""
    made = Presentation(str(template))
    pages = _Pages(made, report)
    pages.cover()
    pages.findings()
    pages.trend()
    pages.ranking_chart()
    pages.ranking_tables()
    pages.losses()
    pages.overdue()
    pages.special()
    pages.decisions()
    made.core_properties.title = _title(report)
    made.core_properties.author = report.name
    made.core_properties.keywords = report.stamp
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def _title(report: Report) -> str:
    return f"{report.name}创文迎检准备情况"


def layout_named(presentation: Presentation, name: str) -> SlideLayout:
    """The template's layout of that name. Raises ReadinessError that says which ones there are."""
    layouts = {layout.name: layout for layout in presentation.slide_layouts}
    if name not in layouts:
        raise ReadinessError(f"幻灯片模板 deck.pptx 里没有名为“{name}”的版式，只有：{'、'.join(layouts)}。")
    return layouts[name]


class _Pages:
    """Adds the slides one after the other; each tells the day, the coverage and the standard at its foot."""

    def __init__(self, made: Presentation, report: Report) -> None:
        self.made, self.report = made, report
        self.cover_layout, self.page_layout = layout_named(made, COVER), layout_named(made, PAGE)
        self.width, self.height = made.slide_width, made.slide_height

    def cover(self) -> None:
        slide = self.made.slides.add_slide(self.cover_layout)
        slide.shapes.title.text = printable(_title(self.report))
        slide.placeholders[1].text = self.report.stamp

    def findings(self) -> None:
        """The sentences, each a paragraph."""
        slide = self._page("要点")
        frame = self._box(slide, TOP, FOOT - TOP).text_frame
        frame.word_wrap = True
        for number, sentence in enumerate(self.report.found):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.text, paragraph.space_after = printable(sentence.text), Pt(9)
            paragraph.font.size, paragraph.font.color.rgb = Pt(18 if number else 22), INK
            paragraph.font.bold = number == 0

    def trend(self) -> None:
        """The score by day with the target, as a line chart."""
        scores = self.report.scores.dropna(subset="score")
        if scores.empty:
            return
        data = CategoryChartData(number_format="0.0")
        data.categories = scores["day"].dt.date.tolist()
        data.add_series("准备度得分", scores["score"].round(1).tolist())
        target = self.report.reference.settings.target
        data.add_series("目标", [target] * len(scores))
        chart = self._chart(self._page("得分走势"), XL_CHART_TYPE.LINE, data)
        chart.has_legend, chart.legend.position, chart.legend.include_in_layout = True, XL_LEGEND_POSITION.TOP, False
        for series, colour, width in zip(chart.plots[0].series, (LINE_INK, MUTED), (3, 1.5), strict=True):
            series.smooth, series.format.line.color.rgb, series.format.line.width = False, colour, Pt(width)
        chart.plots[0].series[1].format.line.dash_style = MSO_LINE.DASH
        low = 10 * int(min(scores["score"].min(), target) // 10)
        chart.value_axis.minimum_scale, chart.value_axis.maximum_scale, chart.value_axis.major_unit = low, 100, 10
        chart.category_axis.tick_labels.font.size, chart.category_axis.tick_labels.number_format = Pt(14), "m/d"
        _every(chart.category_axis, TICKS)

    def ranking_chart(self) -> None:
        """The areas' scores as bars in the colours of their bands."""
        rows = ranked(self.report).dropna(subset="score")
        if rows.empty:
            return
        data = CategoryChartData(number_format="0.0")
        data.categories = [_safe(name) for name in rows["short_name"]]
        data.add_series("得分", rows["score"].round(1).tolist())
        chart = self._chart(self._page("居民区得分"), XL_CHART_TYPE.COLUMN_CLUSTERED, data)
        paints, plot = band_paints(self.report.reference.settings.bands, "light"), chart.plots[0]
        plot.gap_width = 40
        for number, band in enumerate(rows["band"]):
            point = plot.series[0].points[number]
            point.format.fill.solid()
            point.format.fill.fore_color.rgb = _colour(paints[band].fill)
        self._labels(plot, "0.0")
        chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = 0, 100
        chart.category_axis.tick_labels.font.size = Pt(11)

    def ranking_tables(self) -> None:
        """The areas by rank with score, change, coverage, open and overdue; as many slides as that takes."""
        self._tables("居民区排名", RANKING_HEADS, ranking_lines(self.report), (1, 2, 1.4, 1.2, 1.8, 1.2, 1.2, 1.6))

    def losses(self) -> None:
        """The items that cost most, as bars."""
        losses = self.report.now.losses
        names = self.report.reference.kind_names()
        cost = losses.groupby(["kind", "indicator"], sort=False)["loss"].sum().nlargest(10).iloc[::-1]
        if cost.empty:
            return
        data = CategoryChartData(number_format="0.00")
        data.categories = [_safe(f"{names[kind]}：{item}") for kind, item in cost.index]
        data.add_series("失分", cost.round(2).tolist())
        chart = self._chart(self._page("失分最多的测评项目（分）"), XL_CHART_TYPE.BAR_CLUSTERED, data)
        chart.plots[0].gap_width = 40
        chart.plots[0].series[0].format.fill.solid()
        chart.plots[0].series[0].format.fill.fore_color.rgb = _colour(palette("light").bar)
        self._labels(chart.plots[0], "0.00")
        chart.category_axis.tick_labels.font.size = Pt(13)

    def overdue(self) -> None:
        """The issues that are overdue longest."""
        issues = self.report.now.issues
        rows = issues[issues["overdue_days"] > 0].sort_values(["overdue_days", "issue"], ascending=[False, True])
        names = self.report.reference.area_names()
        heads = ("居民区", "点位", "问题", "责任单位", "期限", "超期（天）")
        told = [(names[row.area_code], place_of(row), row.description, _text(row.responsible_unit), _day(row.due_on),
                 int(row.overdue_days)) for row in rows.head(ROWS).itertuples()]
        title = f"超期最久的问题（共 {len(rows)} 条）"
        self._tables(title, heads, told, (1.2, 3.4, 3.5, 1.8, 1.2, 1.4))

    def special(self) -> None:
        """Each special inspection with what passes and what this round has not reached."""
        heads = ("专项检查", "点位", "本轮未查", "不符合（处）", "符合率", "不符合最多的项目")
        rows = [(row.name, row.sites, row.missed, row.failing, number_words(row.rate, "{:.0%}"), row.worst or "—")
                for row in self.report.special.itertuples()]
        self._tables("三个周边与专项检查", heads, rows, (2.6, 0.9, 1.2, 1.4, 1.1, 4))

    def decisions(self) -> None:
        """What meetings have decided and what is still open of it."""
        heads = ("事项", "负责", "期限", "状态")
        rows = [(row.text, row.owner, _day(row.due_on), DECISION_WORDS[row.state])
                for row in self.report.decisions.itertuples()]
        self._tables("在办的督办事项", heads, rows, (6, 2, 1.4, 1.4))

    def _page(self, title: str) -> Slide:
        slide = self.made.slides.add_slide(self.page_layout)
        slide.shapes.title.text = printable(title)
        foot = self._box(slide, FOOT, 1 - FOOT).text_frame
        foot.text = f"{self.report.stamp}　　{len(self.made.slides)}"
        foot.paragraphs[0].font.size, foot.paragraphs[0].font.color.rgb = Pt(11), MUTED
        return slide

    def _box(self, slide: Slide, top: float, height: float):
        return slide.shapes.add_textbox(*self._place(top, height))

    def _place(self, top: float, height: float) -> tuple[Emu, Emu, Emu, Emu]:
        return (Emu(int(MARGIN * self.width)), Emu(int(top * self.height)), Emu(int((1 - 2 * MARGIN) * self.width)),
                Emu(int(height * self.height)))

    def _chart(self, slide: Slide, kind: XL_CHART_TYPE, data: CategoryChartData):
        chart = slide.shapes.add_chart(kind, *self._place(TOP, FOOT - TOP), data).chart
        chart.has_title = chart.has_legend = False
        chart.font.size, chart.font.color.rgb = Pt(14), INK
        chart.value_axis.major_gridlines.format.line.color.rgb = RGBColor(0xE6, 0xEA, 0xEF)
        chart.value_axis.format.line.fill.background()
        return chart

    def _labels(self, plot, number_format: str) -> None:
        plot.has_data_labels = True
        labels = plot.data_labels
        labels.number_format, labels.number_format_is_linked = number_format, False
        labels.position, labels.font.size = XL_LABEL_POSITION.OUTSIDE_END, Pt(11)

    def _tables(self, title: str, heads: Sequence[str], rows: Rows, shares: Sequence[float]) -> None:
        """A table on as many slides as its rows take; none where there are no rows."""
        count = -(-len(rows) // ROWS)
        parts = [rows[len(rows) * at // count:len(rows) * (at + 1) // count] for at in range(count)]
        for number, part in enumerate(parts, 1):
            words = title if len(parts) == 1 else f"{title}（{number}/{len(parts)}）"
            self._table(self._page(words), heads, part, shares)

    def _table(self, slide: Slide, heads: Sequence[str], rows: Rows, shares: Sequence[float]) -> None:
        left, top, width, _height = self._place(TOP, 0.1)
        height = Emu(int(0.054 * self.height))
        table = slide.shapes.add_table(len(rows) + 1, len(heads), left, top, width, Emu(height * (len(rows) + 1))).table
        for column, share in zip(table.columns, shares, strict=True):
            column.width = Emu(int(width * share / sum(shares)))
        for line, (values, row) in enumerate(zip([heads, *rows], table.rows, strict=True)):
            row.height = height
            for cell, value in zip(row.cells, values, strict=True):
                _fill(cell, value, line == 0)


def _fill(cell, value: object, head: bool) -> None:
    cell.text = printable(str(value))
    cell.margin_top, cell.margin_bottom, cell.vertical_anchor = Pt(1), Pt(1), MSO_ANCHOR.MIDDLE
    cell.fill.solid()
    cell.fill.fore_color.rgb = HEAD_FILL if head else STRIPE
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.font.size, paragraph.font.bold, paragraph.font.color.rgb = Pt(13), head, MUTED if head else INK


def _every(axis: DateAxis, days: int) -> None:
    """Names a day of the axis every so many days; python-pptx knows no property for it."""
    for tag, value in (("c:majorUnit", days), ("c:majorTimeUnit", "days")):
        element = OxmlElement(tag)
        element.set("val", str(value))
        axis._element.append(element)


def _colour(hex_: str) -> RGBColor:
    return RGBColor.from_string(hex_.lstrip("#").upper())


def _safe(text: str) -> str:
    """A category of a chart for its workbook, where nothing that begins like a formula may be one."""
    return printable(f"'{text}" if text.startswith(DANGEROUS) else text)


def _day(day: pd.Timestamp) -> str:
    return "—" if pd.isna(day) else f"{day.month}月{day.day}日"


def _text(value: object) -> str:
    return value if isinstance(value, str) else "—"
