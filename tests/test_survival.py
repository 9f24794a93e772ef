"""The Kaplan-Meier estimate against a textbook's worked example, and what it says where nothing is known."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from readiness.survival import half_time, past_the_curve, standing_at, survival

# Weeks in remission under 6-MP (Freireich et al. 1963), the worked example of Kleinbaum and Klein, Survival Analysis,
# chapter 2: 21 patients, 9 relapsed, the others were still in remission when they were seen last.
RELAPSED = [6, 6, 6, 7, 10, 13, 16, 22, 23]
STILL = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
SHARES = {6: "0.8571", 7: "0.8067", 10: "0.7529", 13: "0.6902", 16: "0.6275", 22: "0.5378", 23: "0.4482"}
FACTORS = {6: (18, 21), 7: (16, 17), 10: (14, 15), 13: (11, 12), 16: (10, 11), 22: (6, 7), 23: (5, 6)}


def remission() -> pd.DataFrame:
    lasted = pd.Series(RELAPSED + STILL, dtype="float64")
    return survival(lasted, pd.Series([True] * len(RELAPSED) + [False] * len(STILL)))


def test_the_curve_is_the_textbooks():
    shares = standing_at(remission(), np.array(list(SHARES)))
    assert [f"{share:.4f}" for share in shares] == list(SHARES.values())
    exact = Fraction(1)
    for (left, of), share in zip(FACTORS.values(), shares, strict=True):
        exact *= Fraction(left, of)
        assert share == pytest.approx(float(exact), abs=1e-12)
    assert half_time(remission()) == 23


def test_it_holds_between_its_steps_and_says_nothing_past_the_longest_seen():
    curve = remission()
    assert standing_at(curve, np.array([0, 5, 9])).round(4).tolist() == [1, 1, 0.8067]
    told = standing_at(curve, np.array([35, 36, np.nan]))
    assert told[0].round(4) == 0.4482 and np.isnan(told[1:]).all()
    assert standing_at(curve, np.array([36]), beyond=True).round(4).tolist() == [0.4482]
    assert past_the_curve(curve, np.array([35, 36])).tolist() == [False, True]


def test_once_nothing_stands_nothing_will():
    curve = survival(pd.Series([1.0, 2.0]), pd.Series([True, True]))
    assert standing_at(curve, np.array([1, 2, 60])).tolist() == [0.5, 0, 0]
    assert half_time(curve) == 1


def test_what_never_ended_has_no_half_time_and_of_nothing_nothing_is_said():
    standing = survival(pd.Series([3.0, 4.0]), pd.Series([False, False]))
    assert standing_at(standing, np.array([4, 5])).tolist()[0] == 1 and np.isnan(half_time(standing))
    nothing = survival(pd.Series(dtype="float64"), pd.Series(dtype="bool"))
    assert nothing.empty and np.isnan(half_time(nothing))
    assert np.isnan(standing_at(nothing, np.array([0, 1]))).all()
    assert past_the_curve(nothing, np.array([1])).tolist() == [False]
