"""The preview from the door: each answer read at once, what a commit would change, and what is remembered of it."""

from __future__ import annotations

import pytest
from batches import LI
from streamlit.testing.v1 import AppTest
from test_pages import GUANGSHUI, INTAKE, NOON, dropped, fine, opened, shown, small, truth, url, workbook  # noqa: F401

from readiness.answers import Answers
from store import open_store, remember, remembered

ROW = ("广水小区", "门口积水", "2026-10-20", "2026-10-22", "未整改")
SEEN = "“台账”问题台账：表头第 2 行，"


def preview(*rows: tuple, name: str = "台账.xlsx") -> AppTest:
    return dropped(opened(INTAKE), (name, workbook(*rows)))


def field(app: AppTest, kind: str, start: str):
    """The only field of that kind whose key begins so."""
    (found,) = [each for each in getattr(app, kind) if str(each.key).startswith(start)]
    return found


def test_one_answer_settles_all_rows_that_write_an_area_so(small):  # noqa: F811
    rows = [(number, "广water", "广水小区", f"{number}号门口积水", *ROW[2:]) for number in range(1, 32)]
    app = preview(*rows)
    assert "1 个文件，0 条记录，31 处问题" in shown(app)
    assert "31 行的居民区写成“广water”：应是哪个居民区？" in shown(app)
    assert "台账!B3、台账!B4、台账!B5、台账!B6 等" in shown(app)
    app = fine(field(app, "selectbox", "area-").set_value(GUANGSHUI).run())
    assert "1 个文件，31 条记录，0 处问题" in shown(app)
    assert "要回答的问题" not in shown(app)
    assert not remembered(open_store(small)).areas
    app = fine(app.button(key="commit").click().run())
    assert "“台账.xlsx”已提交：31 条记录。" in shown(app)
    assert remembered(open_store(small)) == Answers({"广water": GUANGSHUI})
    assert "1 个文件，1 条记录，0 处问题" in shown(preview((1, "广water", *ROW)))


def test_a_text_that_is_no_name_is_settled_in_this_book_alone(small):  # noqa: F811
    app = preview((1, "？", *ROW))
    app = fine(field(app, "selectbox", "area-").set_value(GUANGSHUI).run())
    assert "1 个文件，1 条记录，0 处问题" in shown(app)
    fine(app.button(key="commit").click().run())
    assert remembered(open_store(small)) == Answers()


def test_the_first_book_of_an_empty_database_has_its_preview(url):  # noqa: F811
    app = preview((1, "广水", *ROW))
    assert "提交后得分：<b>资料不足 → 0.0</b>" in shown(app)  # the only item that is known fails
    assert app.segmented_control(key="ahead-rows").options == ["新问题 1", "1 个居民区的得分"]
    assert "“台账.xlsx”已提交：1 条记录。" in shown(fine(app.button(key="commit").click().run()))


def test_the_likeliest_areas_stand_first_among_the_answers(small):  # noqa: F811
    app = preview((1, "广水二", *ROW))
    assert "台账!B3：“广水二”不是本街道的居民区。" in shown(app)
    assert field(app, "selectbox", "area-").options[0] == "广水"


def test_one_year_settles_a_book(small):  # noqa: F811
    app = preview((1, "广水", *ROW[:2], "10月20日", "10月22日", "未整改"), (2, "广水", "广水小区", "路灯不亮",
                                                                     "10月21日", "10月22日", "未整改"))
    assert "4 处日期没有写年份，标题、工作表名和文件名里也没有：是哪一年？" in shown(app)
    app = fine(field(app, "number_input", "year-").set_value(2026).run())
    assert "1 个文件，2 条记录，0 处问题" in shown(app)
    found = truth(small).subdistrict.open
    fine(app.button(key="commit").click().run())
    assert truth(small).subdistrict.open == found + 2


def test_a_corrected_cell_settles_its_row_and_the_original_stays(small):  # noqa: F811
    app = preview((1, "广水", *ROW[:2], "2026-02-30", *ROW[3:]))
    assert "台账!E3：“2026-02-30”这一天不存在。请写成 2021-02-28 这样的日期。" in shown(app)
    box = field(app, "text_input", "text-")
    assert box.value == "2026-02-30"
    app = fine(box.set_value("2026-02-31").run())
    assert "台账!E3：“2026-02-31”这一天不存在。" in shown(app)
    app = fine(field(app, "text_input", "text-").set_value("2026-02-28").run())
    assert "1 个文件，1 条记录，0 处问题" in shown(app)
    app = fine(app.button(key="take-back").click().run())
    assert "台账!E3：“2026-02-30”这一天不存在。" in shown(app)


def test_a_row_is_corrected_whole_in_its_form(small):  # noqa: F811
    app = preview((1, "广水", "广水小区", None, *ROW[2:]))
    assert "台账!D3：没有写问题描述。请补上存在的问题；没有问题请写“无”。" in shown(app)
    app = fine(next(each for each in app.button if str(each.key).startswith("row-")).click().run())
    labels = {each.label: each.value for each in app.text_input if str(each.key).startswith("cell-")}
    assert labels == {"序号（A3）": "1", "居民区（B3）": "广水", "点位（C3）": "广水小区", ":red[问题描述（D3）]": "",
                      "发现时间（E3）": "2026-10-20", "整改期限（F3）": "2026-10-22", "完成情况（G3）": "未整改"}
    next(each for each in app.text_input if each.label == ":red[问题描述（D3）]").set_value("门口积水")
    app = fine(next(each for each in app.button if each.label == "按这样读").click().run())
    assert "1 个文件，1 条记录，0 处问题" in shown(app)


def test_a_heading_changed_by_hand_is_read_so_at_once_and_remembered(small):  # noqa: F811
    app = preview((1, "广水", *ROW))
    box = next(each for each in app.selectbox if each.label == "完成情况（G）")
    assert box.value == "status"
    app = fine(box.set_value("note").run())
    table = next(each.value for each in app.dataframe if "问题描述" in each.value)
    assert table["备注"].tolist() == ["未整改"]
    fine(app.button(key="commit").click().run())
    assert remembered(open_store(small)) == Answers(columns={"完成情况": "note"})


def test_a_column_that_is_not_to_be_read_and_the_way_back(small):  # noqa: F811
    app = preview((1, "广水", *ROW))
    app = fine(next(each for each in app.selectbox if each.label == "问题描述（D）").set_value("").run())
    assert "没有看到问题台账、检查表、点位台账或巡查记录" in shown(app)
    app = fine(app.button(key="take-back").click().run())
    assert SEEN in shown(app)


def test_what_a_commit_would_change_is_counted_and_opens(small):  # noqa: F811
    app = preview((1, "广水", *ROW), (2, "广水", "广水小区", "5号楼道堆放杂物", "2026-10-02", "2026-10-12", "整改中"),
                  (3, "广水", "广水小区", "窨井盖破损", "2026-10-25", None, "未整改"))
    counts = app.segmented_control(key="ahead-rows")
    assert counts.options == ["新问题 1", "回潮 1", "有变化 1", "没有列出 2", "1 个居民区的得分"]
    app = fine(counts.set_value("changed").run())
    rows = next(each.value for each in app.dataframe if "change" in each.value)
    assert rows["change"].tolist() == ["状态 待整改→整改中；整改期限 2026-10-10→2026-10-12"]
    app = fine(app.segmented_control(key="ahead-rows").set_value("missing").run())
    assert [caption.value for caption in app.caption if "只供核对" in caption.value]
    said, before = shown(app), truth(small).subdistrict.score
    fine(app.button(key="commit").click().run())
    assert f"<b>{before:.1f} → {truth(small).subdistrict.score:.1f}</b>" in said


def test_nearly_a_known_issue_is_asked_and_joined_by_a_yes_alone(small):  # noqa: F811
    rows = [(1, "广水", "广水小区", "5号楼道内堆放杂物", "2026-10-20", "2026-10-22", "未整改")]
    app = preview(*rows)
    question = "台账.xlsx 台账!D3：“5号楼道内堆放杂物”和已知问题“5号楼道堆放杂物”（10月2日发现，待整改）是同一条吗？"
    assert question in shown(app)
    assert app.segmented_control(key="ahead-rows").options[0] == "新问题 1"
    refused = fine(next(each for each in app.button if str(each.key).startswith("other-")).click().run())
    assert question not in shown(refused)
    app = fine(next(each for each in preview(*rows).button if str(each.key).startswith("same-")).click().run())
    assert question not in shown(app)
    assert app.segmented_control(key="ahead-rows").options[0] == "没有变化 1"


def test_many_files_stand_in_one_table_and_one_is_open(small):  # noqa: F811
    files = [(f"{number}.xlsx", workbook((number, "广水", "广水小区", f"{number}号积水", *ROW[2:])))
             for number in range(1, 6)]
    app = dropped(opened(INTAKE), *files)
    table = next(each.value for each in app.dataframe if "kinds" in each.value)
    assert table["file"].tolist() == [f"{number}.xlsx" for number in range(1, 6)]
    assert table["from"].tolist() == ["居民区取自第 B 列"] * 5
    assert shown(app).count(SEEN) == 1


def test_problems_of_several_files_are_one_question(small):  # noqa: F811
    files = [(f"{number}.xlsx", workbook((number, "广water", "广水小区", f"{number}号积水", *ROW[2:])))
             for number in (1, 2)]
    app = dropped(opened(INTAKE), *files)
    assert "2 个文件：2 行的居民区写成“广water”：应是哪个居民区？" in shown(app)
    assert "1.xlsx 台账!B3、2.xlsx 台账!B3" in shown(app)
    app = fine(field(app, "selectbox", "area-").set_value(GUANGSHUI).run())
    assert "2 个文件，2 条记录，0 处问题" in shown(app)


def test_what_a_reader_should_know_is_told_quietly_with_the_file(small):  # noqa: F811
    page = shown(preview((1, "广水", *ROW[:3], "#N/A", "未整改")))
    assert '<span class="muted">台账!F3：公式错误“#N/A”，共 1 个单元格，按空值读取。请在原表里改正。</span>' in page
    assert "要回答的问题" not in page


@pytest.mark.parametrize(("problem", "offered"), [(True, 1), (False, 0)])
def test_a_book_with_problems_is_offered_with_its_marks(small, problem, offered):  # noqa: F811
    app = preview((1, "广water" if problem else "广水", *ROW))
    assert [each.label for each in app.get("download_button")].count("带标记的原表") == offered


def test_what_is_remembered_is_listed_and_can_be_forgotten(small):  # noqa: F811
    remember(open_store(small), Answers().with_area("广water", GUANGSHUI).with_column("督办", ""), LI, NOON)
    app = fine(opened(INTAKE))
    table = next(each for each in app.dataframe if "meaning" in each.value)
    assert table.value.to_numpy().tolist() == [["居民区", "广water", "广水"], ["表头", "督办", "不读"]]
    app.session_state[table.key] = {"selection": {"rows": [1], "columns": [], "cells": []}}
    app = fine(app.run())
    assert app.button(key="forget").label == "忘记“督办”"
    app = fine(app.button(key="forget").click().run())
    assert next(each.value for each in app.dataframe if "meaning" in each.value)["seen"].tolist() == ["广water"]
    assert remembered(open_store(small)) == Answers({"广water": GUANGSHUI})


def test_a_book_that_is_in_already_says_so_and_changes_nothing(small):  # noqa: F811
    file = "台账.xlsx", workbook((1, "广水", *ROW))
    fine(dropped(opened(INTAKE), file).button(key="commit").click().run())
    app = dropped(opened(INTAKE), file)
    assert '<span class="muted">和已有的上报 u0002“台账.xlsx”内容相同。</span>' in shown(app)
    assert app.segmented_control(key="ahead-rows").options == ["没有变化 1", "没有列出 3"]


def test_a_form_that_nobody_filled_is_no_book_without_problems(small):  # noqa: F811
    app = preview()
    assert "台账.xlsx<span>没有填写的行</span>" in shown(app)
    assert "1 个文件，0 条记录，0 处问题</span>" in shown(app)
    assert (app.button(key="commit").label, app.button(key="commit").disabled) == ("没有可提交的", True)


def test_the_table_of_files_tells_what_is_to_be_known_of_each(small):  # noqa: F811
    files = [("好.xlsx", workbook((1, "广水", *ROW))), ("空.xlsx", workbook()), ("坏.xlsx", b"PK"),
             ("提醒.xlsx", workbook((1, "广水", *ROW[:3], "#N/A", "未整改")))]
    table = next(each.value for each in dropped(opened(INTAKE), *files).dataframe if "kinds" in each.value)
    assert table["note"].fillna("").tolist() == ["", "没有填写的行", "读不了", "1 条提醒"]


def test_the_source_of_an_issue_shows_what_is_written_and_what_is_read_instead(small):  # noqa: F811
    app = preview((1, "广水", "广水小区", "门口积水", "10月32日", "10月22日", "未整改"))
    app = fine(field(app, "text_input", "text-").set_value("10月20日").run())
    app = fine(field(app, "number_input", "year-").set_value(2026).run())
    fine(app.button(key="commit").click().run())
    issues = truth(small).issues
    issue = issues.loc[issues["description"] == "门口积水", "issue"].item()
    said = shown(fine(opened("pages/office/ledger.py", issue=issue)))
    assert "台账.xlsx › 台账 › D3" in said
    assert "<td><s>10月32日</s><b>改作：10月20日</b></td><td>10月22日</td>" in said
    assert "上报时说明：没有写年份的日期是 2026 年。" in said
