"""The life of an issue: all pairs of states, who may move it, two people at once, one undo, and what lapses."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from batches import GUANGSHUI, LI, NOON, WANG, ZHAO, batch, ledger, picture, step
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select

from readiness.life import EXCEPTED, Step, StepConflict, moves_of, threads_now
from readiness.model import STATES, VERIFIED, Look, ReadinessError
from readiness.people import AREA_STAFF, OFFICE, ROLES, User
from store import load_snapshot, open_store, save_upload, take_steps, undo_steps
from store.schema import pictures, step_pictures

AREA_WANG = User("王五", AREA_STAFF, frozenset({GUANGSHUI}))
DAY = date(2026, 10, 1)

# from -> to: who. Every pair that is not named here is refused.
LEGAL = {("open", "fixing"): "oa", ("open", "fixed"): "oa", ("fixing", "fixed"): "oa", ("fixed", "verified"): "o",
         ("fixed", "returned"): "o", ("fixed", "fixing"): "oa", ("verified", "returned"): "o",
         ("returned", "fixing"): "oa", ("returned", "fixed"): "oa"}


@pytest.fixture
def engine(tmp_path):
    return open_store(f"sqlite:///{tmp_path / 'a.sqlite'}")


def start(engine, status: str = "open", description: str = "堆物", **fields) -> None:
    dates = {"verified": {"verified_on": "2026-09-29"}, "fixed": {"fixed_on": "2026-09-29"}}
    fields = {**dates.get(status, {}), **fields}
    save_upload(engine, batch(description.encode(), ledger(description, status=status, **fields)), LI, NOON)


def now(engine):
    known = load_snapshot(engine)
    return threads_now(known.ledger, known.steps).set_index("description")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("to", STATES)
@pytest.mark.parametrize("seen", STATES)
def test_every_pair_of_states(engine, seen, to, role):
    start(engine, seen)
    user = {OFFICE: ZHAO, AREA_STAFF: AREA_WANG}.get(role, User("某", role))
    may = {OFFICE: "o", AREA_STAFF: "a"}.get(role, "-") in LEGAL.get((seen, to), "")
    assert (to in moves_of(seen, role)) == may
    if may:
        step(engine, "堆物", to, user)
        assert now(engine)["status"]["堆物"] == to
    else:
        with pytest.raises(ReadinessError):
            step(engine, "堆物", to, user)
        assert now(engine)["status"]["堆物"] == seen


def test_whoever_fixed_it_does_not_verify_it(engine):
    start(engine)
    step(engine, "堆物", "fixed", LI)
    with pytest.raises(ReadinessError, match="“堆物”是您自己整改的，销号要由别人复核。"):
        step(engine, "堆物", "verified", LI)
    step(engine, "堆物", "verified", ZHAO)
    assert now(engine)["status"]["堆物"] == "verified"


def test_the_person_whom_a_book_names_does_not_verify_either(engine):
    start(engine, "fixed", responsible_person="赵六")
    with pytest.raises(ReadinessError, match="您自己整改的"):
        step(engine, "堆物", "verified", ZHAO)
    step(engine, "堆物", "verified", LI)


def test_steps_of_one_day_count_in_their_order_after_the_books(engine):
    start(engine, "returned", sheet="堆物")
    for status in ("fixing", "fixed", "returned", "fixed"):
        step(engine, "堆物", status, WANG)
        assert now(engine)["status"]["堆物"] == status
    step(engine, "堆物", "verified", ZHAO)
    step(engine, "堆物", "returned", ZHAO)
    assert now(engine)["status"]["堆物"] == "returned"


def test_no_step_before_the_newest_word(engine):
    start(engine, "fixed")
    with pytest.raises(ReadinessError, match="在 2026-09-29 已有进展，不能登记更早的一步"):
        step(engine, "堆物", "verified", ZHAO, on=date(2026, 9, 28))


def test_the_second_of_two_people_sees_both_values_and_nothing_is_overwritten(engine):
    start(engine)
    start(engine, description="积水")
    known = load_snapshot(engine)
    threads = threads_now(known.ledger, known.steps)
    both = [Step(thread, "open", "fixed", DAY) for thread in threads.index]
    step(engine, "积水", "fixing", WANG)
    with pytest.raises(StepConflict) as caught:
        take_steps(engine, both, LI, NOON)
    moved = caught.value.moved
    assert moved[["description", "seen", "status", "wanted", "user"]].to_numpy().tolist() == [
        ["积水", "open", "fixing", "fixed", "王五"]]
    assert now(engine)["status"].to_dict() == {"堆物": "open", "积水": "fixing"}


def test_an_upload_that_came_between_is_a_conflict_too(engine):
    start(engine)
    known = load_snapshot(engine)
    [thread] = threads_now(known.ledger, known.steps).index
    save_upload(engine, batch(b"later", ledger("堆物", status="verified", verified_on="2026-09-30")), LI, NOON)
    with pytest.raises(StepConflict) as caught:
        take_steps(engine, [Step(thread, "open", "fixing", DAY)], WANG, NOON)
    assert caught.value.moved[["seen", "status"]].to_numpy().tolist() == [["open", "verified"]]


def test_a_bulk_action_is_one_change_and_one_undo(engine):
    for description in ("堆物", "积水", "飞线"):
        start(engine, description=description)
    known = load_snapshot(engine)
    threads = threads_now(known.ledger, known.steps).index
    change = take_steps(engine, [Step(thread, "open", "fixed", DAY, "统一清理") for thread in threads], WANG, NOON)
    assert set(now(engine)["status"]) == {"fixed"}
    undo_steps(engine, change, WANG, NOON)
    assert set(now(engine)["status"]) == {"open"}
    with pytest.raises(ReadinessError, match="已经撤回了"):
        undo_steps(engine, change, WANG, NOON)


def test_a_bulk_action_is_whole_or_nothing(engine):
    start(engine)
    start(engine, "verified", "积水")
    known = load_snapshot(engine)
    threads = threads_now(known.ledger, known.steps)
    with pytest.raises(ReadinessError, match="“积水”现在的状态不能这样改"):
        take_steps(engine, [Step(thread, status, "fixed", DAY) for thread, status in threads["status"].items()],
                   WANG, NOON)
    assert now(engine)["status"]["堆物"] == "open"


def test_a_step_that_others_built_on_is_not_taken_back(engine):
    start(engine)
    first = step(engine, "堆物", "fixed", WANG)
    step(engine, "堆物", "verified", ZHAO)
    with pytest.raises(ReadinessError, match="之后“赵六”又登记了进展"):
        undo_steps(engine, first, WANG, NOON)


def test_area_staff_take_back_their_own_steps_alone(engine):
    start(engine)
    change = step(engine, "堆物", "fixing", LI)
    with pytest.raises(ReadinessError, match="只能撤回自己的操作"):
        undo_steps(engine, change, AREA_WANG, NOON)


def test_photos_of_a_step_are_kept_once_by_content(engine):
    start(engine)
    photo = picture(b"photo")
    look = Look(*(getattr(photo, name) for name in ("sha256", "media_type", "width", "height", "phash", "content",
                                                    "thumbnail")))
    step(engine, "堆物", "fixing", WANG, pictures=(look,))
    step(engine, "堆物", "fixed", WANG, pictures=(look,))
    with engine.connect() as connection:
        assert connection.execute(select(step_pictures.c.step_id, step_pictures.c.sha256)).all() == [
            (1, look.sha256), (2, look.sha256)]
        assert connection.execute(select(pictures.c.content)).scalars().all() == [b"photo"]


@pytest.mark.parametrize(("said", "sentence"), [
    ({"until": date(2026, 10, 20)}, "暂缓要写明理由和截止日期"), ({"note": "等待施工"}, "暂缓要写明理由和截止日期"),
    ({"note": "等待施工", "until": date(2026, 9, 30)}, "截止日期不能早于今天")])
def test_an_exception_needs_a_reason_and_an_end(engine, said, sentence):
    start(engine)
    with pytest.raises(ReadinessError, match=sentence):
        step(engine, "堆物", EXCEPTED, LI, **said)


def test_an_exception_is_the_offices_and_moves_no_state(engine):
    start(engine)
    with pytest.raises(ReadinessError, match="同意暂缓只能由办公室登记"):
        step(engine, "堆物", EXCEPTED, AREA_WANG, note="等待施工", until=date(2026, 10, 20))
    step(engine, "堆物", EXCEPTED, LI, note="等待施工", until=date(2026, 10, 20))
    assert now(engine)["status"]["堆物"] == "open"
    start(engine, "verified", "积水")
    with pytest.raises(ReadinessError, match="已经销号，不需要暂缓"):
        step(engine, "积水", EXCEPTED, LI, note="等待施工", until=date(2026, 10, 20))


class Life(RuleBasedStateMachine):
    """Steps of three people on one issue, some taken back; the model is a list of what stands."""

    @initialize()
    def begin(self):
        self.engine = open_store("sqlite://")
        start(self.engine)
        self.stands: list[tuple[int, str, str]] = []  # change, who, state
        self.on = DAY

    @property
    def state(self) -> str:
        return self.stands[-1][2] if self.stands else "open"

    @property
    def fixer(self) -> str | None:
        return next((who for _, who, state in reversed(self.stands) if state == "fixed"), None)

    @rule(to=st.sampled_from(STATES), user=st.sampled_from([LI, AREA_WANG, ZHAO]), later=st.integers(0, 2))
    def move(self, to, user, later):
        self.on += timedelta(days=later)
        kind = "o" if user.role == OFFICE else "a"
        may = kind in LEGAL.get((self.state, to), "") and not (to == VERIFIED and self.fixer == user.name)
        if may:
            self.stands.append((step(self.engine, "堆物", to, user, on=self.on), user.name, to))
        else:
            with pytest.raises(ReadinessError):
                step(self.engine, "堆物", to, user, on=self.on)

    @precondition(lambda self: self.stands)
    @rule()
    def take_back(self):
        change, who, _ = self.stands.pop()
        undo_steps(self.engine, change, AREA_WANG if who == AREA_WANG.name else LI, NOON)

    @invariant()
    def the_store_says_what_the_model_says(self):
        assert now(self.engine)["status"].to_dict() == {"堆物": self.state}


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=20, stateful_step_count=15, deadline=None)
