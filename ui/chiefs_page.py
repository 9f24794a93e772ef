"""What 责任网格 shows: the field to choose a person, the headline, the table of all persons, one person's sites."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from readiness.chiefs import NOBODY, POST_WORDS, answering, chiefs, sites_of, unanswered
from readiness.durations import COUNTED, TO_FIX, durations
from readiness.language import N_, _, n_
from readiness.model import FROM_LEDGER, VERIFIED
from ui.chiefs import phone_said, sites_on
from ui.frame import card
from ui.headline import count_html
from ui.issues import open_issues
from ui.opening import HEIGHT, Found, Measure, choose, chosen_in_title, measure_cards, open_table
from ui.people import user
from ui.reads import Day
from ui.session import turned
from ui.unit_page import timed_of
from ui.words import MISSING, fits, in_words, known

PERSON = "person"
ISSUES = ("site", "description", "status", "overdue_days", "due_on")
BEHIND = {
    "open": N_("{person}：未销号的问题"), "overdue": N_("{person}：超期的问题"),
    "median": N_("{person}：写明了发现和整改日期的问题"), "relapses": N_("{person}：销号后又发现的问题"),
    "loss": N_("{person}：正在失分的问题"),
}


def answers_of(day: Day, person: str | None = None) -> pd.DataFrame:
    """readiness.chiefs.answering on the day, of one person (as the address names them) or of all, with that name."""
    answers = day.kept("answering", lambda: answering(sites_on(day)).assign(
        code=lambda rows: rows["area_code"] + ":" + rows["person"]))
    return answers if person is None else answers[answers["code"] == person]


def chief_table(day: Day) -> pd.DataFrame:
    """readiness.chiefs.chiefs of the day, with code, the person's name in the address."""
    return day.kept("chiefs", lambda: chiefs(answers_of(day), timed_of(day)).assign(
        code=lambda rows: rows["area_code"] + ":" + rows["person"]))


def pick_person(day: Day) -> str | None:
    """The person that the address names, None for all; with a field to choose another."""
    names, table = day.reference.area_names(), answers_of(day).drop_duplicates("code").sort_values("code")
    words = {row.code: _("{person}（{area}）").format(person=row.person, area=names[row.area_code])
             for row in table.itertuples()}
    named = st.query_params.get(PERSON)
    return chosen_in_title(PERSON, words, named if named in words else None, _("负责人"), _("全部负责人"))


def issues_at(day: Day, answers: pd.DataFrame) -> pd.DataFrame:
    """The day's issues at the sites of these answers, each once."""
    issues = timed_of(day)
    return issues[issues["site_id"].isin(answers["site_id"])]


def chief_headline(day: Day, person: str | None) -> None:
    """The headline row of a person or of all: who, and five numbers that open their rows."""
    issues = issues_at(day, answers_of(day, person))
    left, right = st.columns([9, 10], gap=12)
    with left, card("headline", "", height=HEIGHT):
        st.html(f'<div class="hero">{everybody(day) if person is None else somebody(day, person)}</div>')
    with right:
        measure_cards(chief_measures(issues), day)


def everybody(day: Day) -> str:
    """How many persons answer for how many of the registered sites, in each post."""
    sites, answers = sites_on(day), answers_of(day)
    lacking = unanswered(sites, day.facts.sites)["post"].eq(NOBODY).sum()
    words = _("登记的点位 {sites} 个，<b>{lacking}</b> 个无人负责").format(
        sites=sites["registered"].sum(), lacking=lacking)
    big = _("{count}<i>人</i>").format(count=answers["code"].nunique())
    posts = [n_("{post} <b>{n}</b> 人，管 <b>{sites}</b> 个点位", held["code"].nunique(), post=_(word), sites=len(held))
             for post, word in POST_WORDS.items() for held in (answers[answers["post"] == post],)]
    return count_html(_("负责人"), f'<div class="big">{big}</div>', words) + _lines(posts)


def somebody(day: Day, person: str) -> str:
    """Name and phone of a person, and in which posts they answer for how many sites."""
    rows = chief_table(day)
    rows = rows[rows["code"] == person]
    posts = [n_("{post} <b>{n}</b> 个点位", row.sites, post=_(POST_WORDS[row.post])) for row in rows.itertuples()]
    phones = [escape(_("电话 {phone}").format(phone=phone_said(phone))) for phone in rows["phone"].dropna().unique()]
    area = day.reference.area_names()[rows["area_code"].iloc[0]]
    name = f'<div class="big word">{escape(rows["person"].iloc[0])}</div>'
    return count_html(_("负责人"), name, escape(area)) + _lines([*posts, *phones])


def _lines(told: list[str]) -> str:
    """Lines of HTML beside the first count of the headline."""
    return '<div class="goal">' + "".join(f'<div class="foot">{line}</div>' for line in told) + "</div>"


def chief_measures(issues: pd.DataFrame) -> list[Measure]:
    """The five cards, each with the rows behind it."""
    told, late = durations(issues, measured=TO_FIX).iloc[0], issues["overdue_days"] > 0
    middle = _("{days:g} 天").format(days=told["median"]) if known(told["median"]) else MISSING
    fixed = _("从发现到整改：{measured:.0f} 件写明了两个日期，{left_out:.0f} 件没有写明，不计")
    rows = {column: lambda column=column: rows_behind(issues, "", column)[1] for column in BEHIND}
    return [
        (N_("未销号"), f"{(issues['status'] != VERIFIED).sum()}", None, "off", _("未销号的问题"), rows["open"]),
        (N_("超期"), f"{late.sum()}", None, "off", _("超期的问题"), rows["overdue"]),
        (N_("整改中位"), middle, None, "off",
         fixed.format(measured=told["count"], left_out=told["left_out"]), rows["median"]),
        (N_("回潮"), f"{issues['relapse_of'].notna().sum()}", None, "off", _("销号后又发现的问题"), rows["relapses"]),
        (N_("失分"), f"{issues['loss'].sum():.1f}", None, "off", _("正在失分的问题"), rows["loss"]),
    ]


def rows_behind(issues: pd.DataFrame, person: str, column: str) -> Found:
    """The rows behind a number of a person (a column of readiness.chiefs); issues: those at their sites."""
    fixed = issues["status"].isin(COUNTED[TO_FIX]) & (issues["origin"] == FROM_LEDGER)
    wanted = {"open": issues["status"] != VERIFIED, "overdue": issues["overdue_days"] > 0,
              "median": fixed & issues[TO_FIX].notna(), "relapses": issues["relapse_of"].notna(),
              "loss": issues["loss"] > 0}
    if column not in wanted:
        return None
    first = TO_FIX if column == "median" else "loss" if column == "loss" else "overdue_days"
    return _(BEHIND[column]).format(person=person), issues[wanted[column]].sort_values(
        first, ascending=False, kind="stable")


def chiefs_table(day: Day, height: int) -> None:
    """All persons and posts, most overdue first; a name chooses the person, a number opens its rows."""
    table, whole = chief_table(day), user().sees_phones
    open_table(day, "chiefs", lambda: table.assign(
        area=table["area_code"].map(day.reference.area_names()), post=table["post"].map(in_words(POST_WORDS)),
        phone=table["phone"].map(phone_said, na_action="ignore")), chief_columns(), height, _("各负责人"),
        lambda row, column: _cell(day, table.iloc[row], column), whole)


def sites_table(day: Day, person: str, height: int) -> None:
    """The sites of a person with their posts; a number opens its rows."""
    answers = answers_of(day, person)
    issues = issues_at(day, answers)
    sites = day.kept("sites of a person", lambda: sites_of(answers, issues), person)
    words = in_words(POST_WORDS)
    open_table(day, "chief-sites", lambda: sites.assign(
        posts=sites["posts"].map(lambda posts: _("、").join(map(words.get, posts))),
        kind=sites["kind"].map(in_words(day.reference.kind_names()))), site_columns(), height, _("负责的点位"),
        lambda row, column: rows_behind(issues[issues["site_id"] == sites["site_id"].iloc[row]],
                                        sites["site"].iloc[row], column), person)


def person_issues(day: Day, person: str) -> pd.DataFrame:
    """The open issues at the sites of a person."""
    return open_issues(issues_at(day, answers_of(day, person)))


def _cell(day: Day, row: pd.Series, column: str) -> Found:
    if column == "person":
        choose(PERSON, row["code"])
        turned("chiefs")
        st.rerun()
    answers = answers_of(day, row["code"])
    return rows_behind(issues_at(day, answers[answers["post"] == row["post"]]), row["person"], column)


def chief_columns() -> dict[str, object]:
    """Headings and widths of the table of persons."""
    config = st.column_config
    return {"person": config.TextColumn(_("姓名"), width=fits(76, 80)),
            "area": config.TextColumn(_("居民区"), width=fits(76, 90)),
            "post": config.TextColumn(_("岗位"), width=fits(56, 90)),
            "phone": config.TextColumn(_("电话"), width=112),
            "sites": config.NumberColumn(_("点位"), width=fits(52, 56)), **_numbers()}


def site_columns() -> dict[str, object]:
    """Headings and widths of the table of one person's sites."""
    config = st.column_config
    return {"site": config.TextColumn(_("点位"), width=fits(200, 180)),
            "kind": config.TextColumn(_("类型"), width=fits(90, 132)),
            "posts": config.TextColumn(_("岗位"), width=fits(100, 130)),
            **{name: column for name, column in _numbers().items() if name != "median"}}


def _numbers() -> dict[str, object]:
    number = st.column_config.NumberColumn
    return {"overdue": number(_("超期"), width=fits(52, 72)), "open": number(_("未销号"), width=fits(62, 56)),
            "median": number(_("整改中位（天）"), format="%g", width=fits(100, 96)),
            "relapses": number(_("回潮"), width=fits(52, 70)),
            "loss": number(_("失分"), format="%.2f", width=fits(60, 72))}
