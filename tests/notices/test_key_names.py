"""What a key is a figure of, in words."""

import pytest
from sqlalchemy import Engine

from briefing.snapshots import read_frozen
from data_access.engine import read
from notices.figures import Figures
from tests.data_access.county import COUNT, NORTH, SOUTH
from tests.notices.office import WHOLE

NAMES = {
    f"cell|{NORTH}|{COUNT}|completion": "单位101 指标count 完成率",
    f"cell|{NORTH}|{COUNT}|planned": "单位101 指标count 序时进度",
    f"cell|{NORTH}|{COUNT}|gap": "单位101 指标count 较序时",
    f"cell|{NORTH}|{COUNT}|state": "单位101 指标count 状态",
    f"said|{NORTH}|{COUNT}|measure": "说明 单位101 指标count 措施",
    f"unit|{SOUTH}|rate": "单位102 达序时率",
    f"unit|{SOUTH}|owed": "单位102 应报数据项数",
    f"indicator|{COUNT}|lead": "指标count 牵头部门",
    "department|D01|name": "农业 名称",
    "count|township|total": "目标项数 乡镇 应评判项数",
    "count|township|far_behind": "目标项数 乡镇 严重滞后",
    "count|county|fine": "目标项数 县级 完成和达序时项数",
    "units|flagged": "单位 滞后单位数",
    "units|townships": "单位 乡镇数",
    "reports|owed": "报送 应报数据项数",
    "ledger|open": "整改台账 在办件数",
    "ledger|closing_rate": "整改台账 销号率",
    "rule|gate": "规则 报送门槛",
    "frame|as_of": "截至日期",
    # What the county does not know is called by its code.
    "cell|990521109|nothing|actual": "990521109 nothing 实际完成",
    "issue|ZG2026-012|deadline": "整改事项 ZG2026-012 整改期限",
    "class|饮水|overdue": "问题类别 饮水 逾期件数",
}


def figures(engine: Engine) -> Figures:
    with read(engine) as connection:
        return Figures(read_frozen(connection, WHOLE, 1).villages)


def test_a_key_is_named_with_what_it_is_of_and_its_field(office: Engine) -> None:
    known = figures(office)
    assert {key: known.named(key) for key in NAMES} == NAMES


@pytest.mark.parametrize(
    ("key", "part"),
    [
        ("reports|rate", "报送率"),
        (f"unit|{SOUTH}|on_plan", "完成和达序时项数"),
        (f"unit|{NORTH}|flag", "列入原因"),
        (f"behind_on|{COUNT}", "指标count"),
        (f"indicator|{COUNT}|measure", "计量单位"),
    ],
)
def test_a_key_is_named_by_what_it_says(office: Engine, key: str, part: str) -> None:
    assert part in figures(office).named(key)
