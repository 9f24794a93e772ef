"""Books locked with a password: opened with the one given, or with the one that Excel itself tries unasked."""

from __future__ import annotations

import io
import struct
from xml.parsers.expat import ExpatError

import olefile

from loaders.formats.content import OLE_MAGIC, Unreadable

_UNASKED = "VelvetSweatshop"  # Excel locks a book that is only marked as final with it, and opens it without asking
_BROKEN = (OSError, ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError, struct.error,
           ExpatError)
_FILE_PASSWORD, _END_OF_PART = 0x2F, 0x0A


def unlocked(data: bytes, password: str | None = None) -> bytes:
    """The bytes as they were before they were locked; those of any other file as they are.

    Raises Unreadable: need_password without a password, wrong_password, unknown_lock for ways of locking not known.
    """
    if not data.startswith(OLE_MAGIC) or not is_locked(data):
        return data
    from msoffcrypto import OfficeFile  # only for the rare book that is locked: it costs memory and time
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

    try:
        for key in [_UNASKED, *([password] if password else [])]:
            book, opened = OfficeFile(io.BytesIO(data)), io.BytesIO()
            try:
                book.load_key(password=key, **({"verify_password": True} if book.format == "ooxml" else {}))
            except InvalidKeyError:
                continue
            book.decrypt(opened)
            return opened.getvalue()
    except (*_BROKEN, DecryptionError, FileFormatError, ParseError) as error:
        raise Unreadable("unknown_lock") from error
    raise Unreadable("wrong_password" if password else "need_password")


def is_locked(data: bytes) -> bool:
    """Whether an OLE file holds an encrypted package or a workbook with a password; False for a broken one."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            if ole.exists("EncryptedPackage"):
                return True
            stream = next((name for name in ("Workbook", "Book") if ole.exists(name)), None)
            return stream is not None and _has_file_password(ole.openstream(stream).read(4096))
    except _BROKEN:
        return False


def _has_file_password(head: bytes) -> bool:
    position = 0
    while position + 4 <= len(head):
        record, size = struct.unpack_from("<HH", head, position)
        if record in (_FILE_PASSWORD, _END_OF_PART):
            return record == _FILE_PASSWORD
        position += 4 + size
    return False
