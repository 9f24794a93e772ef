"""Composition: headings on no list, understood by their parts: what happens (整改) and what is told of it (日期)."""

from __future__ import annotations

import re

# The word that a heading ends in says what its cells are; the words before it say of what.
_FOUND = (
    r"打分|评分|发现|检查|巡查|督查|督导|排查|暗访|抽查|登记|测评|自查|提出|上报|考察|考核|考评|评比|巡检|点检|巡访|走访"
)
_FIXED = r"整改|整治|处置|处理|办理|解决|完成|办结|落实|治理|改好|改完|改了|改没|弄好|搞好|修复|反馈|清理|改正"
_DUE = r"时限|期限|限期|限时|限定|截止|最迟|最晚|到期|计划|拟|预计|预期|要求|应|规定|目标|承诺|希望|应当|须|前完成|之前"
_VERIFIED = r"复查|复核|复验|复检|验收|销号|销项|核销|核查|核验|回头看|闭环|再查"
_WENT_OUT = r"打卡|值班|值勤|执勤|巡逻|巡防|上岗|出勤|服务|活动|志愿|开展|集合"
_RESPONSIBLE = r"责任|负责|牵头|主责|主管|承办|落实|整改|主办|包保|包干|处置|治理"
_HELPING = r"^(?:配合|协|抄送|联动|参与单位|指导|监督|督办|监管)|配合|协办|协同|协助"
_PAPERWORK = (
    r"填报|填表|审核|制表|报送|下发|交办|派单|移交|发文|签收|签发|受理|转办|通知|打印|更新|统计|汇总|录入|建档"
    r"|督办|派发|创建|提交|修改"
)
_PROBLEM = r"不文明|问题|隐患|失分|不足|短板|不符合|不达标|不合格|缺陷|违规|毛病"

_TIME = re.compile(r"(日期|时间|日|时点|时候|年月日)$|什么时候|何时|几号|哪天")
_LIMIT = re.compile(r"(时限|期限|限期|截止|限时|节点)$")
_PERSON = re.compile(r"(人|人员|员|者|姓名|人姓名|谁|谁负责|谁来改|同志)$|^谁")
_UNIT = re.compile(r"(单位|部门|科室|主体|机构|办所|条线)(名称)?$")
_STATE = re.compile(
    r"(情况|状态|状况|进度|进展|结果|反馈|回复|答复|与否|程度|效果|成效|没有|没|吗|了没|如何|怎样)$|^是否|^有无|^有没有|是否"
)
_JUDGED = re.compile(
    r"(结果|判定|结论|评定|评价|认定|符合与否|达标与否|是否符合|是否达标|是否合格|是否到位)$|结果判定|判定结果"
)
_TOLD = re.compile(
    r"(问题|隐患|行为|描述|内容|详情|情况|表述|原因|现象|具体说明|说明|点|记录|表现|陈述|概况|不足|短板|哪些|事项|缺陷|毛病|如下)$|哪些(问题|隐患)|什么问题"
)
_COUNTED = re.compile(
    r"(数|数量|个数|件数|率|编号|序号|来源|照片|图片|排名|名次|等级|级别|类别|类型|分类|位置|地点|点位|类)$"
)
_MEASURE = re.compile(
    r"(措施|方案|办法|建议|意见|对策|举措|要求|任务|做法|内容|怎么改|如何改)$|^咋(整改|处理|解决|办)$"
)
_STANDARD = re.compile(r"(项目|内容|标准|指标|要点|要求|条款|细则|事项|细目|细项|条目|考点)$")


def composed(bare: str) -> str | None:
    """The concept of a folded heading without brackets, by its parts; None where they tell nothing.

    >>> composed("限期完成日期"), composed("发现问题时间"), composed("复验日期"), composed("整改完成日")
    ('due_on', 'inspected_on', 'verified_on', 'fixed_on')
    >>> composed("督导员"), composed("谁负责"), composed("整改负责科室"), composed("协办科室")
    ('inspector', 'responsible_person', 'responsible_unit', 'unread')
    >>> composed("是否完成整改"), composed("结果判定"), composed("失分问题"), composed("问题轻重"), composed("被查点位")
    ('status', 'result', 'description', 'severity', 'site')
    """
    if len(bare) < 2 or len(bare) > 16:
        return None
    return next((concept for rule in _RULES if (concept := rule(bare))), None)


def _day(bare: str) -> str | None:
    if not (_TIME.search(bare) or _LIMIT.search(bare)):
        return None
    if re.search(_PAPERWORK, bare):
        return "unread"
    if re.search(_VERIFIED, bare):
        return "verified_on"
    if re.search("(什么时候|何时|几号|哪天).*(改|完成|解决)", bare) and not bare.endswith("的"):
        return "due_on"
    if re.search(_DUE, bare) or _LIMIT.search(bare):
        return "due_on"
    if re.search("发现|查出|排查", bare):
        return "inspected_on"
    if re.search(_FIXED, bare):
        return "fixed_on"
    return "inspected_on" if re.search(f"{_FOUND}|{_WENT_OUT}", bare) else None


def _person(bare: str) -> str | None:
    if not _PERSON.search(bare):
        return None
    if re.search(f"{_PAPERWORK}|{_VERIFIED}|{_HELPING}|陪同|见证|领导", bare):
        return "responsible_leader" if "领导" in bare and re.search(_RESPONSIBLE, bare) else "unread"
    if re.search("负责|责任|谁来改|承办|包保|整改|落实|处置|执行|处理|办理", bare):
        return "responsible_person"
    return "inspector" if re.search(_FOUND, bare) else None


def _unit(bare: str) -> str | None:
    if not _UNIT.search(bare):
        return None
    if re.search("被检|受检|被查|被督查|被测|经营", bare):
        return "site"
    if re.search(f"{_HELPING}|{_PAPERWORK}|{_FOUND}", bare):
        return "unread"
    return "responsible_unit" if re.search(_RESPONSIBLE, bare) else None


def _picture(bare: str) -> str | None:
    if not re.search("(照片|图片|影像|照|图)(链接|地址|编号|文件名|名称)?[0-9]?$", bare):
        return None
    return "photos_after" if re.search("后|整改|完成|复查", bare) and "前" not in bare else "photos_before"


def _severity(bare: str) -> str | None:
    graded = "轻重|轻重程度|严重程度|严重性|紧急程度|风险等级|危险程度|轻重缓急|优先级|紧急度"
    return "severity" if re.search(f"({graded})$", bare) else None


def _kind(bare: str) -> str | None:
    if not re.search("(类别|类型|分类|种类|大类|小类|性质|归类|属性)$", bare):
        return None
    if re.match("[一二三四1-4]级", bare):
        return "category"
    if re.search("点位|场所|对象|单位|部位|地点", bare):
        return "site_kind"
    return "category" if re.search(f"{_PROBLEM}|事项|项目|检查|测评|指标|所属|内容", bare) else None


def _place(bare: str) -> str | None:
    if re.search("(照片|类|数|长|人|员)$|无|不|未|禁", bare):
        return None
    if re.search("(位置|部位|地段|方位|地点|在哪|在哪里|什么地方)$", bare):
        return "location"
    checked = "检查|暗访|督查|督导|巡查|抽查|测评|考察|考评|涉及"
    named = "点位|点位名称|场所名称|店名|小区名称|场所|店铺名称|商户名称|门店名称|单位全称|对象名称"
    if re.search(f"({checked})点$|({named})$", bare):
        return "site"
    return "address" if re.search("(地址|门牌)$", bare) else None


def _judgement(bare: str) -> str | None:
    if re.search(f"{_VERIFIED}", bare) and _STATE.search(bare):
        return "review"
    if _JUDGED.search(bare) and not re.search(_FIXED, bare):
        return "result"
    return None


def _progress(bare: str) -> str | None:
    if not _STATE.search(bare) or re.search("超期|逾期|超时|回潮|反弹|曝光|满意|上报|投诉|红线|重复|通报", bare):
        return "unread" if re.search("^(是否|有无)?.{0,4}(超期|逾期|超时|曝光|满意|重复|通报)", bare) else None
    return "status" if re.search(_FIXED, bare) else None


def _problem(bare: str) -> str | None:
    if re.search(_PROBLEM, bare) and _TOLD.search(bare) and not _COUNTED.search(bare) and not re.search(_FIXED, bare):
        return "description"
    return "description" if re.search("(扣分|失分|丢分)(原因|说明|理由|依据|点|情况)$", bare) else None


def _measure(bare: str) -> str | None:
    return (
        "measure"
        if _MEASURE.search(bare) and re.search("整改|整治|处置|处理|治理|解决|办理|落实|下步|下一步|采取|咋办", bare)
        else None
    )


def _indicator(bare: str) -> str | None:
    if _STANDARD.search(bare) and re.search(
        "考察|检查|测评|考核|考评|评比|巡检|点检|实地|指标|评分|评价|自查|巡查|创建|对应|核查|观测", bare
    ):
        return "indicator"
    return None


def _note(bare: str) -> str | None:
    return (
        "note"
        if bare
        in (
            "情况说明",
            "补充说明",
            "需说明的问题",
            "有关说明",
            "相关说明",
            "需要说明的情况",
            "特殊说明",
            "特殊情况说明",
        )
        else None
    )


def _area(bare: str) -> str | None:
    named = re.search("(居民区|居委会?)(名称|名)?$", bare) and not re.search("问题|意见|[数人]", bare)
    return "area" if named else None


def _phone(bare: str) -> str | None:
    if not re.search("(电话|手机|联系方式)(号码?)?$", bare):
        return None
    if re.search("点位?长", bare):
        return "point_phone"
    return "other_phone" if re.search("[路街片块巷]长|网格", bare) else "phone"


def _people(bare: str) -> str | None:
    """Who went out: a number of party members or of volunteers."""
    if "问题" in bare or not re.search("(数|人数|人次|名数)$", bare):
        return None
    return "party_members" if "党员" in bare else "volunteers" if re.search("志愿者|志愿|群众", bare) else None


def _hours(bare: str) -> str | None:
    return "hours" if re.search("(时长|时数|小时数|工时|学时)$", bare) else None


def _counts(bare: str) -> str | None:
    """How many problems were found or put right; 合格数 and the like are counts of items."""
    if not re.search("(数|数量|总数|个数|件数|处数|条数|起数)$", bare) or re.search("率|次数|人数|天数|项数", bare):
        return None
    if re.search("解决|整改|处置|处理|办结|销号|完成", bare) and not re.search("未|待|超", bare):
        return "solved"
    return "found" if re.search("(发现|查出|排查|上报|查找).*(问题|隐患)|^(问题|隐患)", bare) else None


def _number(bare: str) -> str | None:
    of = "问题|隐患|事项|任务|工单|督办|交办|案件|记录"
    return "number" if re.search(f"^({of})?(编号|编码|单号|流水号|序号)$", bare) else None


_RULES = (
    _number,
    _hours,
    _counts,
    _area,
    _phone,
    _people,
    _note,
    _day,
    _picture,
    _person,
    _unit,
    _severity,
    _kind,
    _place,
    _judgement,
    _problem,
    _progress,
    _measure,
    _indicator,
)
