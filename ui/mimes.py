"""What a browser must know of the files that leave the dashboard: their media types by their endings."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_OFFICE = "application/vnd.openxmlformats-officedocument"
MIMES: Mapping[str, str] = MappingProxyType({
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet", "docx": f"{_OFFICE}.wordprocessingml.document",
    "pptx": f"{_OFFICE}.presentationml.presentation", "zip": "application/zip"})
