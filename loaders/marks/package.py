"""Package: the parts of an .xlsx or .xlsm and their relations; a part that is not touched keeps its bytes."""

from __future__ import annotations

import io
import posixpath
import zipfile

from lxml import etree

from loaders.formats.content import LIMITS, Limits, Unreadable, inflated, opened_zip

_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_USUAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_CONTENT_TYPES = "[Content_Types].xml"


def parsed(content: bytes) -> etree._Element:
    """The root of an XML part; raises Unreadable for broken XML. Nothing is expanded, fetched or followed."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("broken_file") from error


class Package:
    """A workbook's zip: parts are read when asked for, changed ones are kept until it is saved."""

    def __init__(self, data: bytes, limits: Limits = LIMITS) -> None:
        self._zip, self._limits = opened_zip(data), limits
        self._names = {name.lower(): name for name in self._zip.namelist()}
        self._trees: dict[str, etree._Element] = {}
        self._contents: dict[str, bytes] = {}

    def has(self, name: str) -> bool:
        return name.lower() in self._names or name in self._contents or name in self._trees

    def read(self, name: str) -> bytes:
        """The bytes of a part; raises Unreadable where it is missing, broken or inflates beyond the limit."""
        if name in self._contents:
            return self._contents[name]
        if name.lower() not in self._names:
            raise Unreadable("broken_file")
        return inflated(self._zip, self._zip.getinfo(self._names[name.lower()]), self._limits.part_bytes)

    def tree(self, name: str) -> etree._Element:
        """The root of a part that is going to be changed."""
        if name not in self._trees:
            self._trees[name] = parsed(self.read(name))
        return self._trees[name]

    def put(self, name: str, content: bytes | etree._Element) -> None:
        """Takes new bytes, or a new tree, for a part."""
        (self._contents if isinstance(content, bytes) else self._trees)[name] = content

    def add(self, pattern: str, content: bytes | etree._Element, content_type: str) -> str:
        """A new part under the first free name of the pattern (xl/comments{}.xml); returns its name."""
        name = next(name for number in range(1, 10**6) if not self.has(name := pattern.format(number)))
        self.put(name, content)
        types, ending = self.tree(self._actual(_CONTENT_TYPES)), name.rpartition(".")[2]
        if ending == "xml":
            etree.SubElement(types, f"{{{_TYPES}}}Override", PartName=f"/{name}", ContentType=content_type)
        elif not any(each.get("Extension", "").lower() == ending for each in types):
            default = etree.Element(f"{{{_TYPES}}}Default", Extension=ending, ContentType=content_type)
            types.insert(0, default)
        return name

    def related(self, source: str, kind: str) -> list[tuple[str, str]]:
        """Id and part name of what a part refers to by relations of a kind (comments, styles, worksheet)."""
        relations = self._relations(source)
        if not self.has(relations):
            return []
        folder = posixpath.dirname(source)
        root = self._trees[relations] if relations in self._trees else parsed(self.read(relations))
        return [
            (one.get("Id"), posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/"))
            for one in root.iter(f"{{{_RELATIONS}}}Relationship")
            if one.get("Type", "").endswith(f"/{kind}") and one.get("TargetMode") != "External"
        ]

    def relate(self, source: str, kind: str, target: str, strict: bool) -> str:
        """A new relation of a part to another; returns its id."""
        name = self._relations(source)
        if not self.has(name):
            self.put(name, etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap={None: _RELATIONS}))
        root = self.tree(self._actual(name))
        used = {one.get("Id") for one in root}
        new = next(each for number in range(1, 10**6) if (each := f"rId{number}") not in used)
        attributes = {"Id": new, "Type": f"{_STRICT if strict else _USUAL}/{kind}", "Target": f"/{target}"}
        etree.SubElement(root, f"{{{_RELATIONS}}}Relationship", attributes)
        return new

    def saved(self) -> bytes:
        """The zip: every part in its place, the changed and new ones with what they hold now."""
        trees = {
            name: etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)
            for name, root in self._trees.items()
        }
        changed = {name.lower(): (name, content) for name, content in {**self._contents, **trees}.items()}
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for entry in self._zip.infolist():
                _, content = changed.pop(entry.filename.lower(), (None, None))
                archive.writestr(entry, self.read(entry.filename) if content is None else content)
            for name, content in changed.values():
                archive.writestr(name, content)
        return buffer.getvalue()

    def _actual(self, name: str) -> str:
        return self._names.get(name.lower(), name)

    def _relations(self, source: str) -> str:
        folder, file = posixpath.split(source)
        return self._actual(posixpath.join(folder, "_rels", f"{file}.rels"))
