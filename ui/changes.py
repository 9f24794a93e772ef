"""What changed since the day compared with, as at most six short sentences."""

from __future__ import annotations

from html import escape

import pandas as pd

from readiness.standing import Standing
from ui.words import day_text, known, percent

MOST = 6
MOVED = 0.05


def changes(now: Standing, before: Standing, minimum_coverage: float) -> list[tuple[str, str]]:
    """(mark, sentence in HTML) of what moved between two days, the most important first."""
    lines = [score_line(now, before), fall_line(now, before), overdue_line(now, before), red_line(now),
             relapse_line(now, before), lacking_line(now, minimum_coverage)]
    return [line for line in lines if line][:MOST]


def moves(now: Standing, before: Standing) -> pd.DataFrame:
    """Areas whose score moved: short_name, change (points), the greatest rise first."""
    earlier = before.areas.set_index("area_code")["score"]
    moved = now.areas.assign(change=now.areas["score"] - now.areas["area_code"].map(earlier))
    moved = moved[moved["change"].abs() >= MOVED]
    return moved.sort_values("change", ascending=False, kind="stable")[["short_name", "change"]]


def score_line(now: Standing, before: Standing) -> tuple[str, str] | None:
    """The subdistrict's score, then and now, with the areas that rose most."""
    value, earlier = now.subdistrict.score, before.subdistrict.score
    if not (known(value) and known(earlier)):
        return None
    rises = moves(now, before).query("change > 0").head(2)
    which = "、".join(f"<b>{escape(name)}</b>（+{change:.1f}）" for name, change in rises.itertuples(index=False))
    mark = "▲" if value - earlier >= MOVED else "▼" if earlier - value >= MOVED else "＝"
    return mark, f"街道准备度 {earlier:.1f} → <b>{value:.1f}</b>" + (f"，提高最多的是{which}。" if which else "。")


def fall_line(now: Standing, before: Standing) -> tuple[str, str] | None:
    """The areas that fell most."""
    falls = moves(now, before).query("change < 0").tail(3).iloc[::-1]
    if falls.empty:
        return None
    which = "、".join(f"<b>{escape(name)}</b>（{change:.1f}）".replace("-", "−")
                     for name, change in falls.itertuples(index=False))
    return "▼", f"下降最多的是{which}。"


def overdue_line(now: Standing, before: Standing) -> tuple[str, str] | None:
    """Overdue issues, against then, and the two areas that have most of them."""
    count, earlier = now.subdistrict.overdue, before.subdistrict.overdue
    if not count and not earlier:
        return None
    step = f"多 {count - earlier} 条" if count > earlier else f"少 {earlier - count} 条" if count < earlier else "持平"
    most = now.areas[now.areas["overdue"] > 0].sort_values("overdue", ascending=False, kind="stable").head(2)
    which = "、".join(f"<b>{escape(name)}</b>" for name in most["short_name"])
    share = f"；{which}{'合' if len(most) > 1 else ''}占 {most['overdue'].sum()} 条" if len(most) else ""
    return "!", f"超期 {count} 条，与 {day_text(before.as_of)}相比{step}{share}。"


def red_line(now: Standing) -> tuple[str, str] | None:
    """Open red lines by name."""
    open_lines = now.issues[now.issues["red_line"] & (now.issues["status"] != "verified")]
    if open_lines.empty:
        return None
    names = now.areas.set_index("area_code")["short_name"]
    shown = open_lines.drop_duplicates("area_code").head(3)
    which = "、".join(f"<b>{escape(str(names.get(code, '')))}</b> {escape(str(text))}"
                     for code, text in zip(shown["area_code"], shown["description"], strict=True))
    return "!", f"红线项 {len(open_lines)} 条未销号：{which}{'等' if len(open_lines) > len(shown) else ''}。"


def relapse_line(now: Standing, before: Standing) -> tuple[str, str] | None:
    """Relapses found since then."""
    since = now.issues[now.issues["relapse_of"].notna() & (now.issues["found_on"] > pd.Timestamp(before.as_of))]
    return ("↺", f"{day_text(before.as_of)}以来回潮 {len(since)} 条。") if len(since) else None


def lacking_line(now: Standing, minimum_coverage: float) -> tuple[str, str] | None:
    """Areas without a score."""
    lacking = now.areas[now.areas["ranked"] & now.areas["score"].isna()]
    if lacking.empty:
        return None
    names = "、".join(f"<b>{escape(name)}</b>" for name in lacking["short_name"].head(4))
    more = f"等 {len(lacking)} 个居民区" if len(lacking) > 4 else ""
    return "?", f"{names}{more}检查覆盖率不足 {percent(minimum_coverage)}，暂不评分。"


def change_list(lines: list[tuple[str, str]]) -> str:
    """The sentences as an HTML list; one muted sentence where nothing changed."""
    if not lines:
        return '<div class="quiet">与对比日相比没有变化。</div>'
    sides = {"▲": "up", "▼": "down", "!": "down"}
    items = "".join(f'<li><i class="{sides.get(mark, "")}">{mark}</i><span>{text}</span></li>' for mark, text in lines)
    return f'<ul class="lines">{items}</ul>'
