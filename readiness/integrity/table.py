"""The table of integrity checks: what is looked for, why it matters and what to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from readiness.integrity import places, sheets, tallies, work
from readiness.integrity.finding import Evidence
from readiness.language import N_


@dataclass(frozen=True)
class Check:
    """One row of the table; counted is the heading of the findings' count, "" where there is none."""

    name: str
    why: str
    todo: str
    find: Callable[[Evidence], pd.DataFrame]
    counted: str = ""

    @property
    def code(self) -> str:
        return self.find.__name__


CHECKS = (
    Check(N_("不同日期的检查表一模一样"), N_("可能是把上一次的表复制过来，没有真去检查。"),
          N_("打开两张表对照，向检查人核实；确实没有去的，重新检查后上报。"), sheets.same_sheets, N_("行数")),
    Check(N_("自查全部合格，随后被查出不合格"), N_("自查可能走过场，自查的得分就靠不住。"),
          N_("与居民区一起到现场看一次，自查以现场为准重新上报。"), sheets.all_pass_but_others_failed),
    Check(N_("汇总数字与明细不符"), N_("汇报用的是汇总数，看板算的是明细；对不上，会上就说不清。"),
          N_("按明细改汇总，或把漏报、重复的行补正后重新上报。"), tallies.totals_against_rows, N_("相差")),
    Check(N_("三周没有任何记录的居民区"), N_("没有记录不等于没有问题，得分只是旧的。"),
          N_("催报检查表和台账；近期没有检查的先安排一次。"), work.quiet_areas, N_("天没有记录")),
    Check(N_("同一天整改完成 10 条以上"), N_("可能是集中填表的日期，不是真正完成的日期，办结天数会失真。"),
          N_("抽几条对照照片和现场；日期不对的，请居民区按实际日期更正。"), work.fixes_on_one_day, N_("同日条数")),
    Check(N_("同一分钟登记整改完成 5 条以上"), N_("一分钟里看不完这么多处，可能只是点了按钮。"),
          N_("请登记人补上照片，复核时到现场看。"), work.fixes_in_one_minute, N_("同时条数")),
    Check(N_("不符合之后改成不适用"), N_("不适用的项目不计分，不合格可能就这样被抹掉。"),
          N_("核对现场是否真的没有这一项；有的，改回检查结果。"), work.na_after_fail),
    Check(N_("台账没销号，自查却说合格"), N_("两份材料说法相反；得分按没销号算。"),
          N_("去复核：已经好了就销号，没好就纠正自查。"), work.pass_over_issue),
    Check(N_("已经销号，台账又写没完成"), N_("可能是旧台账没有更新，也可能是销号太早。"),
          N_("现场看：没好就退回，已经好了就更新台账。"), work.state_after_end),
    Check(N_("同一个点位名在两个居民区"), N_("可能有一个写错了居民区，检查和扣分就记错了人。"),
          N_("确认归哪个居民区；确是两处的，名称里写上路名或门牌加以区别。"), places.site_in_two_areas),
    Check(N_("坐标不在本居民区"), N_("地图上会画错地方，责任也可能算错。"),
          N_("核对经度、纬度和坐标系；地图是示意图时，只看是否在街道范围内。"),
          places.site_outside_its_area, N_("偏出（米）")),
    Check(N_("两个点位坐标相同"), N_("可能是同一处登记了两次，该查的项目就多算了一份。"),
          N_("是同一处的，点位台账里只留一个名称；不是的，更正坐标。"), places.sites_at_one_point),
    Check(N_("点位台账里同一点位写了两行"), N_("系统只当作一个点位，后一行没有写的内容沿用前一行，可能混在一起。"),
          N_("删去多余的一行，或把两处的名称区别开。"), places.site_twice_in_a_register),
    Check(N_("依据已经过期的检查结果"), N_("得分里用的是很久以前的结果，现在未必还这样。"),
          N_("把这些点位排进下一轮检查。"), work.stale_facts, N_("距今天数")),
    Check(N_("对不上测评标准的说法"), N_("只能算作“其他问题”或自立的项目，权重可能不对。"),
          N_("请在标准的测评项目表里，给相应的项目补上关键词。"), work.texts_outside_the_standard, N_("行数")),
)


def all_findings(seen: Evidence) -> dict[str, pd.DataFrame]:
    """What each check finds (finding.FINDING_COLUMNS), by the check's code, in the order of the table."""
    return {check.code: check.find(seen) for check in CHECKS}
