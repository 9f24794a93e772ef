"""The pictures that a book of any format holds: where they lie, what formulas call them, and their bytes."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import olefile

from loaders.formats.biff_pictures import biff_pictures, biff_places
from loaders.formats.biff_records import BROKEN
from loaders.formats.content import OLE_MAGIC, Unreadable
from loaders.formats.opendocument_pictures import opendocument_pictures
from loaders.formats.opendocument_tree import CONTENT
from loaders.formats.package import Package
from loaders.formats.pictures import formula_parts, picture_parts

_OF_WPS = "ETCellImageData"  # the package of pictures inside an .et or .xls book

Cell = tuple[int, int]  # row and column from 0


@dataclass(frozen=True)
class Held:
    """lying: sheet name -> cell -> names of pictures; named: what a formula says -> name of the picture.

    part: name of a picture and the most bytes that it may have -> its bytes, b"" for one that the book does not hold.
    """

    lying: Mapping[str, Mapping[Cell, list[str]]] = field(default_factory=dict)
    named: Mapping[str, str] = field(default_factory=dict)
    part: Callable[[str, int], bytes] = lambda name, limit: b""


def held_pictures(data: bytes) -> Held:
    """The pictures of a book; none for what is no book or a broken one."""
    return _in_records(data) if data.startswith(OLE_MAGIC) else _in_package(data)


def _in_package(data: bytes) -> Held:
    try:
        package = Package(data)
    except Unreadable:
        return Held()
    if CONTENT in package.names:
        return Held(opendocument_pictures(package), part=package.part)
    return Held(picture_parts(package), formula_parts(package), package.part)


def _in_records(data: bytes) -> Held:
    """Those that lie on a sheet are in its records, those that formulas call in a package that WPS puts beside them."""
    photos, called = biff_pictures(data), _in_package(_put_in_by_wps(data))

    def part(name: str, limit: int) -> bytes:
        return photos[name] if name in photos else called.part(name, limit)

    return Held(biff_places(data), called.named, part)


def _put_in_by_wps(data: bytes) -> bytes:
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            return ole.openstream(_OF_WPS).read()
    except BROKEN:
        return b""
