"""The files that a report becomes: by their names on the command line, and by their endings on a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from reports.brief import brief
from reports.content import Report
from reports.deck import deck
from reports.summary import summary

Write = Callable[[Report], bytes]
BY_NAME: Mapping[str, Write] = MappingProxyType({"deck": deck, "brief": brief, "summary": summary})
BY_ENDING: Mapping[str, Write] = MappingProxyType({"pptx": deck, "docx": brief, "xlsx": summary})
