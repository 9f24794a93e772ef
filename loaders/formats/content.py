"""Formats: what the bytes are, whatever the file's name says, and the limits they must keep."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

import olefile

from readiness.model import Problem

MIB = 1 << 20
ZIP_MAGIC = b"PK"
OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
SPREADSHEET_ENDINGS = (".xlsx", ".xlsm", ".xltx", ".xls", ".et", ".ods", ".csv", ".tsv", ".htm",
                       ".html", ".mht", ".mhtml", ".xlsb", ".xml")
NO_SPREADSHEET = {
    b"%PDF": "PDF",
    b"\xff\xd8\xff": "图片",
    b"\x89PNG": "图片",
    b"GIF8": "图片",
    b"Rar!": "RAR 压缩包",
    b"7z\xbc\xaf": "7z 压缩包",
    b"\x1f\x8b": "压缩包",
    b"MZ": "程序",
    b"\x7fELF": "程序",
    b"{\\rtf": "文档",
    b"BM": "图片",
}


@dataclass(frozen=True)
class Limits:
    """What one file may hold at most; bytes, and counts of parts, sheets and cells."""

    file_bytes: int = 100 * MIB
    inflated_bytes: int = 800 * MIB
    part_bytes: int = 300 * MIB
    ratio: int = 200
    ratio_above: int = 20 * MIB
    entries: int = 20_000
    sheets: int = 300
    cells: int = 3_000_000
    grid: int = 20_000_000
    merges: int = 200_000
    members: int = 500


LIMITS = Limits()


class Unreadable(Exception):
    """A file that is not read: carries the problem that says why."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.problem = Problem(code, facts=facts)


def kind_of(data: bytes, limits: Limits = LIMITS) -> str:
    """xlsx, xls, xlsb, ods, html, mhtml, csv, xml2003 or zip, by content.

    Raises Unreadable for others and beyond the limits.
    """
    if not data.strip(b"\0 \r\n\t"):
        raise Unreadable("empty_file")
    if len(data) > limits.file_bytes:
        raise Unreadable("too_big", actual=f"{len(data) // MIB} MB", limit=f"{limits.file_bytes // MIB} MB")
    if data.startswith(OLE_MAGIC):
        return _kind_of_ole(data)
    if data.startswith(ZIP_MAGIC):
        return _kind_of_zip(data, limits)
    return _kind_of_text(data)


def zip_members(name: str, data: bytes, limits: Limits = LIMITS) -> Iterator[tuple[str, bytes]]:
    """The spreadsheets of a zip as ("zip/member", bytes); raises Unreadable when there are none or too much."""
    with opened_zip(data) as archive:
        wanted = [entry for entry in archive.infolist() if _is_spreadsheet(_member_name(entry))]
        if not wanted:
            raise Unreadable("zip_without_spreadsheet")
        if len(wanted) > limits.members:
            raise Unreadable("too_many_members", actual=len(wanted), limit=limits.members)
        budget = limits.inflated_bytes
        for entry in wanted:
            content = inflated(archive, entry, min(budget, limits.file_bytes))
            budget -= len(content)
            yield f"{name}/{_member_name(entry)}", content


def is_zip_of_books(data: bytes) -> bool:
    """Whether the bytes are a zip of files rather than a spreadsheet or another package."""
    if not data.startswith(ZIP_MAGIC):
        return False
    try:
        return _kind_of_zip(data, LIMITS) == "zip"
    except Unreadable:
        return False


def part(data: bytes, name: str, limits: Limits = LIMITS) -> bytes:
    """One part of a package, b"" when it is missing; raises Unreadable when it inflates beyond the limit."""
    with opened_zip(data) as archive:
        entry = next((entry for entry in archive.infolist() if entry.filename.lower() == name.lower()), None)
        return inflated(archive, entry, limits.part_bytes) if entry else b""


def _kind_of_ole(data: bytes) -> str:
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            if not {entry[-1].lower() for entry in ole.listdir()} & {"workbook", "book"}:
                raise Unreadable("not_spreadsheet", actual="Word 或其他 Office 文件")
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise Unreadable("broken_file") from error
    return "xls"


def _kind_of_zip(data: bytes, limits: Limits) -> str:
    with opened_zip(data) as archive:
        entries = archive.infolist()
        names = [entry.filename.lower() for entry in entries]
        _check_package(entries, names, limits)
        if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
            return "xlsx" if "xl/workbook.xml" in names else "xlsb"
        if "content.xml" in names and "mimetype" in names:
            mimetype = inflated(archive, entries[names.index("mimetype")], 1024).decode("ascii", "replace")
            if "spreadsheet" not in mimetype:
                raise Unreadable("not_spreadsheet", actual="OpenDocument 文档")
            return "ods"
        if "[content_types].xml" in names:
            if any(name.startswith("xl/") and name.endswith("workbook.xml") for name in names):
                return "xlsx"
            if any(name.startswith(("word/", "ppt/")) for name in names):
                raise Unreadable("not_spreadsheet", actual="Word 或 PPT 文档")
            raise Unreadable("broken_file")
    return "zip"


def _check_package(entries: list[zipfile.ZipInfo], names: list[str], limits: Limits) -> None:
    if len(entries) > limits.entries:
        raise Unreadable("too_many_parts", actual=len(entries), limit=limits.entries)
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > limits.inflated_bytes:
        raise Unreadable("suspicious", what=f"解压后有 {unpacked // MIB} MB")
    if unpacked > limits.ratio_above and unpacked > limits.ratio * max(packed, 1):
        raise Unreadable("suspicious", what="压缩比异常")
    if len(set(names)) != len(names) and "[content_types].xml" in names:
        raise Unreadable("suspicious", what="有重名的部件")
    if sum(name.startswith("xl/worksheets/") and name.endswith(".xml") for name in names) > limits.sheets:
        raise Unreadable("too_many_sheets", limit=limits.sheets)


def _kind_of_text(data: bytes) -> str:
    for magic, what in NO_SPREADSHEET.items():
        if data.startswith(magic):
            raise Unreadable("not_spreadsheet", actual=what)
    head = data[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").lower()  # UTF-16 as ASCII too
    if head.startswith(b"mime-version:") or re.search(rb"^content-type:\s*multipart/related", head, re.MULTILINE):
        return "mhtml"
    if head.startswith(b"<") or re.search(rb"<(html|table|!doctype html)", head):
        if b"urn:schemas-microsoft-com:office:spreadsheet" in head and b"<html" not in head:
            return "xml2003"
        if b"<table" in data.replace(b"\0", b"").lower() or b"<html" in head:
            return "html"
        raise Unreadable("not_spreadsheet", actual="XML 文本")
    return "csv"


def opened_zip(data: bytes) -> zipfile.ZipFile:
    """The zip; raises Unreadable when it is broken."""
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
        raise Unreadable("broken_file") from error


def inflated(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int) -> bytes:
    """A member's content; raises Unreadable when it is broken, locked or longer than the limit, whatever it claims."""
    if entry.flag_bits & 1:
        raise Unreadable("locked_zip")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):  # others cannot be read a piece at a time
        raise Unreadable("broken_file")
    try:
        with archive.open(entry) as stream:
            content = stream.read(limit + 1)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, RuntimeError, zlib.error) as error:
        raise Unreadable("broken_file") from error
    if len(content) > limit:
        raise Unreadable("too_big", actual=f"超过 {limit // MIB} MB", limit=f"{limit // MIB} MB")
    return content


def _member_name(entry: zipfile.ZipInfo) -> str:
    """A member's name: without the mark of UTF-8 it is that all the same (macOS) or GBK (Windows)."""
    for encoding in () if entry.flag_bits & 0x800 else ("utf-8", "gb18030"):
        try:
            return entry.filename.encode("cp437").decode(encoding)
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
    return entry.filename


def _is_spreadsheet(name: str) -> bool:
    path = PurePosixPath(name)
    hidden = path.name.startswith(("~$", ".")) or "__MACOSX" in path.parts
    return not hidden and path.suffix.lower() in SPREADSHEET_ENDINGS
