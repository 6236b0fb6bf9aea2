"""Short ways to write columns, and the columns that several sheets share."""

from enum import StrEnum

from intake.sheets.model import CellType, Column, Words


def code(key: str, zh: str, en: str, note: Words, *, required: bool = False) -> Column:
    """Give a column of codes: text of at most 32 characters."""
    return Column(key, Words(zh, en), CellType.CODE, note, required=required, width=14, longest=32)


def text(
    key: str,
    zh: str,
    en: str,
    note: Words,
    *,
    required: bool = False,
    width: int = 12,
    longest: int = 120,
    suggestions: tuple[Words, ...] = (),
) -> Column:
    """Give a column of free text of at most `longest` characters."""
    return Column(
        key,
        Words(zh, en),
        CellType.TEXT,
        note,
        required=required,
        width=width,
        longest=longest,
        suggestions=suggestions,
    )


def yes(key: str, zh: str, en: str, note: Words, *, required: bool = False) -> Column:
    """Give a column of yes and no."""
    return Column(key, Words(zh, en), CellType.YES_NO, note, required=required, width=8)


def count(key: str, zh: str, en: str, note: Words, *, required: bool = False, width: int = 10) -> Column:
    """Give a column of whole numbers of zero or more."""
    return Column(key, Words(zh, en), CellType.COUNT, note, required=required, width=width)


def quantity(key: str, zh: str, en: str, note: Words) -> Column:
    """Give a column of figures in the indicator's unit of measure."""
    return Column(key, Words(zh, en), CellType.QUANTITY, note, width=10)


def day(key: str, zh: str, en: str, note: Words, *, required: bool = False) -> Column:
    """Give a column of dates."""
    return Column(key, Words(zh, en), CellType.DAY, note, required=required, width=12)


def choice(
    key: str, zh: str, en: str, choices: type[StrEnum], note: Words, *, required: bool = False
) -> Column:
    """Give a column that holds one word of an enumeration."""
    return Column(key, Words(zh, en), CellType.CHOICE, note, required=required, choices=choices, width=10)


def names(key: str, zh: str, en: str, note: Words) -> Column:
    """Give a column of several texts separated by 、."""
    return Column(key, Words(zh, en), CellType.NAMES, note, width=20, longest=400)


def valid_from(note: Words, *, required: bool = True) -> Column:
    """Give the column of the day from which a row holds."""
    return day("valid_from", "生效日期", "Effective from", note, required=required)


UNIT_NOTE = Words(
    "统计用区划代码：县6位、乡镇9位、村12位。",
    "Statistical division code: county 6, township 9, village 12 digits.",
)
UNIT = code("unit", "单位代码", "Unit code", UNIT_NOTE)
INDICATOR_NOTE = Words("“指标”表中的代码。", "A code of sheet Indicators.")
INDICATOR = code("indicator", "指标代码", "Indicator code", INDICATOR_NOTE)
DEPARTMENT = code(
    "department",
    "部门代码",
    "Department code",
    Words("“部门”表中的代码、名称或别名。", "A code, name or alias of sheet Departments."),
)
WITHDRAWN = yes(
    "withdrawn",
    "撤销",
    "Withdrawn",
    Words(
        "填“是”表示自生效日期起不再使用；空白为否。", "Yes ends it from the effective date; blank means no."
    ),
)
SORT = count(
    "sort",
    "排序",
    "Order",
    Words("显示的先后；空白时按本表行次。", "Order in which it is shown; blank takes the order of the rows."),
)
