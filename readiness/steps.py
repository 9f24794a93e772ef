"""Steps taken on screen beside the rows of books: the same thread, told by a person at a moment."""

from __future__ import annotations

import numpy as np
import pandas as pd

from readiness.model import STATES
from readiness.rows import among

# What a step says beside a state: the problem is accepted as it is until a day. It moves no state.
EXCEPTED = "excepted"


def with_steps(ledger: pd.DataFrame, steps: pd.DataFrame) -> pd.DataFrame:
    """The ledger's rows, then the steps on their threads that name a state as such rows; both with user and turn.

    turn: 0 for a row of a book, for a step its place among all steps: of one day steps come after what books say,
    in the order in which they were taken. user: who took the step, missing for a row.
    """
    known = steps[among(steps["thread"], ledger["thread"]) & steps["status"].isin(STATES)]
    rows = ledger.assign(user=pd.Series(np.nan, ledger.index, dtype="str"), turn=0)
    if known.empty:
        return rows.reset_index(drop=True)
    blank = rows.iloc[:0].reindex(np.arange(len(known)))
    on = pd.to_datetime(known["on"]).astype("datetime64[s]").to_numpy()
    taken = blank.assign(thread=known["thread"].to_numpy(), status=known["status"].to_numpy(), held_on=on,
                         note=known["note"].to_numpy(), sheet=known["step_id"].astype("str").to_numpy(),
                         user=known["user"].to_numpy(), turn=np.arange(1, len(known) + 1),
                         **{name: value for name, value in _OF_A_STEP.items() if name in rows})
    return pd.concat([rows, taken.astype(rows.dtypes)], ignore_index=True)


_OF_A_STEP = {"held_inferred": False, "row": 0, "table_no": 0, "by": 0, "pair": -1, "duplicate": False}
