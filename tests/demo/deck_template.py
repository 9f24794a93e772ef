"""`python -m tests.demo.deck_template`: writes the deck's shipped template, which an office may restyle."""

from __future__ import annotations

from pathlib import Path

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches

from reports.deck import COVER, PAGE, TEMPLATE

LATIN, CHINESE = "Segoe UI", "微软雅黑"  # Windows and WPS have both; Linux finds its own for them
TEAL, INK, MUTED = RGBColor(0x1A, 0x65, 0x80), RGBColor(0x17, 0x21, 0x2B), RGBColor(0x5B, 0x67, 0x75)
KEPT = {"Title Slide": COVER, "Title Only": PAGE}


def write_template(path: Path) -> None:
    """The template: 16:9, the two layouts, the fonts of its theme."""
    made = Presentation()
    made.slide_width, made.slide_height = Inches(13.333), Inches(7.5)
    master = made.slide_master
    for layout in list(made.slide_layouts):
        if layout.name in KEPT:
            layout.name = KEPT[layout.name]
        else:
            made.slide_layouts.remove(layout)
    cover, page = (next(layout for layout in made.slide_layouts if layout.name == name) for name in (COVER, PAGE))
    for place in (master, cover, page):
        _without_footers(place)
    _style(master.placeholders[0], 0.045, 0.04, 0.91, 0.11, 28, INK)
    _style(cover.placeholders[0], 0.08, 0.32, 0.84, 0.2, 44, INK)
    _style(cover.placeholders[1], 0.08, 0.56, 0.84, 0.12, 18, MUTED)
    _style(page.placeholders[0], 0.045, 0.04, 0.91, 0.11, 28, INK)
    for layout, top, height in ((cover, 0.535, 0.008), (page, 0.148, 0.004)):
        bar = layout.shapes._spTree
        _bar(made, layout, bar, top, height)
    _fonts(master)
    made.core_properties.author, made.core_properties.title = "", ""
    path.parent.mkdir(exist_ok=True)
    made.save(str(path))


def _without_footers(place) -> None:
    for shape in list(place.placeholders):
        if shape.placeholder_format.idx in (10, 11, 12):
            shape._element.getparent().remove(shape._element)


def _style(shape, left: float, top: float, width: float, height: float, size: int, ink: RGBColor) -> None:
    """Place in shares of the slide, size of the type and its colour."""
    across, down = Inches(13.333), Inches(7.5)
    shape.left, shape.top = Emu(int(left * across)), Emu(int(top * down))
    shape.width, shape.height = Emu(int(width * across)), Emu(int(height * down))
    frame = shape.text_frame
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    for level in shape._element.iter(qn("a:lvl1pPr")):
        level.getparent().remove(level)
    style = shape._element.txBody.find(qn("a:lstStyle"))
    level = style.makeelement(qn("a:lvl1pPr"), {"algn": "l", "marL": "0", "indent": "0"})
    level.append(style.makeelement(qn("a:buNone"), {}))
    font = style.makeelement(qn("a:defRPr"), {"sz": str(100 * size), "b": "1" if size > 20 else "0"})
    fill = font.makeelement(qn("a:solidFill"), {})
    fill.append(fill.makeelement(qn("a:srgbClr"), {"val": str(ink)}))
    font.append(fill)
    level.append(font)
    style.append(level)


def _bar(made, layout, tree, top: float, height: float) -> None:
    """A thin bar under the title, drawn on a slide that is thrown away and moved into the layout."""
    slide = made.slides.add_slide(layout)
    across, down = made.slide_width, made.slide_height
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Emu(int(0.045 * across)), Emu(int(top * down)),
                                   Emu(int(0.91 * across)), Emu(int(height * down)))
    shape.fill.solid()
    shape.fill.fore_color.rgb = TEAL
    shape.line.fill.background()
    tree.append(shape._element)
    ids = made.slides._sldIdLst
    made.part.drop_rel(ids[-1].rId)
    ids.remove(ids[-1])


def _fonts(master) -> None:
    """The theme's fonts, so that every text of the deck, charts included, has both."""
    theme = next(rel.target_part for rel in master.part.rels.values() if rel.reltype.endswith("/theme"))
    from lxml import etree

    tree = etree.fromstring(theme.blob)
    for font in tree.iter(qn("a:majorFont"), qn("a:minorFont")):
        font.find(qn("a:latin")).set("typeface", LATIN)
        font.find(qn("a:ea")).set("typeface", CHINESE)
        for script in font.findall(qn("a:font")):
            if script.get("script") == "Hans":
                script.set("typeface", CHINESE)
    theme._blob = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


if __name__ == "__main__":
    write_template(TEMPLATE)
