"""What a key is a figure of, in words."""

import re

import pytest
from sqlalchemy import Engine

from briefing.snapshots import read_frozen
from data_access.engine import read
from notices.checking import OF_THE_SNAPSHOT
from notices.figures import Figures
from tests.data_access.county import COUNT, NORTH, SOUTH
from tests.notices.office import WHOLE
from tests.notices.papers import Notice

NAMES = {
    f"cell|{NORTH}|{COUNT}|completion": "单位101 指标count 完成率",
    f"cell|{NORTH}|{COUNT}|planned": "单位101 指标count 序时进度",
    f"cell|{NORTH}|{COUNT}|gap": "单位101 指标count 较序时",
    f"cell|{NORTH}|{COUNT}|state": "单位101 指标count 状态",
    f"said|{NORTH}|{COUNT}|measure": "单位101 指标count 填报的措施",
    f"unit|{SOUTH}|rate": "单位102 达序时率",
    f"unit|{SOUTH}|owed": "单位102 应报数据项数",
    f"indicator|{COUNT}|lead": "指标count 牵头部门",
    "department|D01|name": "农业 名称",
    "count|township|total": "各乡镇应评判的目标项数",
    "count|township|far_behind": "各乡镇严重滞后的目标项数",
    "count|county|fine": "县级完成和达序时的目标项数",
    "units|flagged": "滞后单位数",
    "units|townships": "乡镇数",
    "units|kinds": "乡镇一级单位的统称",
    "count|township|done": "各乡镇已完成的目标项数",
    "count|township|lagging": "各乡镇滞后、严重滞后和未完成的目标项数",
    "count|township|left_out": "各乡镇不参与评判的目标项数",
    "count|township|doubted": "各乡镇数据存疑的目标项数",
    "reports|rate": "全县报送率",
    f"behind_on|{COUNT}": "指标count滞后的乡镇数",
    "data_on|2026-05-31": "数据截至2026年5月31日的指标数",
    "reports|owed": "全县应报数据项数",
    "ledger|open": "在办整改事项件数",
    "ledger|closing_rate": "整改事项累计销号率",
    "rule|gate": "评判规则的报送门槛",
    "frame|as_of": "截至日期",
    # What the county does not know is called by its code.
    "cell|990521109|nothing|actual": "990521109 nothing 实际完成",
    "issue|ZG2026-012|deadline": "整改事项ZG2026-012的整改期限",
    "class|饮水|overdue": "“饮水”类问题的逾期件数",
}


def figures(engine: Engine) -> Figures:
    with read(engine) as connection:
        return Figures(read_frozen(connection, WHOLE, 1).villages)


def test_a_key_is_named_with_what_it_is_of_and_its_field(office: Engine) -> None:
    known = figures(office)
    assert {key: known.named(key) for key in NAMES} == NAMES


def test_no_figure_of_a_notice_is_called_by_a_code(notice: Notice) -> None:
    keys = {run.key for run in notice.paper.bound()} - {OF_THE_SNAPSHOT, "frame|county"}
    named = {key: notice.figures.named(key) for key in keys}
    assert [key for key, name in named.items() if not name or re.search(r"[a-z_|]|\d{9}", name)] == []


@pytest.mark.parametrize(
    ("key", "part"),
    [
        (f"unit|{SOUTH}|on_plan", "完成和达序时项数"),
        (f"unit|{NORTH}|flag", "列入原因"),
        (f"indicator|{COUNT}|measure", "计量单位"),
    ],
)
def test_a_key_is_named_by_what_it_says(office: Engine, key: str, part: str) -> None:
    assert part in figures(office).named(key)
