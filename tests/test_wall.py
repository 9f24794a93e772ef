"""大屏 from the door: what it shows, what it keeps to itself, who may open it; and what is new since this morning."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pandas as pd
import pytest
from batches import GUANGSHUI, LI, NOON, batch, ledger
from snapshots import ledger as told_ledger
from snapshots import reference, snapshot
from streamlit.testing.v1 import AppTest
from test_pages import DOOR, chart_words, fine, opened, shown, small, truth, url

from readiness.facts import place_facts
from readiness.model import ReadinessError
from readiness.standing import standing
from readiness.today import news
from store import load_screens, make_screen, open_store, save_upload, screen_opens, withdraw_screen
from ui.wall import TURN, build

__all__ = ["small", "url"]
CLOSED = "这个大屏链接无效或已停用"


def wall(**asked: str) -> AppTest:
    app = AppTest.from_file(DOOR, default_timeout=60)
    for name, value in {"screen": "1", **asked}.items():
        app.query_params[name] = value
    return app.run()


def pulse(app: AppTest) -> dict:
    (told,) = [html.proto.body for html in app.get("html") if html.proto.body.startswith('<div class="w-pulse')]
    return json.loads(unescape(told.split('title="')[1].split('"')[0]))


def titles(app: AppTest) -> list[str]:
    told = (html.proto.body for html in app.get("html") if html.proto.body.startswith('<div class="w-title'))
    return [body.split(">")[1].split("<")[0] for body in told]


def test_all_views_stand_on_the_wall_in_their_order(small):
    app = wall()
    assert not app.exception
    assert titles(app) == ["问题地图", "居民区排名", "超期最久", "专项检查", "今日巡查", "今天的变化"]
    told = pulse(app)
    assert (told["seconds"], told["old"], told["build"]) == (TURN, 7, build())


def test_the_address_names_the_views_and_how_long_a_page_stands(small):
    app = wall(views="overdue,nonsense,map,overdue", seconds="9")
    assert titles(app) == ["超期最久", "问题地图"] and pulse(app)["seconds"] == 9
    assert "地址里的 nonsense 不是画面，可用：map, ranking, overdue, special, patrols, changes" in shown(app)
    assert "不是画面" not in shown(wall(views="overdue,headline"))
    assert [pulse(wall(seconds=said))["seconds"] for said in ("1", "9999", "soon")] == [5, 600, TURN]


def test_the_wall_is_read_only_and_has_no_menu(small):
    app = wall()
    assert {button.key for button in app.button} == {"wall-ArrowDown", "wall-ArrowUp", "wall-Escape"}
    assert not app.text_input and not app.get("file_uploader") and not app.get("download_button")


def test_an_arrow_asks_for_the_next_area_and_escape_for_all(small):
    app = wall()
    app = app.button(key="wall-ArrowUp").click().run()
    assert app.query_params["area"] == "310109016031"
    assert "锦苑准备度" in shown(app) and "街道准备度" not in shown(app)
    assert "共 0 条" in shown(app)  # both overdue issues are of 广水
    app = app.button(key="wall-ArrowDown").click().run()
    assert "area" not in app.query_params
    app = app.button(key="wall-ArrowDown").click().run().button(key="wall-Escape").click().run()
    assert "area" not in app.query_params


def test_an_areas_trend_ends_with_its_own_score(small):
    own = next(row for row in truth(small).areas.itertuples() if row.area_code == GUANGSHUI).score
    whole = truth(small).subdistrict.score
    ends = [[word for word in chart_words(wall(**asked)) if word.endswith("</b> 得分")] for asked in (
        {"area": GUANGSHUI}, {})]
    assert ends == [[f"<b>{own:.1f}</b> 得分"], [f"<b>{whole:.1f}</b> 得分"]] and own != whole


def test_an_empty_database_says_that_it_waits(url):
    assert "还没有数据" in shown(wall())


def test_phones_are_masked_and_persons_are_not_told(url):
    words = ledger("王阿姨13812345678家门口堆物", due_on="2026-09-28", responsible_person="赵点长")
    save_upload(open_store(url), batch(b"demo", words, demo=True), LI, NOON)
    page = shown(wall())
    assert "138****5678" in page and "13812345678" not in page and "赵点长" not in page


def test_real_data_is_opened_by_a_link_alone_until_it_is_withdrawn(url):
    engine = open_store(url)
    save_upload(engine, batch(b"real", ledger("堆物")), LI, NOON)
    token = make_screen(engine, "指挥室", LI, NOON)
    assert CLOSED in shown(wall()) and CLOSED in shown(wall(token="guessed"))
    assert "未销号" in shown(wall(token=token))
    withdraw_screen(engine, 1, LI, NOON)
    page = shown(wall(token=token))
    assert CLOSED in page and "未销号" not in page


def test_a_link_is_kept_by_its_hash_and_withdrawn_once(url):
    engine = open_store(url)
    first, second = (make_screen(engine, name, LI, NOON) for name in ("指挥室", " 大厅 "))
    assert screen_opens(engine, first) and screen_opens(engine, second) and not screen_opens(engine, "")
    withdraw_screen(engine, 1, LI, NOON + timedelta(hours=1))
    assert not screen_opens(engine, first) and screen_opens(engine, second)
    links = load_screens(engine)
    assert links["name"].tolist() == ["大厅", "指挥室"] and links["withdrawn_at"].isna().tolist() == [True, False]
    with pytest.raises(ReadinessError, match="已经停用"):
        withdraw_screen(engine, 1, LI, NOON)
    with pytest.raises(ReadinessError, match="请写明是哪一块屏"):
        make_screen(engine, " ", LI, NOON)
    with engine.connect() as connection:
        assert first not in str(connection.exec_driver_sql("SELECT * FROM screens").all())


def test_the_office_makes_and_withdraws_a_link_on_the_page(small):
    app = fine(opened("pages/office/intake.py"))
    field = next(each for each in app.text_input if each.key.startswith("screen-name"))
    app = fine(field.set_value("指挥室大屏").run())
    app = fine(app.button(key="make-screen").click().run())
    (link,) = [code.value for code in app.code if "screen=1" in code.value]
    assert screen_opens(open_store(small), link.split("token=")[1])
    assert "1 个在用" in shown(app)


REFERENCE = reference()
ROW = {"area_code": GUANGSHUI, "site": "广水小区", "found_on": "2021-10-01", "status": "open"}


def stand(*rows: dict, as_of: str = "2021-10-20"):
    facts = place_facts(snapshot(told_ledger(*({**ROW, **row} for row in rows))), REFERENCE)
    return standing(facts, REFERENCE, date.fromisoformat(as_of))


def what(told: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(told["what"], told["description"], strict=True))


def test_news_are_what_is_known_since_this_morning():
    morning = stand({"description": "旧"}, {"description": "整改"}, {"description": "销号", "status": "fixed"},
                    {"description": "退回", "status": "fixed"})
    now = stand({"description": "旧"}, {"description": "整改", "status": "fixed", "fixed_on": "2021-10-19"},
                {"description": "销号", "status": "verified", "verified_on": "2021-10-20"},
                {"description": "退回", "status": "returned"}, {"description": "新"},
                {"description": "早就好了", "status": "verified", "verified_on": "2021-10-02"})
    assert what(news(now, morning)) == [("open", "新"), ("returned", "退回"), ("fixed", "整改"), ("verified", "销号")]
    assert news(now, now).empty


def test_without_a_morning_the_facts_of_the_day_are_told():
    now = stand({"description": "今天", "found_on": "2021-10-20"}, {"description": "昨天", "found_on": "2021-10-19"},
                {"description": "销号", "status": "verified", "fixed_on": "2021-10-19", "verified_on": "2021-10-20"})
    assert what(news(now, None)) == [("open", "今天"), ("verified", "销号")]


def test_the_pulse_says_when_the_data_changed_last(url):
    at = datetime(2026, 10, 26, 1, 30, tzinfo=UTC)
    save_upload(open_store(url), batch(b"demo", ledger("堆物"), demo=True), LI, at)
    assert pulse(wall())["changed"] == at.isoformat()
