"""Bytes to grids: the reader of each kind of file; whatever one of them trips over in a file is a broken file."""

from __future__ import annotations

import csv
from functools import partial

from loaders.formats.content import Unreadable, kind_of
from loaders.formats.delimited import read_delimited
from loaders.formats.excel import read_binary_excel, read_excel
from loaders.formats.locked import unlocked
from loaders.formats.markup import read_html, read_mhtml, read_spreadsheetml
from loaders.formats.opendocument import read_opendocument
from loaders.grid import Sheet

_READERS = {
    "xlsx": partial(read_excel, kind="xlsx"),
    "xls": partial(read_excel, kind="xls"),
    "xlsb": read_binary_excel,
    "ods": read_opendocument,
    "csv": read_delimited,
    "html": read_html,
    "mhtml": read_mhtml,
    "xml2003": read_spreadsheetml,
}
_TRIPPED = (ValueError, LookupError, ArithmeticError, RecursionError, csv.Error)  # over numbers, names and nesting


def read_sheets(data: bytes) -> list[Sheet]:
    """The grids of a file; raises Unreadable."""
    data = unlocked(data)
    kind = kind_of(data)
    if kind == "zip":
        raise Unreadable("not_spreadsheet", actual="压缩包")
    try:
        return _READERS[kind](data)
    except BaseException as error:
        if isinstance(error, _TRIPPED) or type(error).__name__ == "PanicException":  # calamine's, which is no Exception
            raise Unreadable("broken_file") from error
        raise
