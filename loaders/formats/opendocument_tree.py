"""The tree of an OpenDocument book's content and the names in it."""

from __future__ import annotations

import io

from lxml import etree

from loaders.formats.content import Unreadable

_NAMES = "{urn:oasis:names:tc:opendocument:xmlns:"
TABLE, OFFICE, TEXT, STYLE, DRAW = (f"{_NAMES}{name}:1.0}}" for name in ("table", "office", "text", "style", "drawing"))
SVG = f"{_NAMES}svg-compatible:1.0}}"
XLINK = "{http://www.w3.org/1999/xlink}"
CONTENT = "content.xml"


def content_tree(content: bytes) -> etree._ElementTree:
    """The tree of a book's content; raises Unreadable for broken XML."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        return etree.parse(io.BytesIO(content), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("broken_file") from error


def tables_of(tree: etree._ElementTree) -> list[etree._Element]:
    """The sheets of a book in their order, without the tables that stand in cells."""
    return [table for table in tree.iter(f"{TABLE}table") if next(table.iterancestors(f"{TABLE}table"), None) is None]


def repeated(element: etree._Element, what: str) -> int:
    """How many rows or columns in a row an element stands for."""
    return int(element.get(f"{TABLE}number-{what}-repeated", "1"))


def is_hidden(element: etree._Element) -> bool:
    """Whether a row or column is hidden, by hand or by a filter."""
    return element.get(f"{TABLE}visibility") in ("collapse", "filter")
