"""Files made to bring a reader down or to make it reach out: each ends in a sentence or in its rows, soon."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from hostile_files import (
    LAUGHS,
    MAIN,
    OUTSIDE,
    PACKAGE,
    RELATIONS,
    TABLE,
    compound,
    good,
    opendocument,
    row,
    workbook,
    zipped,
)
from literal_books import words

from loaders import load_workbooks
from loaders.formats.content import Limits, Unreadable, kind_of, zip_members
from loaders.formats.delimited import read_delimited
from loaders.formats.excel import read_excel
from loaders.process import ReadingProcess, reading_process
from readiness.messages import reason
from readiness.reference import load_reference

SECONDS = 20  # of a machine that does other things too; most take a hundredth of it
MERGES = "".join(f'<mergeCell ref="A{number}:B{number}"/>' for number in range(1, 200_003))
OVERLAPS = '<mergeCell ref="A1:XFD1048576"/>' * 100_000
QUADRATIC = f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "{"长" * 50_000}">]>'
XML2003 = ('<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table><Row><Cell><Data>{}</Data>'
           "</Cell></Row></Table></Worksheet></Workbook>")
WIDE = "<td colspan=1000 rowspan=1000>居民区</td>"


def nested(depth: int) -> bytes:
    content = good()
    for _turn in range(depth):
        content = zipped({"里面.xlsx": content})
    return content


def one_part_many_sheets() -> bytes:
    tabs = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="r1"/>' for n in range(1, 10_001))
    book = f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{tabs}</sheets></workbook>'
    return workbook(TABLE, **{"xl/workbook.xml": book})


def with_entities(head: str, content: str) -> bytes:
    office = "urn:oasis:names:tc:opendocument:xmlns"
    names = " ".join(f'xmlns:{name}="{office}:{name}:1.0"' for name in ("office", "table", "text"))
    line = f"<table:table-row><table:table-cell><text:p>{content}</text:p></table:table-cell></table:table-row>"
    whole = f"{head}<office:document-content {names}><table:table>{line}</table:table></office:document-content>"
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": whole})


# Each with what may be answered: the codes of refusals, None where it may be read.
ATTACKS: dict[str, tuple[Callable[[], bytes], set[str | None]]] = {
    "a zip in a zip": (lambda: nested(2), {"not_spreadsheet"}),
    "a zip in a zip in a zip": (lambda: nested(12), {"not_spreadsheet"}),
    "twenty thousand parts": (lambda: zipped({f"xl/{n}.xml": b"" for n in range(20_001)}), {"too_many_parts"}),
    "the same part in other letters": (
        lambda: workbook(TABLE, **{"XL/Worksheets/Sheet1.xml": "<a/>"}), {"suspicious"}),
    "ten thousand sheets of one part": (one_part_many_sheets, {"too_many_sheets"}),
    "two hundred thousand merged ranges": (
        lambda: workbook(TABLE, after=f"<mergeCells>{MERGES}</mergeCells>"), {"suspicious"}),
    "a hundred thousand times all of the sheet merged": (
        lambda: workbook(TABLE, after=f"<mergeCells>{OVERLAPS}</mergeCells>"), {None, "suspicious"}),
    "a list of a million empty texts": (lambda: workbook(TABLE, shared=f'<sst xmlns="{MAIN}">{"<si/>" * 10**6}</sst>'),
                                        {None, "suspicious"}),
    "a long entity many times": (lambda: workbook(row(1, "&a;" * 5000), before=QUADRATIC), {"broken_file"}),
    "entities in an ods": (lambda: with_entities(LAUGHS, "&a10;"), {None, "broken_file"}),
    "a file of the system in an ods": (lambda: with_entities(OUTSIDE, "&a;"), {None, "broken_file"}),
    "entities in the XML of 2003": (lambda: (LAUGHS + XML2003.format("&a10;")).encode(), {None, "broken_file"}),
    "a file of the system in the XML of 2003": (lambda: (OUTSIDE + XML2003.format("&a;")).encode(),
                                                {None, "broken_file"}),
    "a hundred thousand tags inside each other in an ods": (
        lambda: opendocument("<table:table>" * 10**5 + "</table:table>" * 10**5), {"broken_file"}),
    "cells of a web page over a million places each": (
        lambda: f"<table>{f'<tr>{WIDE * 16}</tr>' * 20}</table>".encode(), {None, "too_many_cells"}),
    "web archives inside each other": (
        lambda: b"".join(b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n)
                         for n in range(5000)), {"broken_file", "not_spreadsheet"}),
    "four million cells of text": (lambda: b"," * 4_000_000, {"too_many_cells"}),
    "one line without an end": (lambda: b'"' + "居民区".encode() * 10**6, {None}),
    "entities in the lock of a book": (lambda: compound(
        ("EncryptionInfo", b"\4\0\4\0\x40\0\0\0" + LAUGHS.encode() + b"<w>&a10;</w>"), ("EncryptedPackage", b"x")),
        {"unknown_lock"}),
    "a folder that holds itself": (lambda: looped(compound(("Workbook", b"x"))), {None}),
}


def looped(content: bytes) -> bytes:
    """An OLE file whose only stream names itself as its neighbour."""
    at = content.index("Workbook".encode("utf-16-le")) + 68
    return content[:at] + (1).to_bytes(4, "little") * 2 + content[at + 8 :]


@pytest.fixture(scope="module")
def process() -> Iterator[ReadingProcess]:
    with reading_process(words()) as started:
        yield started


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_ends_in_a_sentence_or_in_its_rows_soon(process: ReadingProcess, name: str):
    make, allowed = ATTACKS[name]
    content, begin = make(), time.monotonic()
    batch = process.read("攻击.xlsx", content)
    assert time.monotonic() - begin < SECONDS
    assert (batch.error.code if batch.error else None) in allowed
    assert "root:" not in str(batch.tables)
    if batch.error:
        assert reason(batch.error).endswith("。")
    again = process.read("好.xlsx", good())
    assert (again.error, again.record_count) == (None, 1)


def test_a_zip_is_not_opened_further_than_once():
    batch, = load_workbooks([("一批.zip", zipped({"里面.xlsx": nested(1)}))], load_reference())
    assert batch.error.code == "not_spreadsheet"
    batch, = load_workbooks([("一批.zip", zipped({"里面.zip": nested(1)}))], load_reference())
    assert batch.error.code == "zip_without_spreadsheet"


# Limits, each with a small one in its place

@pytest.mark.parametrize(("limits", "code"), [
    (Limits(file_bytes=100), "too_big"), (Limits(inflated_bytes=1000), "suspicious"),
    (Limits(entries=3), "too_many_parts"), (Limits(ratio=1, ratio_above=0), "suspicious"),
    (Limits(sheets=0), "too_many_sheets")])
def test_a_package_beyond_a_limit_is_refused_before_it_is_parsed(limits: Limits, code: str):
    with pytest.raises(Unreadable, match=code):
        kind_of(good(), limits)


@pytest.mark.parametrize(("limits", "code"), [
    (Limits(part_bytes=100), "too_big"), (Limits(grid=3), "too_many_cells"), (Limits(merges=0), "suspicious")])
def test_a_sheet_beyond_a_limit_is_refused(limits: Limits, code: str):
    merged = workbook(TABLE, after='<mergeCells><mergeCell ref="A1:B1"/></mergeCells>')
    with pytest.raises(Unreadable, match=code):
        read_excel(merged, "xlsx", limits)


def test_all_sheets_of_a_book_together_keep_the_limit():
    content = workbook(TABLE, sheets=3)
    assert len(read_excel(content, "xlsx", Limits(grid=18))) == 3
    with pytest.raises(Unreadable, match="too_many_cells"):
        read_excel(content, "xlsx", Limits(grid=17))


def test_members_of_a_zip_share_one_limit():
    content = zipped({"甲.csv": "居" * 100, "乙.csv": "居" * 100})
    assert len(list(zip_members("一批.zip", content, Limits(inflated_bytes=600)))) == 2
    with pytest.raises(Unreadable, match="too_big"):
        list(zip_members("一批.zip", content, Limits(inflated_bytes=599)))
    with pytest.raises(Unreadable, match="too_many_members"):
        list(zip_members("一批.zip", content, Limits(members=1)))


def test_a_text_beyond_the_limit_is_refused():
    with pytest.raises(Unreadable, match="too_many_cells"):
        read_delimited(b"1,2,3\n4,5,6\n", Limits(cells=5))


# Nothing is fetched, followed or run

@pytest.fixture
def listener() -> Iterator[tuple[int, list[object]]]:
    """A port of this machine, and who called it."""
    calls: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        done = threading.Event()

        def wait() -> None:
            while not done.is_set():
                try:
                    calls.append(server.accept())
                except TimeoutError:
                    continue

        thread = threading.Thread(target=wait)
        thread.start()
        yield server.getsockname()[1], calls
        done.set()
        thread.join()


def linked(address: str) -> bytes:
    """A workbook with links to an address in every place that may hold one, a DDE formula and macros."""
    link = f'<Relationship Id="r9" Type="{RELATIONS}/%s" Target="{address}/%s" TargetMode="External"/>'
    names = ("hyperlink", "image", "externalLinkPath", "oleObject", "worksheet")
    kinds = "".join(link % (name, name) for name in names)
    outside = f'<?xml version="1.0"?><!DOCTYPE w SYSTEM "{address}/w.dtd" [<!ENTITY % p SYSTEM "{address}/p">]>'
    formulas = '<c r="D2" t="str"><f>cmd|\'/c calc\'!A1</f><v>x</v></c>' \
               f'<c r="E2" t="str"><f>WEBSERVICE("{address}")</f><v>x</v></c>'
    return workbook(TABLE.replace("</row>", f"{formulas}</row>", 2).replace(f"{formulas}</row>", "</row>", 1), **{
        "xl/worksheets/_rels/sheet1.xml.rels":
            f'<Relationships xmlns="{PACKAGE}/relationships">{kinds}</Relationships>',
        "xl/externalLinks/externalLink1.xml": f'{outside}<externalLink xmlns="{MAIN}"/>',
        "xl/drawings/drawing1.xml": f"{outside}<a/>", "xl/vbaProject.bin": "macros"})


@pytest.mark.parametrize("kind", ["workbook", "web page", "web archive", "ods", "XML of 2003"])
def test_no_address_in_a_file_is_called(process: ReadingProcess, listener: tuple[int, list[object]], kind: str):
    port, calls = listener
    address = f"http://127.0.0.1:{port}"
    dtd = f'<?xml version="1.0"?><!DOCTYPE w SYSTEM "{address}/w.dtd">'
    page = (f'<html><link href="{address}/s.css"><base href="{address}"><table background="{address}/b.png"><tr>'
            f'<td>居民区<td>结果<tr><td>广水<td><img src="{address}/i.png">√</table><script src="{address}/s.js">'
            "</script></html>")
    content = {"workbook": lambda: linked(address), "web page": page.encode,
               "ods": lambda: with_entities(dtd, "居民区"),
               "web archive": f"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n{page}".encode,
               "XML of 2003": (dtd + XML2003.format("居民区")).encode}[kind]()
    batch = process.read("外链.xlsx", content)
    time.sleep(0.3)
    assert batch.error is None
    assert calls == []


def test_the_reading_of_links_leaves_the_rows_alone(process: ReadingProcess):
    batch = process.read("外链.xlsx", linked("http://127.0.0.1:9"))
    assert [record["row"] for table in batch.tables for record in table.records] == [2]
