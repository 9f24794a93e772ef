"""总览: how ready the subdistrict is, where the points are lost, and what changed since the day compared with."""

import streamlit as st

from charts.heat import heat_table
from charts.losses import loss_bars
from charts.map import SCORE, area_map
from charts.ranking import in_ranking_order, ranking
from charts.trends import opened_closed, score_trend, whole_weeks
from loaders import load_workbooks
from readiness.changes import changes
from readiness.language import _, n_
from ui.changes import change_list, overdue_list
from ui.compare import compared_line
from ui.figures import show_figure
from ui.first import first_steps
from ui.frame import tile, tiles, title_line
from ui.headline import headline
from ui.marks import area_of, cell_of, item_of, losses_of, week_of
from ui.reads import read_day
from ui.rows import open_figure
from ui.session import open_map

day = read_day()
if day.empty:
    title_line(_("总览"), day)
    first_steps(day, load_workbooks)
    st.stop()
now, before, reference, settings = day.standing, day.before.standing, day.reference, day.reference.settings
moved, count = day.kept("changes", lambda: changes(now, before, day.then), day.compared), now.areas["ranked"].sum()

compared_line(_("总览"), day)
headline(day)
grid = tiles()
with tile(grid, "ranking", n_("{n} 个居民区排名", count), _("虚线＝目标；同档并列；! 红线项封顶"), tall=True):
    open_figure(day, "ranking", lambda mode: ranking(now.areas, before.areas, settings, mode),
                _("各居民区的得分、变化和检查覆盖率，从高到低"), area_of)
with tile(grid, "map", _("地图"), _("示意图，按得分着色；点一下看问题"), tall=True):
    clicked = show_figure(day, "small-map", lambda mode: area_map(
        now.areas, reference.cells, reference.outline, SCORE, settings.bands, mode, height=445, font_size=11),
        _("各居民区的得分分档示意图"), on_select="rerun", selection_mode="points")
with tile(grid, "changes", n_("比 {n} 天前的变化", (now.as_of - before.as_of).days), _("点一句看是哪些"), tall=True):
    change_list(moved, day)
with tile(grid, "heat", _("居民区 × 点位类型"), _("得分；· 未检查；点一格看项目"), tall=True):
    open_figure(day, "heat", lambda mode: heat_table(
        now.heat, in_ranking_order(now.areas, settings), reference.kinds, settings, mode, height=445),
        _("各居民区每类点位的得分"), cell_of(day))
with tile(grid, "score", _("得分走势"), _("每天")):
    open_figure(day, "score", lambda mode: score_trend(day.scores, settings.target, mode), _("街道准备度得分走势"),
                losses_of(day))
with tile(grid, "flow", _("每周新增与解决"), _("条；台账销号或复查转合格")):
    open_figure(day, "flow", lambda mode: opened_closed(whole_weeks(day.weeks, day.as_of), mode),
                _("每周新增和解决的条数"), week_of(day.moves))
with tile(grid, "losses", _("失分最多的测评项目"), _("分")):
    open_figure(day, "losses", lambda mode: loss_bars(now.losses, reference.kinds, mode), _("失分最多的测评项目"),
                item_of(day))
with tile(grid, "overdue", _("超期最久的 5 件")):
    overdue_list(day)
open_map(clicked)
