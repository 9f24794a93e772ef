"""Who went out: the weekly volunteers' rounds of every area."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tests.demo import WEEKS
from tests.demo.chance import draws, keys, numbers
from tests.demo.places import DISTRICT

ACTIVITIES = ("周末清洁家园", "文明交通劝导", "楼道堆物集中清理", "飞线充电巡查", "垃圾分类宣传", "共享单车整理")


def patrols_of(profiles: pd.DataFrame) -> pd.DataFrame:
    """area_code, day, activity, party_members, volunteers, hours, found, solved: one round an area and active week."""
    ranked = profiles[profiles.index != DISTRICT]
    rounds = pd.MultiIndex.from_product([range(WEEKS), ranked.index], names=["week", "area_code"]).to_frame(index=False)
    rounds = rounds[rounds["week"] < rounds["area_code"].map(ranked["last_week"])]
    key = keys(rounds["area_code"] + " " + rounds["week"].astype(str))
    found = numbers(key, "found", 0, 8)
    rounds = rounds.assign(
        day=rounds["week"] * 7 + numbers(key, "day", 5, 6),
        activity=np.array(ACTIVITIES)[numbers(key, "activity", 0, len(ACTIVITIES) - 1)],
        party_members=numbers(key, "party", 2, 12), volunteers=numbers(key, "volunteers", 4, 30),
        hours=numbers(key, "hours", 2, 8) / 2, found=found, solved=np.minimum(found, numbers(key, "solved", 0, 8)))
    return rounds[draws(key, "out") < 0.9].drop(columns="week").reset_index(drop=True)
