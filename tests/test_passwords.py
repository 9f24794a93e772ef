"""Locked books: what opens them, what is said, and that a password is kept nowhere."""

from __future__ import annotations

import hashlib
import io
import logging
from pathlib import Path

import pytest
from batches import LI
from hostile_files import OLE, compound, zipped
from literal_books import Sheet, book
from msoffcrypto.format.ooxml import OOXMLFile
from streamlit.testing.v1 import AppTest

from loaders import load_workbooks
from loaders.formats.content import Unreadable
from loaders.formats.locked import unlocked
from readiness.messages import FILE_SENTENCES
from readiness.model import Batch
from readiness.reference import load_reference

ROOT = Path(__file__).resolve().parent.parent
BOOKS = ROOT / "tests" / "books"
PASSWORD = "创文2021"
PLAIN = book({"检查": Sheet("居民区|点位|测评内容|结果\n广水|广水小区|无小广告、乱涂写|√")})


def locked(password: str) -> bytes:
    content = io.BytesIO()
    OOXMLFile(io.BytesIO(PLAIN)).encrypt(password, content)
    return content.getvalue()


def read(content: bytes, password: str | None = None, file: str = "检查.xlsx") -> Batch:
    passwords = {hashlib.sha256(content).hexdigest(): password} if password else None
    batch, = load_workbooks([(file, content)], load_reference(), passwords=passwords)
    return batch


def code(batch: Batch) -> str | None:
    return batch.error.code if batch.error else None


def test_a_locked_package_asks_refuses_and_opens():
    content = locked(PASSWORD)
    assert [code(read(content)), code(read(content, "创文2022"))] == ["need_password", "wrong_password"]
    batch = read(content, PASSWORD)
    assert (code(batch), batch.record_count) == (None, 1)
    assert (batch.content, batch.sha256) == (PLAIN, hashlib.sha256(PLAIN).hexdigest())


def test_a_locked_old_workbook_asks_refuses_and_opens():
    content = (BOOKS / "加密.xls").read_bytes()
    assert [code(read(content)), code(read(content, "123"))] == ["need_password", "wrong_password"]
    batch = read(content, PASSWORD, "检查.xls")
    assert (code(batch), batch.record_count) == (None, 3)
    assert [table.records for table in batch.tables] == [
        table.records for table in read((BOOKS / "检查.xls").read_bytes()).tables]


def test_the_password_that_excel_tries_unasked_is_tried_unasked():
    content = locked("VelvetSweatshop")
    batch = read(content)
    assert (code(batch), batch.record_count, batch.content) == (None, 1, content)


def test_a_lock_that_nobody_here_opens_says_so():
    assert code(read((BOOKS / "加密.ods").read_bytes())) == "locked_opendocument"
    strange = compound(("EncryptionInfo", b"\x09\x00\x09\x00" + bytes(60)), ("EncryptedPackage", bytes(4096)))
    assert code(read(strange)) == "unknown_lock"


def test_a_locked_zip_says_so():
    content = bytearray(zipped({"检查.csv": "居民区,测评内容,结果\n广水,无小广告,√\n"}))
    for at in (6, content.rindex(b"PK\x01\x02") + 8):
        content[at] |= 1
    assert code(read(bytes(content), file="检查.zip")) == "locked_zip"


@pytest.mark.parametrize("name", ["need_password", "wrong_password", "unknown_lock", "locked_zip",
                                  "locked_opendocument"])
def test_each_has_a_sentence_that_says_what_to_do(name):
    assert "密码" in FILE_SENTENCES[name] and "请" in FILE_SENTENCES[name]


@pytest.mark.parametrize("content", [OLE + bytes(600), compound(("EncryptionInfo", b"\x04\x00\x04\x00\x40\0\0\0<a"),
                                                                ("EncryptedPackage", bytes(4096)))])
def test_a_broken_lock_is_no_exception_but_a_refusal(content):
    assert code(read(content, "x")) in ("broken_file", "unknown_lock")


def test_only_what_is_locked_is_touched():
    assert unlocked(PLAIN, "x") is PLAIN
    with pytest.raises(Unreadable, match="wrong_password"):
        unlocked(locked("甲"), "乙")


# On the screen

@pytest.fixture
def app(tmp_path, monkeypatch) -> AppTest:
    monkeypatch.setenv("READINESS_DATABASE_URL", f"sqlite:///{(tmp_path / 'locked.sqlite').as_posix()}")
    started = AppTest.from_file(ROOT / "dashboard.py", default_timeout=60)
    started.session_state["user"] = LI
    started = started.switch_page("pages/office/intake.py").run()
    uploader = next(iter(started.get("file_uploader")))
    return uploader.set_value([("检查.xlsx", locked(PASSWORD), "application/octet-stream")]).run()


def said(app: AppTest) -> str:
    return "\n".join(each.proto.body for each in app.get("html"))


def tried(app: AppTest, password: str) -> AppTest:
    app.text_input(key="typed-0").set_value(password)
    return next(button for button in app.button if button.label == "打开").click().run()


def test_the_preview_asks_says_that_it_was_wrong_opens_and_forgets(app, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    assert "检查.xlsx：文件加了打开密码。输入密码就能读；密码只用这一次，不保存。" in said(app)
    assert "1 个文件，1 个还读不了，0 条记录，0 处问题" in said(app)
    assert app.button(key="commit").label == "没有可提交的"
    app = tried(app, "猜一个")
    assert "检查.xlsx：" + FILE_SENTENCES["wrong_password"] in said(app)
    app = tried(app, PASSWORD)
    assert not app.exception
    assert "1 条记录，没有问题" in said(app)
    assert [field.key for field in app.text_input if field.key == "typed-0"] == []
    app.button(key="commit").click().run()
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir()) + caplog.text.encode()
    assert "广水小区".encode() in kept
    for word in (PASSWORD, "猜一个"):
        assert word.encode() not in kept
        assert word not in repr(app.session_state)
