"""The shapes of the year in the invented county: one for each kind of work, and three of single units."""

from dataclasses import dataclass
from datetime import date

from data_access.records import CurveRecord
from metrics.curves import BY_MONTH, Curve, Shape

from .places import BEGIN, Land

DEFAULT = BY_MONTH.name


def _linear(name: str, *points: tuple[str, float]) -> Curve:
    return Curve(name, Shape.LINEAR, points)


def _step(name: str, *points: tuple[str, float]) -> Curve:
    return Curve(name, Shape.STEP, points)


_ALL = (
    BY_MONTH,
    _linear("培训10/30/30/30", ("03-31", 0.10), ("06-30", 0.40), ("09-30", 0.70), ("12-31", 1.0)),
    _step("雨露计划两次发放", ("06-30", 0.5), ("12-31", 1.0)),
    _step("光伏收益两次分配", ("06-30", 0.4), ("12-31", 1.0)),
    _step("九月底前一次代缴", ("09-30", 1.0)),
    _step("预算年初一次到位", ("06-30", 1.0)),
    _linear(
        "春秋两季种植",
        ("02-29", 0.05),
        ("03-31", 0.25),
        ("04-30", 0.55),
        ("05-31", 0.70),
        ("08-31", 0.72),
        ("09-30", 0.82),
        ("10-31", 0.95),
        ("11-30", 1.0),
    ),
    _linear(
        "粮食播种农时",
        ("02-29", 0.28),
        ("04-30", 0.46),
        ("05-31", 0.80),
        ("06-30", 0.97),
        ("07-31", 1.0),
    ),
    _linear("春冬造林", ("02-29", 0.30), ("03-31", 0.60), ("04-30", 0.70), ("10-31", 0.75), ("12-31", 1.0)),
    _linear("农田农闲施工", ("04-30", 0.35), ("09-30", 0.40), ("12-31", 1.0)),
    _linear(
        "学年送教",
        ("01-15", 0.05),
        ("02-29", 0.05),
        ("06-30", 0.55),
        ("08-31", 0.55),
        ("12-31", 1.0),
    ),
    _linear(
        "预算年度支出",
        ("03-31", 0.05),
        ("06-30", 0.25),
        ("09-30", 0.50),
        ("10-31", 0.68),
        ("11-30", 0.88),
        ("12-31", 1.0),
    ),
    _linear(
        "工程施工季",
        ("03-31", 0.05),
        ("04-30", 0.15),
        ("06-30", 0.45),
        ("09-30", 0.80),
        ("10-31", 0.90),
        ("11-30", 1.0),
    ),
    _linear(
        "危房改造竣工",
        ("04-30", 0.0),
        ("06-30", 0.25),
        ("08-31", 0.55),
        ("09-30", 0.70),
        ("10-31", 0.85),
        ("11-30", 1.0),
    ),
    _linear("危房改造开工", ("03-31", 0.30), ("05-31", 0.85), ("06-30", 1.0)),
    _linear("两轮集中排查", ("04-30", 0.0), ("05-31", 0.5), ("08-31", 0.5), ("10-31", 1.0)),
    _linear(
        "节后转移就业", ("02-29", 0.30), ("03-31", 0.45), ("06-30", 0.70), ("09-30", 0.90), ("12-31", 1.0)
    ),
    _linear("经营收入秋后集中", ("03-31", 0.15), ("06-30", 0.35), ("09-30", 0.60), ("12-31", 1.0)),
    _linear("节日消费", ("03-31", 0.30), ("06-30", 0.50), ("09-30", 0.75), ("12-31", 1.0)),
    _linear("水毁修复", ("2026-07-31", 0.0), ("2026-12-20", 1.0)),
)
CURVES: dict[str, Curve] = {curve.name: curve for curve in _ALL}


@dataclass(frozen=True)
class Override:
    """A unit's own curve of one indicator, with the reason and the document that allowed it."""

    indicator: str
    unit: str
    curve: Curve
    reason: str
    document: str
    valid_from: date


OVERRIDES: tuple[Override, ...] = (
    Override(
        "LT01",
        "石门乡",
        _linear(
            "汛后顺延", ("03-31", 0.05), ("06-30", 0.40), ("08-31", 0.40), ("11-30", 0.85), ("12-31", 1.0)
        ),
        "七月山洪冲断进场便道，公路工程停工五十日，工期顺延",
        "云交〔2026〕41号",
        date(2026, 8, 1),
    ),
    Override(
        "XC07",
        "云台乡",
        _linear("高海拔造林", ("03-31", 0.30), ("05-31", 0.65), ("10-31", 0.75), ("12-31", 1.0)),
        "海拔一千四百米以上地块解冻晚，春季造林顺延一个月",
        "云林〔2026〕12号",
        date(2026, 1, 1),
    ),
    Override(
        "CY01",
        "马场镇",
        _linear(
            "高寒种植",
            ("03-31", 0.10),
            ("04-30", 0.35),
            ("05-31", 0.65),
            ("08-31", 0.72),
            ("10-31", 0.92),
            ("11-30", 1.0),
        ),
        "高寒地块春播推迟二十日，经农技站现场核定",
        "云农〔2026〕23号",
        date(2026, 1, 1),
    ),
)


def default_curve() -> CurveRecord:
    """The county's default, for every indicator without a curve of its own."""
    points = BY_MONTH.points
    return CurveRecord(BY_MONTH.name, BY_MONTH.shape.value, points, BEGIN, document="云农领〔2025〕1号")


def curve_records(curve_of: dict[str, str]) -> list[CurveRecord]:
    """The curves of indicators, by the names they go under here."""
    return [_record(CURVES[name], code) for code, name in curve_of.items()]


def override_records(country: Land) -> list[CurveRecord]:
    """The curves of single units; they came with documents of 2026."""
    return [
        CurveRecord(
            own.curve.name,
            own.curve.shape.value,
            own.curve.points,
            own.valid_from,
            indicator=own.indicator,
            unit=country.by_name[own.unit].code,
            year=2026,
            reason=own.reason,
            document=own.document,
        )
        for own in OVERRIDES
    ]


def _record(curve: Curve, indicator: str) -> CurveRecord:
    begin = date(curve.year, 1, 1) if curve.year else BEGIN
    return CurveRecord(
        curve.name, curve.shape.value, curve.points, begin, indicator=indicator, year=curve.year
    )
