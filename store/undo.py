"""Undo: an upload taken out as if it had never come, recorded in the journal; nothing is deleted."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
from sqlalchemy import Connection, Engine, exists, select, union

from readiness.language import _, n_
from readiness.model import ReadinessError
from readiness.people import User, refuse_change
from readiness.thread_keys import with_threads
from store.connection import writing
from store.journal import counts, record_change
from store.schema import FACTS, UNDO, changes, tables, uploads
from store.snapshots import ledger_rows, standing_steps
from store.steps import withdraw
from store.uploads import unknown_upload


def undo_upload(engine: Engine, upload_id: str, user: User, at: datetime) -> None:
    """Takes an upload and all of its facts out; its bytes may come again.

    Raises ReadinessError when the upload is unknown, undone already or not the user's to change and, with the list,
    while steps taken on screen hang on threads that it alone knows.
    """
    with writing(engine) as connection:
        _refuse_undone(connection, upload_id)
        refuse_change(user, _areas_of(connection, upload_id))
        orphans = _orphaned_steps(connection, [upload_id])
        if len(orphans):
            raise ReadinessError(_hanging(orphans))
        record_change(connection, user, at, UNDO, upload_id)


def remove_demo(engine: Engine, user: User, at: datetime) -> list[str]:
    """Undoes all demonstration books that count and withdraws the steps on threads that they alone know.

    Returns the ids of the uploads that it took out, in one transaction; none when there are no such books.
    """
    refuse_change(user, None)
    with writing(engine) as connection:
        query = select(uploads.c.id).where(uploads.c.demo, counts()).order_by(uploads.c.id)
        upload_ids = list(connection.scalars(query))
        orphans = _orphaned_steps(connection, upload_ids)
        withdraw(connection, orphans["step_id"].drop_duplicates().tolist(), user, at)
        for upload_id in upload_ids:
            record_change(connection, user, at, UNDO, upload_id)
    return upload_ids


def _areas_of(connection: Connection, upload_id: str) -> set[str]:
    """The areas that an upload's facts speak of."""
    found = (select(facts.c.area_code).join(tables, tables.c.id == facts.c.table_id)
             .where(tables.c.upload_id == upload_id) for facts in FACTS.values())
    return set(connection.scalars(union(*found)))


def _refuse_undone(connection: Connection, upload_id: str) -> None:
    if not connection.scalar(select(exists().where(uploads.c.id == upload_id))):
        raise ReadinessError(unknown_upload(upload_id))
    if connection.scalar(select(exists().where(changes.c.upload_id == upload_id, changes.c.action == UNDO))):
        raise ReadinessError(_("编号为“{upload}”的上传已经撤销过了。").format(upload=upload_id))


def _orphaned_steps(connection: Connection, upload_ids: list[str]) -> pd.DataFrame:
    """Standing steps whose thread only these uploads know, with its first description: step_id, thread, description."""
    taken = standing_steps(connection)
    if taken.empty:
        return taken.assign(description="")
    rows = with_threads(ledger_rows(connection))
    rows = rows.assign(leaving=rows["upload_id"].isin(upload_ids))
    threads = rows.groupby("thread").agg(leaving=("leaving", "all"), description=("description", "first"))
    return taken.merge(threads[threads["leaving"]], left_on="thread", right_index=True)


def _hanging(orphans: pd.DataFrame) -> str:
    descriptions = orphans.drop_duplicates("thread")["description"].fillna(_("（无描述）"))
    return n_("不能撤销：只有这次上传提到的 {n} 个问题上有屏幕登记的进展，请先撤回进展：{listed}。", len(descriptions),
              listed=_("；").join(descriptions))
