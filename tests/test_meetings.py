"""Meetings: their numbers are kept for good and compared; the page turns through its screens and freezes them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from batches import GUANGSHUI, LI, NOON, batch, ledger
from snapshots import AREA, OTHER_AREA, checklist, reference, snapshot
from streamlit.testing.v1 import AppTest
from test_pages import AS_OF, DOOR, fine, opened, shown, small, truth, url

from readiness.decisions import Decision
from readiness.facts import place_facts
from readiness.meetings import last_meeting, meeting_of, moved_areas, moved_numbers
from readiness.people import LEADERSHIP, User
from readiness.standing import standing
from store import decide, freeze_meeting, load_meetings, open_store, save_upload
from ui.meeting_page import SCREENS

__all__ = ["small", "url"]
PAGE = "pages/meeting/meeting.py"
REFERENCE = reference()
DAY = date(2021, 10, 31)


def check(result: str, on: str, area: str = AREA, item: str = "楼道无堆物") -> dict:
    return {"area_code": area, "site": "小区", "indicator": item, "result": result, "checked_on": on}


def meeting(*checks: dict, as_of: date = DAY):
    facts = place_facts(snapshot(checklist(*checks)), REFERENCE)
    return meeting_of(standing(facts, REFERENCE, as_of), REFERENCE, as_of)


def test_a_meeting_keeps_the_numbers_of_the_day():
    numbers = meeting(check("pass", "2021-10-30"), check("fail", "2021-10-30", item="无飞线充电")).numbers
    assert {name: numbers[name] for name in ("score", "coverage", "open", "overdue", "rate")} == {
        "score": 50.0, "coverage": 1.0, "open": 1, "overdue": 0, "rate": None}
    assert numbers["areas"][AREA] == {"score": 50.0, "coverage": 1.0, "open": 1, "overdue": 0}
    assert numbers["areas"][OTHER_AREA] == {"score": None, "coverage": 0.0, "open": 0, "overdue": 0}


def test_how_the_numbers_moved():
    then = meeting(check("fail", "2021-10-20"), check("pass", "2021-10-20", OTHER_AREA), as_of=date(2021, 10, 20))
    now = meeting(check("fail", "2021-10-20"), check("pass", "2021-10-20", OTHER_AREA), check("pass", "2021-10-30"))
    moved = moved_numbers(now.numbers, then.numbers)
    assert (moved["score"], moved["open"], moved["rate"]) == (50.0, -1, None)
    assert moved_areas(now.numbers, then.numbers).to_numpy().tolist() == [
        [AREA, 100.0, 0.0, 100.0], [OTHER_AREA, 100.0, 100.0, 0.0]]


def test_the_last_meeting_is_the_newest_before_the_day_and_of_a_day_the_later_one(url):
    engine = open_store(url)
    first = meeting(check("fail", "2021-10-20"), as_of=date(2021, 10, 20))
    second = meeting(check("pass", "2021-10-20"), as_of=date(2021, 10, 20))
    for one in (first, second, meeting(check("pass", "2021-10-30"))):
        freeze_meeting(engine, one, LI, NOON)
    kept = load_meetings(engine)
    assert kept["as_of"].dt.date.tolist() == [date(2021, 10, 20), date(2021, 10, 20), DAY]
    assert last_meeting(kept, DAY)["numbers"]["score"] == 100.0
    assert last_meeting(kept, date(2021, 10, 20)) is None
    assert kept["numbers"][0] == first.numbers and last_meeting(kept.head(0), DAY) is None


def test_the_arrows_go_through_all_screens_each_with_its_heading(small):
    app, seen = fine(opened(PAGE)), []
    for number in range(1, len(SCREENS) + 1):
        page = shown(app)
        seen.append(page.split('m-head">')[1].split("<")[0])
        assert f"{number} / {len(SCREENS)}" in page
        if number < len(SCREENS):
            app = fine(app.button(key="meeting-on").click().run())
    assert seen == [heading for heading, _show in SCREENS.values()]
    assert app.button(key="meeting-on").disabled and not app.button(key="meeting-back").disabled
    assert f"{len(SCREENS) - 1} / {len(SCREENS)}" in shown(fine(app.button(key="meeting-back").click().run()))


@pytest.mark.parametrize("said", ["0", "99", "x", ""])
def test_an_address_that_names_no_screen_shows_the_nearest(small, said):
    assert f" / {len(SCREENS)}" in shown(fine(opened(PAGE, at=said)))


def test_the_first_screen_is_what_was_decided_last_time(small):
    decide(open_store(small), Decision("<b>清理</b>楼道", "张三", AS_OF - timedelta(days=7), AS_OF - timedelta(days=3),
                                       GUANGSHUI), LI, NOON)
    page = shown(fine(opened(PAGE)))
    assert "超期未办" in page and "&lt;b&gt;清理&lt;/b&gt;楼道" in page


def test_a_frozen_meeting_keeps_its_numbers_whatever_comes_later(small):
    app = fine(opened(PAGE, at="9"))
    app = fine(app.button(key="freeze").click().run())
    (kept,) = load_meetings(open_store(small)).itertuples()
    assert kept.as_of.date() == AS_OF and f"未销号 {kept.numbers['open']}" in shown(app)
    later = ledger("新的问题", found_on=str(AS_OF + timedelta(days=3)))
    save_upload(open_store(small), batch(b"later", later, demo=True), LI, NOON)
    page = shown(fine(opened(PAGE, at="2")))
    assert f"比上次会议（{AS_OF.month}月{AS_OF.day}日，{kept.numbers['score']:.1f} 分）" in page
    assert "未销号 +1" in page
    assert load_meetings(open_store(small))["numbers"][0] == kept.numbers


def test_the_last_screen_has_what_is_taken_away(small):
    files = [button.label for button in fine(opened(PAGE, at="9")).get("download_button")]
    assert files == ["幻灯片 pptx", "简报 docx", "汇总表 xlsx"]
    assert not fine(opened(PAGE, at="8")).get("download_button")


def test_without_a_frozen_meeting_it_says_so(small):
    assert "还没有冻结过会议" in shown(fine(opened(PAGE, at="2")))


def test_only_the_office_freezes(small):
    app = AppTest.from_file(DOOR, default_timeout=60)
    app.session_state["user"] = User("赵六", LEADERSHIP)
    app.query_params["at"] = "9"
    app = fine(app.switch_page(PAGE).run())
    assert app.button(key="freeze").disabled


def test_a_number_opens_its_rows(small):
    app = fine(fine(opened(PAGE, at="5")).button(key="meeting-late").click().run())
    rows = app.dataframe[-1].value
    assert rows["description"].tolist() == ["5号楼道堆放杂物", "<b>墙面</b>有小广告"]


def test_the_lists_of_who_leads_and_who_lags_open_the_items_behind_them(small):
    app = fine(opened(PAGE, at="3"))
    rows = fine(app.button(key="meeting-worst").click().run()).dataframe[-1].value
    assert rows["loss"].sum() == pytest.approx(100 - truth(small).subdistrict.score)  # both areas of the small book


def test_what_came_back_is_counted_and_opens_its_rows(url):
    engine = open_store(url)
    gone = ledger("楼道堆物", found_on="2026-09-01", status="verified", verified_on="2026-09-10")
    again = ledger("楼道堆物", found_on=str(AS_OF - timedelta(days=2)))
    for content, table in ((b"gone", gone), (b"again", again)):
        save_upload(engine, batch(content, table, demo=True), LI, NOON)
    app = fine(opened(PAGE, at="6"))
    assert '<div class="big">1<i>' in shown(app)
    assert fine(app.button(key="meeting-relapse").click().run()).dataframe[-1].value["description"].tolist() == [
        "楼道堆物"]
