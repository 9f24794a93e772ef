"""The reference data: what is shipped, what an office may change, and the sentence for every bad edit."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from readiness.clean import cleaned
from readiness.model import ReadinessError
from readiness.reference import DATA, load_reference

SHIPPED = load_reference()
KINDS = ["residential", "main_road", "back_lane", "school", "park", "market", "shop", "restaurant", "ebike_shop",
         "crossing", "bus_stop", "other"]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of data/ that a test may edit."""
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder, ignore=shutil.ignore_patterns("demo"))
    return folder


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1, f"{old!r} is not in {path.name}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def refusal(folder: Path) -> str:
    with pytest.raises(ReadinessError) as refused:
        load_reference(folder)
    return str(refused.value)


# What is shipped

def test_areas_are_the_25_and_the_subdistrict_itself():
    areas = SHIPPED.areas
    assert len(areas) == 26
    assert areas.loc[~areas["ranked"], "short_name"].tolist() == ["街道直管"]
    wenyuan = areas.set_index("code").loc["310109016011"]
    assert (wenyuan["official_name"], wenyuan["short_name"]) == ("文苑第一居委会", "文苑一")
    assert wenyuan["aliases"] == ("文一", "文苑1", "文苑第一")
    assert SHIPPED.area_names()["310109016004"] == "汶二"


def test_kinds_are_the_twelve_with_weights_and_two_character_names():
    kinds = SHIPPED.kinds
    assert kinds["kind"].tolist() == KINDS
    assert " ".join(kinds["short"]) == "小区 主干 背街 学校 公园 菜场 商铺 餐饮 电车 路口 公交 其他"
    assert kinds["weight"].tolist() == [3, 2, 1.5, 1.5, 1, 2, 1.5, 1.5, 1, 1, 1, 0.5]
    assert SHIPPED.kind_names()["back_lane"] == "背街小巷"


def test_every_kind_has_items_and_exactly_one_other_item():
    assert sorted(SHIPPED.other_items()) == sorted(KINDS)
    counts = SHIPPED.items["kind"].value_counts()
    assert counts[KINDS].tolist() == [23, 20, 14, 14, 21, 19, 12, 18, 15, 14, 10, 15]
    others = SHIPPED.items[SHIPPED.items["item"].str.endswith("-00")]
    assert others["text"].tolist() == ["其他问题"] * 12
    assert others["weight"].tolist() == [1.0] * 12
    assert others["keywords"].tolist() == [()] * 12


def test_every_item_names_its_source_and_which_answer_is_bad():
    items = SHIPPED.items[~SHIPPED.items["item"].str.endswith("-00")]
    assert items["source"].str.startswith("参考模板 ").all()
    assert set(items["bad_answer"]) == {"否"}
    assert (items["keywords"].map(len) > 0).all()
    red = items[items["red_line"]]
    assert red["source"].str.contains("本街道自定").all()
    assert {"A-03", "A-04", "A-20", "D-11", "H-11", "L-14"} <= set(red["item"])


def test_no_keyword_of_an_item_lies_within_one_of_another_item_of_its_kind():
    words = SHIPPED.items.explode("keywords").dropna(subset="keywords")[["item", "kind", "keywords"]]
    words["keywords"] = cleaned(words["keywords"])
    pairs = words.merge(words, on="kind", suffixes=("", "_other"))
    pairs = pairs[pairs["item"] != pairs["item_other"]]
    inside = [word in other for word, other in zip(pairs["keywords"], pairs["keywords_other"], strict=True)]
    assert pairs[inside].empty, pairs[inside].head().to_string()


def items_matched(kind: str, text: str) -> list[str]:
    words = SHIPPED.items[SHIPPED.items["kind"] == kind].explode("keywords").dropna(subset="keywords")
    return words.loc[[cleaned(word) in cleaned(text) for word in words["keywords"]], "item"].unique().tolist()


@pytest.mark.parametrize(("kind", "description", "item"), [
    ("residential", "楼道堆物", "A-01"),
    ("residential", "3号楼道内堆放纸箱", "A-01"),
    ("residential", "消防通道被占用", "A-03"),
    ("residential", "有飞线现象", "A-04"),
    ("residential", "飞线充电，缆线乱拉", "A-04"),
    ("residential", "车辆乱停乱放", "A-05"),
    ("residential", "垃圾桶未盖、桶壁脏污、垃圾满溢", "A-06"),
    ("residential", "楼道地面烟头", "A-07"),
    ("residential", "南门处地面存在垃圾", "A-07"),
    ("residential", "杂物、废弃物乱堆乱放", "A-07"),
    ("residential", "多个卫生死角", "A-07"),
    ("residential", "路面破损积水", "A-08"),
    ("residential", "楼道口地面破损", "A-08"),
    ("residential", "住户乱拉横幅、乱粘贴小广告", "A-09"),
    ("residential", "绿化带黄土裸露", "A-10"),
    ("residential", "绿植残缺", "A-10"),
    ("residential", "乱拉线晾晒", "A-11"),
    ("residential", "公益广告褪色破损", "A-12"),
    ("residential", "无15分钟生活圈提示牌", "A-14"),
    ("residential", "无健身设施", "A-15"),
    ("residential", "违规遛犬", "A-16"),
    ("residential", "僵尸车长期占位", "A-18"),
    ("residential", "12号楼楼道充电", "A-20"),
    ("main_road", "电动自行车占用盲道", "B-04"),
    ("main_road", "店外经营", "B-06"),
    ("main_road", "共享单车乱停放", "B-07"),
    ("back_lane", "门前三包责任落实不到位，门口杂物乱堆乱放", "C-10"),
    ("market", "无行业规范", "D-02"),
    ("market", "发现过期食品", "D-11"),
    ("school", "校门口流动摊贩", "E-04"),
    ("shop", "门前三包责任落实不到位，门口杂物乱堆乱放", "G-05"),
    ("shop", "店外经营", "G-06"),
    ("restaurant", "餐具消毒无记录", "L-04"),
    ("ebike_shop", "样车占用人行道", "H-12"),
    ("other", "1米线磨损", "K-06"),
    ("other", "未标注消防区域", "K-04"),
    ("other", "围挡破损", "K-11"),
])
def test_real_descriptions_point_to_one_item(kind: str, description: str, item: str):
    assert items_matched(kind, description) == [item]


def test_an_item_s_own_words_point_to_no_other_item():
    items = SHIPPED.items[~SHIPPED.items["item"].str.endswith("-00")]
    strays = {item: found for item, kind, text in zip(items["item"], items["kind"], items["text"], strict=True)
              if len(found := items_matched(kind, text)) == 1 and found != [item]}
    assert strays == {}


# What an office may do

def test_a_kind_of_site_with_its_items_needs_no_code(data: Path):
    with (data / "standard/kinds.csv").open("a", encoding="utf-8") as kinds:
        kinds.write("hospital,社区医院,医院,1.5,社区医院|门诊\n")
    replace(data / "standard/kinds.csv", "医院|卫生服务中心|", "卫生服务中心|")
    with (data / "standard/items.csv").open("a", encoding="utf-8") as items:
        items.write("M-01,hospital,无障碍设施可用,基础设施,1,无障碍,,否,本院\n"
                    "M-02,hospital,有一米线,公共秩序,2,一米线,,否,本院\n"
                    "M-03,hospital,存在吸烟现象,文明行为,1,吸烟,是,是,本院\n")
    reference = load_reference(data)
    assert reference.kinds.iloc[-1].tolist() == ["hospital", "社区医院", "医院", 1.5, ("社区医院", "门诊")]
    added = reference.items[reference.items["kind"] == "hospital"].set_index("item")
    assert added["weight"].to_dict() == {"M-01": 1, "M-02": 2, "M-03": 1, "hospital-00": 1}
    assert added["red_line"].to_dict() == {"M-01": False, "M-02": False, "M-03": True, "hospital-00": False}
    assert added.loc["M-03", ["bad_answer", "keywords"]].tolist() == ["是", ("吸烟",)]
    assert reference.other_items()["hospital"] == "hospital-00"
    assert reference.hash != SHIPPED.hash


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_files_saved_by_excel_read_the_same(data: Path, encoding: str):
    for path in (data / "areas.csv", data / "standard/kinds.csv", data / "standard/items.csv",
                 data / "standard/inspections.csv"):
        text = path.read_text(encoding="utf-8").replace("\n", "\r\n") + ",,,\r\n"
        path.write_bytes(text.encode(encoding))
    reference = load_reference(data)
    pd.testing.assert_frame_equal(reference.areas, SHIPPED.areas)
    pd.testing.assert_frame_equal(reference.kinds, SHIPPED.kinds)
    pd.testing.assert_frame_equal(reference.items, SHIPPED.items)
    pd.testing.assert_frame_equal(reference.inspections, SHIPPED.inspections)


def test_the_hash_is_that_of_the_standard_whatever_its_encoding(data: Path):
    assert load_reference(data).hash == SHIPPED.hash
    assert len(SHIPPED.hash) == 12
    items = data / "standard/items.csv"
    items.write_bytes(items.read_text(encoding="utf-8").replace("\n", "\r\n").encode("gb18030"))
    replace(data / "areas.csv", "汶水二", "汶水贰")
    assert load_reference(data).hash == SHIPPED.hash
    replace(data / "standard/settings.toml", "target = 90", "target = 91")
    assert load_reference(data).hash != SHIPPED.hash
    replace(data / "standard/settings.toml", "target = 91", "target = 90")
    replace(data / "standard/inspections.csv", "公园广场", "公园")
    assert load_reference(data).hash != SHIPPED.hash


@pytest.mark.parametrize(("path", "old", "new"), [
    ("standard/deadlines.csv", "公共秩序,,3,", "公共秩序,,4,"), ("standard/reminders.csv", "7,办公室", "8,办公室")])
def test_deadlines_and_reminders_are_part_of_the_standard(data: Path, path: str, old: str, new: str):
    replace(data / path, old, new)
    assert load_reference(data).hash != SHIPPED.hash


def test_every_category_of_the_items_has_its_days():
    named = set(SHIPPED.deadlines["category"]) - {""}
    assert named == set(SHIPPED.items["category"]) - {"其他"}
    assert SHIPPED.deadlines["source"].str.startswith("参考模板").all()
    assert SHIPPED.reminders["days"].tolist() == [-3, 0, 1, 3, 7]


def test_columns_may_stand_in_any_order_and_others_may_be_added(data: Path):
    path = data / "standard/kinds.csv"
    table = pd.read_csv(path, dtype="str")
    table[["weight", "keywords", "short", "kind", "name"]].assign(remark="自用").to_csv(path, index=False)
    pd.testing.assert_frame_equal(load_reference(data).kinds, SHIPPED.kinds)


# Bad edits: file, what is replaced by what, and the sentence

BAD_EDITS = [
    ("areas.csv", "code,official", "编码,official",
     "data/areas.csv 第 1 行：表头缺少“code”列，应有 code,official_name,short_name,aliases。"),
    ("areas.csv", "310109016002,水电居委会", "3.10109E+11,水电居委会",
     "data/areas.csv 第 4 行：code 列看到“3.10109E+11”，应写 12 位数字的统计代码"
     "（用 Excel 编辑时请先把这一列设为文本）。"),
    ("areas.csv", "310109016002,水电居委会", "310109016001,水电居委会",
     "data/areas.csv 第 4 行：code 列看到“310109016001”，第 3 行已经用过，应换一个不同的。"),
    ("areas.csv", "水电居委会,水电,", "水电居委会,,",
     "data/areas.csv 第 4 行：short_name 列是空的，应写居民区的名称。"),
    ("areas.csv", "汶二,汶水二", "汶二,汶水二|汶水一",
     "data/areas.csv 第 6 行：aliases 列看到“汶水一”，第 5 行已经用过，应只留在一处。"),
    ("areas.csv", "水电居委会,水电,", "水电居委会,水电,广水居民区",
     "data/areas.csv 第 4 行：aliases 列看到“广水居民区”，第 3 行已经用过，应只留在一处。"),
    ("areas.csv", "水电居委会,水电,", "水电居委会,水电,水电路,水电村",
     "data/areas.csv 第 4 行：有 5 格，表头只有 4 格，内容里的逗号请改成“，”或“|”。"),
    ("standard/kinds.csv", "park,公园广场,公园,1,", "park,公园广场,公园,1分,",
     "data/standard/kinds.csv 第 6 行：weight 列看到“1分”，应写一个不小于 0 的数。"),
    ("standard/kinds.csv", "park,公园广场,公园,1,", "park,公园广场,公园,,",
     "data/standard/kinds.csv 第 6 行：weight 列是空的，应写一个不小于 0 的数。"),
    ("standard/kinds.csv", "park,公园广场,公园,1,", "park,公园广场,公园,inf,",
     "data/standard/kinds.csv 第 6 行：weight 列看到“inf”，应写一个不小于 0 的数。"),
    ("standard/kinds.csv", "park,公园广场,公园,1,", "park,公园广场,大公园,1,",
     "data/standard/kinds.csv 第 6 行：short 列看到“大公园”，应写不超过两个字的简称。"),
    ("standard/kinds.csv", "other,其他", "misc,其他",
     "data/standard/kinds.csv：缺少 other 这一类，它有固定的用处，不能删去或改代号。"),
    ("standard/kinds.csv", "绿地", "绿地|菜场",
     "data/standard/kinds.csv 第 7 行：keywords 列看到“菜场”，第 6 行已经用过，应只留在一处。"),
    ("standard/items.csv", "A-02,residential", "A-01,residential",
     "data/standard/items.csv 第 3 行：item 列看到“A-01”，第 2 行已经用过，应换一个不同的。"),
    ("standard/items.csv", "文明行为,1,遛狗|遛犬", "文明行为,abc,遛狗|遛犬",
     "data/standard/items.csv 第 17 行：weight 列看到“abc”，应写一个不小于 0 的数。"),
    ("standard/items.csv", "文明行为,1,遛狗|遛犬", "文明行为,-1,遛狗|遛犬",
     "data/standard/items.csv 第 17 行：weight 列看到“-1”，应写一个不小于 0 的数。"),
    ("standard/items.csv", "A-02,residential", "A-02,residental",
     "data/standard/items.csv 第 3 行：kind 列看到“residental”，应是 standard/kinds.csv 里的一个代号。"),
    ("standard/items.csv", "无“僵尸车”", "无小广告、乱涂写",
     "data/standard/items.csv 第 19 行：text 列看到“无小广告、乱涂写”，第 10 行已经用过，应换一个不同的。"),
    ("standard/items.csv", "僵尸车|废弃车辆", "僵尸车|垃圾桶",
     "data/standard/items.csv 第 19 行：keywords 列看到“垃圾桶”，第 7 行已经用过，应只留在一处。"),
    ("standard/items.csv", "疏散通道|生命通道,是,否", "疏散通道|生命通道,红,否",
     "data/standard/items.csv 第 4 行：red_line 列看到“红”，应写“是”或留空。"),
    ("standard/items.csv", "疏散通道|生命通道,是,否", "疏散通道|生命通道,是,没有",
     "data/standard/items.csv 第 4 行：bad_answer 列看到“没有”，应写“是”或“否”，或留空。"),
    ("standard/items.csv", "无“僵尸车”", '"无僵尸车',
     "data/standard/items.csv 第 19 行：引号不成对，请删去多余的半角双引号，或在这一格的末尾补上一个。"),
    ("standard/deadlines.csv", "公共秩序,,3,", "公共秩序,,0,",
     "data/standard/deadlines.csv 第 6 行：days 列看到“0”，应写 1 到 366 之间的整数。"),
    ("standard/deadlines.csv", "公共秩序,,3,", "公共秩序,,3天,",
     "data/standard/deadlines.csv 第 6 行：days 列看到“3天”，应写 1 到 366 之间的整数。"),
    ("standard/deadlines.csv", "公共秩序,,3,", "公共环境 ,,3,",
     "data/standard/deadlines.csv 第 6 行：类别和程度同第 5 行一样，应只留一行。"),
    ("standard/deadlines.csv", ",,5,", "其他,,5,",
     "data/standard/deadlines.csv：缺少 category 和 severity 都留空的一行，它管其余的问题。"),
    ("standard/reminders.csv", "-3,责任人", "-3.5,责任人",
     "data/standard/reminders.csv 第 2 行：days 列看到“-3.5”，应写 -366 到 366 之间的整数。"),
    ("standard/reminders.csv", "7,办公室、分管领导", "7,",
     "data/standard/reminders.csv 第 6 行：tell 列是空的，应写告知谁。"),
    ("standard/reminders.csv", "7,办公室", "3,办公室",
     "data/standard/reminders.csv 第 6 行：days 列的“3”前面已经有一行，应只留一行。"),
    ("standard/reminders.csv", "\n0,责任人", "\n2,责任人",
     "data/standard/reminders.csv：应有 days 是 0（今天到期）和 1（刚超期）的两行。"),
    ("standard/inspections.csv", "parks,公园广场,park", "park s,公园广场,park",
     "data/standard/inspections.csv 第 3 行：inspection 列看到“park s”，应写不带空格的代号，如 hospitals。"),
    ("standard/inspections.csv", "parks,公园广场,park", "schools,公园广场,park",
     "data/standard/inspections.csv 第 3 行：inspection 列看到“schools”，第 2 行已经用过，应换一个不同的。"),
    ("standard/inspections.csv", "parks,公园广场,park", "parks,,park",
     "data/standard/inspections.csv 第 3 行：name 列是空的，应填写。"),
    ("standard/inspections.csv", "parks,公园广场,park", "parks,公园广场,",
     "data/standard/inspections.csv 第 3 行：kinds 列是空的，应写点位类型的代号，如 shop|restaurant。"),
    ("standard/inspections.csv", "market|restaurant", "market|restorant",
     "data/standard/inspections.csv 第 5 行：kinds 列看到“market|restorant”，“restorant”不是 kinds.csv 里的代号。"),
    ("standard/inspections.csv", "shop,消防安全", "shop,食品卫生",
     "data/standard/inspections.csv 第 6 行：categories 列看到“食品卫生”，"
     "“食品卫生”不是这些点位类型的测评项目的类别。"),
    ("standard/inspections.csv", "ebike_shop,,", "ebike_shop,,H-01|A-01",
     "data/standard/inspections.csv 第 7 行：items 列看到“H-01|A-01”，“A-01”不是这些点位类型的测评项目的代号。"),
    ("words.toml", "[states]", "[zustand]",
     "data/words.toml：缺少 [states] 这一段，请补上或恢复原文件。"),
]


@pytest.mark.parametrize(("path", "old", "new", "sentence"), BAD_EDITS)
def test_a_bad_edit_is_named_with_file_and_line(data: Path, path: str, old: str, new: str, sentence: str):
    replace(data / path, old, new)
    assert refusal(data) == sentence


def test_line_numbers_are_right_after_a_line_end_in_quotes_and_after_blank_lines(data: Path):
    path = data / "standard/items.csv"
    replace(path, "无“僵尸车”", '"无\n僵尸车"')
    replace(path, "A-19,", "\n,,,,\nA-19,")
    replace(path, "楼道充电|楼内充电", "楼道充电|车棚")
    replace(path, "A-22,residential,非机动车棚充电设施规范完好,基础设施,1", "A-22,residential,车棚,基础设施,二")
    lines = path.read_text(encoding="utf-8").split("\n")
    assert lines[25].startswith("A-22,")
    assert refusal(data).startswith("data/standard/items.csv 第 26 行：keywords 列看到“车棚”，第 24 行已经用过")


def test_a_missing_file_and_a_file_that_is_no_text_are_named(data: Path):
    (data / "standard/kinds.csv").write_bytes(b"\xff\xff\x00kind")
    assert refusal(data) == "data/standard/kinds.csv：文字编码无法识别，请另存为 UTF-8 编码的文本。"
    (data / "standard/kinds.csv").unlink()
    assert refusal(data) == "data/standard/kinds.csv：打不开这个文件，请把它放回原处，或检查读取权限。"


def test_a_heading_word_with_two_meanings_is_named(data: Path):
    replace(data / "words.toml", 'area = ["居民区"', 'area = ["序 号", "居民区"')
    assert "area 里看到“序 号”，number 里已经有了，应只留在一处。" in refusal(data)
