"""Writes: uploads committed, undone, demonstration books loaded and removed; and the history of it all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from readiness.answers import Answers
from readiness.language import _, n_
from readiness.model import Batch, ReadinessError
from readiness.people import User
from readiness.reference import DATA, Reference, demo_decisions
from store import UNCHANGED, remove_demo, save_upload, tell_demo, undo_upload
from ui.reads import database_url, engine
from ui.words import local_minute

DEMO = DATA / "demo"
ZONE = "Asia/Shanghai"
Reader = Callable[..., Iterator[Batch]]  # loaders.load_workbooks


def read_files(files: list[tuple[str, bytes]], reference: Reference, load_workbooks: Reader,
               answers: Answers | None = None) -> list[Batch]:
    """What the files say, read one after the other under a progress bar; a zip gives several batches."""
    return list(reading(files, reference, load_workbooks, answers, st.empty()))


def reading(files: list[tuple[str, bytes]], reference: Reference, load_workbooks: Reader, answers: Answers | None,
            bar: DeltaGenerator | None) -> Iterator[Batch]:
    """What the files say, each as soon as it is read; a bar in that place, where one is given, says how far it is."""
    if bar and files:
        bar.progress(0.0, text=n_("正在读取 {n} 个文件", len(files)))
    for count, batch in enumerate(load_workbooks(files, reference, answers) if files else (), 1):
        yield batch
        if bar:
            bar.progress(min(count / len(files), 1.0), text=n_("已读 {n} 个：{file}", count, file=batch.file))
    if bar and files:
        bar.empty()


def commit(batches: list[Batch], user: User) -> list[tuple[str, str]]:
    """Saves the batches, each in its own transaction: (how it went, sentence) for each, in order.

    How it went: success, info (the same book was in already) or error (refused, and why).
    """
    return [_saved(batch, user) for batch in batches]


def _saved(batch: Batch, user: User) -> tuple[str, str]:
    try:
        saved = save_upload(engine(database_url()), batch, user, datetime.now(UTC))
    except ReadinessError as refusal:
        return "error", str(refusal)
    if saved.status == UNCHANGED:
        return "info", _("“{file}”和已有的上报 {upload} 内容相同，没有重复计入。").format(
            file=batch.file, upload=saved.upload_id)
    left = [n_("{n} 行有问题未计入", saved.rejected)] if saved.rejected else []
    counted = _("，").join([n_("{n} 条记录", saved.records), *left])
    return "success", _("“{file}”已提交：{counted}。").format(file=batch.file, counted=counted)


def undo(upload_id: str, file: str, user: User) -> tuple[str, str]:
    """Takes an upload out again: (how it went, sentence), as commit."""
    try:
        undo_upload(engine(database_url()), upload_id, user, datetime.now(UTC))
    except ReadinessError as refusal:
        return "error", str(refusal)
    return "success", _("已撤销 {upload}“{file}”，就像没有上报过；同一文件可以再次上报。").format(
        upload=upload_id, file=file)


def remove_demonstration(user: User) -> int:
    """Takes all demonstration books out; returns how many they were."""
    return len(remove_demo(engine(database_url()), user, datetime.now(UTC)))


def demo_files(folder: Path = DEMO) -> list[tuple[str, bytes]]:
    """The shipped demonstration books. Raises ReadinessError where there are none."""
    paths = [path for path in sorted(folder.glob("*.*")) if not path.name.startswith((".", "~"))]
    files = [(path.name, path.read_bytes()) for path in paths]
    if not files:
        raise ReadinessError(_("没有找到示例数据：data/demo/ 里没有工作簿，请重新下载完整的程序。"))
    return files


def load_demonstration(reference: Reference, load_workbooks: Reader, user: User) -> None:
    """Reads and commits all demonstration books and what its meetings decided.

    Raises ReadinessError for the first book that is refused.
    """
    outcome = commit(read_files(demo_files(), reference, load_workbooks), user)
    refused = [sentence for how, sentence in outcome if how == "error"]
    if refused:
        raise ReadinessError(refused[0])
    tell_demo(engine(database_url()), demo_decisions(reference), user, datetime.now(UTC))


def history_rows(uploads: pd.DataFrame, zone: str = ZONE) -> pd.DataFrame:
    """The uploads as the screen lists them, newest first: upload_id, file, when, who, records, rejected, state.

    uploads: Snapshot.uploads.
    """
    undone = uploads["undone_at"]
    gone = local_minute(undone, zone).map(lambda minute: _("已撤销（{minute}）").format(minute=minute))
    return pd.DataFrame({
        "upload_id": uploads["upload_id"], "file": uploads["file"], "when": local_minute(uploads["uploaded_at"], zone),
        "who": uploads["uploaded_by"], "records": uploads["records"],
        "rejected": uploads["rejected"], "demo": uploads["demo"].map({True: _("示例"), False: ""}),
        "state": gone.where(undone.notna(), _("有效")),
    }).iloc[::-1].reset_index(drop=True)
