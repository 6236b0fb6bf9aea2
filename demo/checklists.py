"""Which of the fifteen items each key village meets, checked seven times in 2026."""

from collections.abc import Iterator
from datetime import date
from random import Random

from data_access.records import ChecklistMarkRecord

from .batch import Batch, moment
from .indicators_village import CHECKLIST_ITEMS
from .places import Land

INDICATOR = "XC06"
TAG = "重点村"

_CHECKS = (
    date(2026, 1, 27),
    date(2026, 3, 20),
    date(2026, 5, 20),
    date(2026, 6, 24),
    date(2026, 8, 20),
    date(2026, 9, 18),
    date(2026, 10, 22),
)
# What was missing at the first check, as a share of villages, and how it is made good.
_MISSING: dict[str, tuple[float, str]] = {
    "T1": (0.10, "尚有一个自然村未通硬化路"),
    "T2": (0.28, "枯水期供水不稳定"),
    "T3": (0.35, "动力电未到组，已列入农网计划"),
    "T4": (0.18, "高山组无固定宽带"),
    "T5": (0.49, "客车只通到邻村"),
    "Y1": (0.39, "主导产业未形成规模"),
    "Y2": (0.53, "集体经济年收入不足五万元"),
    "Y3": (0.32, "卫生室面积不足六十平方米"),
    "Y4": (0.25, "文化服务中心与村委会合用，无专用场地"),
    "Y5": (0.21, "便民服务站无专人值守"),
    "N1": (0.42, "产业奖补未兑现，增收不稳"),
    "N2": (0.26, "村医空缺，由邻村代诊"),
    "N3": (0.09, "教学点撤并后就学路程超过五公里"),
    "N4": (0.60, "应急避险点未设标识和物资"),
    "N5": (0.18, "村民代表会议记录不完整"),
}
# What share of the missing items is made good from one check to the next.
_MENDED = 0.21


def checklist_batches(country: Land, seed: int, author: str) -> Iterator[Batch]:
    """All items at the first check, afterwards only what changed."""
    rng = Random(f"{seed}:checklists")
    villages = [village for village in country.villages if TAG in village.tags]
    missing = {
        village.code: {item for item, _ in CHECKLIST_ITEMS if rng.random() < _MISSING[item][0]}
        for village in villages
    }
    for check, day in enumerate(_CHECKS):
        marks: list[ChecklistMarkRecord] = []
        for village in villages:
            held = missing[village.code]
            mended = {item for item in sorted(held) if check and rng.random() < _MENDED}
            held -= mended
            shown = [item for item, _ in CHECKLIST_ITEMS if check == 0 or item in mended]
            marks += [_mark(village.code, item, day, item not in held) for item in shown]
        yield Batch(moment(day, 16), author, tuple(marks))


def _mark(unit: str, item: str, day: date, met: bool) -> ChecklistMarkRecord:
    return ChecklistMarkRecord(INDICATOR, unit, item, day, met, None if met else _MISSING[item][1])
