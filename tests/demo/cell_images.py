"""Photos as WPS keeps them: a cell says =DISPIMG(name), a part of its own has the pictures by their names."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path

PART, TYPE = "xl/cellimages.xml", "application/vnd.wps-officedocument.cellimage+xml"
RELATION = "http://www.wps.cn/officeDocument/2020/cellImage"
OFFICE = "http://schemas.openxmlformats.org"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMESPACES = (f'xmlns:xdr="{OFFICE}/drawingml/2006/spreadsheetDrawing" xmlns:a="{OFFICE}/drawingml/2006/main" '
              f'xmlns:r="{OFFICE}/officeDocument/2006/relationships" '
              'xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"')
ONE = ('<etc:cellImage><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="{number}" name="{name}" descr="示例"/><xdr:cNvPicPr/>'
       '</xdr:nvPicPr><xdr:blipFill><a:blip r:embed="rId{number}"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill>'
       '<xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="2286000" cy="1714500"/></a:xfrm>'
       '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic></etc:cellImage>')


def name_of(content: bytes) -> str:
    """The name by which a formula calls the picture."""
    return f"ID_{blake2b(content, digest_size=16).hexdigest().upper()}"


def formula(content: bytes) -> tuple[str, str]:
    """The formula of a cell that shows the picture, and the text that stands as its value."""
    call = f'DISPIMG("{name_of(content)}",1)'
    return f"=_xlfn.{call}", f"={call}"


def put_in(path: Path, contents: list[bytes]) -> None:
    """Adds the part with these pictures to a finished book."""
    pictures = {name_of(content): content for content in contents}
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"</Types>", f'<Default Extension="jpeg" ContentType="image/jpeg"/>'
                     f'<Override PartName="/{PART}" ContentType="{TYPE}"/></Types>'.encode())
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        f'<Relationship Id="rIdPhotos" Type="{RELATION}" Target="cellimages.xml"/></Relationships>'.encode())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in {**parts, **_parts(pictures)}.items():
            book.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)


def _parts(pictures: Mapping[str, bytes]) -> dict[str, bytes]:
    numbered = list(enumerate(pictures.items(), start=1))
    listed = "".join(ONE.format(number=number, name=name) for number, (name, _) in numbered)
    related = "".join(f'<Relationship Id="rId{number}" Type="{OFFICE}/officeDocument/2006/relationships/image" '
                      f'Target="media/photo{number}.jpeg"/>' for number, _ in numbered)
    relations = f'<Relationships xmlns="{OFFICE}/package/2006/relationships">{related}</Relationships>'
    return {PART: f"{XML}<etc:cellImages {NAMESPACES}>{listed}</etc:cellImages>".encode(),
            "xl/_rels/cellimages.xml.rels": f"{XML}{relations}".encode(),
            **{f"xl/media/photo{number}.jpeg": content for number, (_, content) in numbered}}
