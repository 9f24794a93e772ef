"""How long something lasts when part of it has not ended yet: the Kaplan-Meier estimate with right censoring."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import CensoredData, ecdf

CURVE_COLUMNS = ("day", "standing")


def survival(lasted: pd.Series, ended: pd.Series) -> pd.DataFrame:
    """The curve (CURVE_COLUMNS): the share still standing after each day on which one ended or was seen last.

    lasted: days, none missing; ended: whether it ended then or was still standing when it was seen last. The curve
    begins with day 0; of nothing there is no curve. Source: Kaplan and Meier (1958), by scipy.stats.ecdf.

    >>> survival(pd.Series([2.0, 3.0, 4.0]), pd.Series([True, False, True])).to_numpy().round(3).tolist()
    [[0.0, 1.0], [2.0, 0.667], [3.0, 0.667], [4.0, 0.0]]
    """
    if lasted.empty:
        return pd.DataFrame({column: pd.Series(dtype="float64") for column in CURVE_COLUMNS})
    curve = ecdf(CensoredData(uncensored=lasted[ended].to_numpy(), right=lasted[~ended].to_numpy())).sf
    steps = pd.DataFrame({"day": np.append(0.0, curve.quantiles), "standing": np.append(1.0, curve.probabilities)})
    return steps.drop_duplicates("day", keep="last", ignore_index=True)


def standing_at(curve: pd.DataFrame, days: pd.Series | np.ndarray, beyond: bool = False) -> np.ndarray:
    """The share still standing after these days; missing past the longest that was seen: the curve says nothing there.

    beyond: the curve's last value there instead, which is the most that can still stand.

    >>> curve = pd.DataFrame({"day": [0.0, 2.0, 5.0], "standing": [1.0, 0.5, 0.5]})
    >>> standing_at(curve, np.array([0, 1, 2, 5, 6])).tolist(), standing_at(curve, np.array([6]), beyond=True).tolist()
    ([1.0, 1.0, 0.5, 0.5, nan], [0.5])
    """
    days = np.asarray(days, dtype="float64")
    if curve.empty:
        return np.full(len(days), np.nan)
    place = np.searchsorted(curve["day"].to_numpy(), days, side="right") - 1
    shares = curve["standing"].to_numpy()[np.maximum(place, 0)]
    return np.where(np.isnan(days) | (~np.bool_(beyond) & past_the_curve(curve, days)), np.nan, shares)


def past_the_curve(curve: pd.DataFrame, days: np.ndarray) -> np.ndarray:
    """Whether each number of days is longer than any that was seen, while some still stood."""
    return (days > curve["day"].max()) & (curve["standing"].min() > 0)


def half_time(curve: pd.DataFrame) -> float:
    """The first day on which at most half still stands; missing where more than half still does.

    >>> half_time(pd.DataFrame({"day": [0.0, 2.0, 5.0], "standing": [1.0, 0.5, 0.2]}))
    2.0
    """
    return float(curve.loc[curve["standing"] <= 0.5, "day"].min())
