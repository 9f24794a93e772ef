"""Comments: a sentence on each marked cell, in the sheet's notes and their drawing, beside those that stand there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from lxml import etree

from loaders.formats.content import Unreadable
from loaders.grid import address, row_and_column
from loaders.marks.package import Package

AUTHOR = "报送核对"
_BELOW = f"\n{AUTHOR}："
_NOTE = re.compile(rb"<(\w+:)shape\s.*?</\1shape>", re.DOTALL)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_SHAPE_TYPE = (
    b'<v:shapetype xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    b' id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    b'<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_EMPTY_DRAWING = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    b' xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    b'<o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
)
_SHAPE = (
    '<v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel" id="_x0000_s{number}" type="#_x0000_t202"'
    ' style="position:absolute;visibility:hidden" fillcolor="#fff3f3" o:insetmode="auto"><v:fill color2="#fff3f3"/>'
    '<v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{left}, 12, {top}, 2, {right}, 12, {bottom}, 4</x:Anchor><x:AutoFill>False</x:AutoFill>"
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)


def add_comments(
    package: Package, sheet: str, drawing: str | None, sentences: Mapping[tuple[int, int], str], strict: bool
) -> str:
    """Puts a sentence on each cell; returns the id of the drawing that the sheet must name, that given or a new one.

    A cell that bears a comment keeps its text and gets the sentence below.
    """
    space = _STRICT_MAIN if strict else _MAIN
    comments = _comments(package, sheet, space, strict)
    texts = comments.find(f"{{{space}}}commentList")
    author = _author(comments.find(f"{{{space}}}authors"), space)
    by_cell = {one.get("ref"): one for one in texts}
    new = []
    for cell, sentence in sentences.items():
        standing = by_cell.get(address(*cell))
        if standing is None:
            texts.append(_comment(texts, address(*cell), author, sentence, space))
            new.append(cell)
        else:
            _say_below(standing, sentence, space)
    return _drawn(package, sheet, drawing, new, strict)


def take_off(package: Package, sheet: str, drawing: str | None) -> None:
    """Takes the sentences of an earlier marking off a sheet's comments; what a person wrote stays."""
    found = package.related(sheet, "comments")
    if not found or AUTHOR.encode() not in package.read(found[0][1]):
        return
    root, gone = package.tree(found[0][1]), set()
    names = [author.text for author in root.iterfind("{*}authors/{*}author")]
    for comment in root.findall("{*}commentList/{*}comment"):
        if names[int(comment.get("authorId", "0"))] == AUTHOR:
            gone.add(row_and_column(comment.get("ref")))
            comment.getparent().remove(comment)
        for written in comment.iter("{*}t"):
            written.text = (written.text or "").partition(_BELOW)[0]
    name = dict(package.related(sheet, "vmlDrawing")).get(drawing)
    if name and gone:
        package.put(name, _NOTE.sub(lambda note: b"" if _cell(note[0]) in gone else note[0], package.read(name)))


def _cell(note: bytes) -> tuple[int, int] | None:
    """The cell that a note of the drawing belongs to; None for any other shape."""
    row, column = (re.search(rb"<\w+:%s>\s*(\d+)\s*<" % name, note) for name in (b"Row", b"Column"))
    return (int(row[1]), int(column[1])) if row and column else None


def _comments(package: Package, sheet: str, space: str, strict: bool) -> etree._Element:
    found = package.related(sheet, "comments")
    if found:
        return package.tree(found[0][1])
    root = etree.Element(f"{{{space}}}comments", nsmap={None: space})
    etree.SubElement(root, f"{{{space}}}authors")
    etree.SubElement(root, f"{{{space}}}commentList")
    package.relate(sheet, "comments", package.add("xl/comments{}.xml", root, _COMMENTS_TYPE), strict)
    return root


def _author(authors: etree._Element, space: str) -> str:
    names = [author.text for author in authors]
    if AUTHOR not in names:
        etree.SubElement(authors, f"{{{space}}}author").text = AUTHOR
        names.append(AUTHOR)
    return str(names.index(AUTHOR))


def _comment(parent: etree._Element, cell: str, author: str, sentence: str, space: str) -> etree._Element:
    comment = parent.makeelement(f"{{{space}}}comment", {"ref": cell, "authorId": author}, parent.nsmap)
    _run(etree.SubElement(comment, f"{{{space}}}text"), sentence, space)
    return comment


def _say_below(comment: etree._Element, sentence: str, space: str) -> None:
    """The sentence under what a person wrote."""
    text = comment.find(f"{{{space}}}text")
    if (plain := text.find(f"{{{space}}}t")) is not None:
        text.remove(plain)
        _run(text, plain.text or "", space)
    _run(text, f"{_BELOW}{sentence}", space)


def _run(text: etree._Element, words: str, space: str) -> None:
    written = etree.SubElement(etree.SubElement(text, f"{{{space}}}r"), f"{{{space}}}t")
    written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    written.text = words


def _drawn(
    package: Package, sheet: str, drawing: str | None, cells: Sequence[tuple[int, int]], strict: bool
) -> str:
    """Adds a hidden note for each cell to the sheet's drawing, a new one where it has none; the drawing's id."""
    name = dict(package.related(sheet, "vmlDrawing")).get(drawing)
    if name is None:
        name = package.add("xl/drawings/vmlDrawing{}.vml", _EMPTY_DRAWING, _VML_TYPE)
        drawing = package.relate(sheet, "vmlDrawing", name, strict)
    content = package.read(name)
    end = content.rfind(b"</xml>")
    if end < 0:
        raise Unreadable("broken_file")
    last = max((int(number) for number in re.findall(rb"_x0000_s(\d{1,9})", content)), default=1024)
    shapes = [] if b'"_x0000_t202"' in content else [_SHAPE_TYPE]
    shapes += [_shape(last + place, *cell) for place, cell in enumerate(cells, 1)]
    package.put(name, b"".join((content[:end], *shapes, content[end:])))
    return drawing


def _shape(number: int, row: int, column: int) -> bytes:
    corners = {"left": column + 1, "top": max(row - 1, 0), "right": column + 4, "bottom": max(row - 1, 0) + 4}
    return _SHAPE.format(number=number, row=row, column=column, **corners).encode()
