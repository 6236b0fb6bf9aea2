"""What a workbook of Xushi consists of, as data: forms, their sheets, their columns.

Templates, the reader, the manual (docs/workbooks.md) and the checks all read these definitions, so a
column is described in one place only. The forms themselves stand in the modules `*_sheets`.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Words(NamedTuple):
    """One text in both languages."""

    zh: str
    en: str

    def of(self, lang: str) -> str:
        """Give the text in `lang`: "zh" or "en"."""
        return self.en if lang == "en" else self.zh


class CellType(StrEnum):
    """What may stand in a cell."""

    TEXT = "text"
    CODE = "code"
    QUANTITY = "quantity"
    COUNT = "count"
    SHARE = "share"
    DAY = "day"
    YES_NO = "yes_no"
    CHOICE = "choice"
    NAMES = "names"
    POINTS = "points"
    VALUE = "value"


TYPE_WORDS = {
    CellType.TEXT: Words("文字", "text"),
    CellType.CODE: Words("代码", "code"),
    CellType.QUANTITY: Words("数量", "quantity"),
    CellType.COUNT: Words("整数", "whole number"),
    CellType.SHARE: Words("累计计划", "planned running total"),
    CellType.DAY: Words("日期", "date"),
    CellType.YES_NO: Words("是/否", "yes/no"),
    CellType.CHOICE: Words("选项", "choice"),
    CellType.NAMES: Words("多项文字，以、分隔", "several texts separated by 、"),
    CellType.POINTS: Words("控制点", "control points"),
    CellType.VALUE: Words("规则值", "rule value"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key in code, its header, what it holds and what it means.

    `prefilled` columns are written by Xushi and only compared when read back, `unread` ones not even
    that; `hidden` ones are read where present but not laid out in the template. `required` cells must be
    filled, `expected` columns must be there. `choices` is the enumeration of a CHOICE column,
    `suggestions` a list that is offered without being binding. `month_end` lets a bare month stand for
    its last day.
    """

    key: str
    title: Words
    holds: CellType
    note: Words
    required: bool = False
    expected: bool = False
    month_end: bool = False
    choices: type[StrEnum] | None = None
    suggestions: tuple[Words, ...] = ()
    prefilled: bool = False
    unread: bool = False
    hidden: bool = False
    width: int = 12
    longest: int = 120
    aliases: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: `identity` names the columns that together may occur once only.

    `optional` sheets may be missing from the workbook without a word.
    """

    key: str
    title: Words
    note: Words
    columns: tuple[Column, ...]
    identity: tuple[str, ...]
    optional: bool = True

    def column(self, key: str) -> Column:
        """Give the column of that key; KeyError when the sheet has none."""
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(key)


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of workbook. `version` rises when a column changes its meaning."""

    kind: str
    title: Words
    note: Words
    version: int
    sheets: tuple[Sheet, ...]

    def sheet(self, key: str) -> Sheet:
        """Give the sheet of that key; KeyError when the form has none."""
        for sheet in self.sheets:
            if sheet.key == key:
                return sheet
        raise KeyError(key)


META_SHEET = "_xushi"
"""Hidden sheet with what the workbook is: one row per entry, name in column A, value in column B."""

META_WORDS = {
    "version": Words("模板版本", "version"),
    "unit": Words("报送单位", "unit"),
    "year": Words("年度", "year"),
    "period": Words("报送期", "period"),
}
"""What the entries of the hidden sheet are called where one of them is missing or wrong."""

META_KEYS = ("kind", "version", "county", "unit", "year", "period", "lang")

NOTE_SHEET = Words("填写说明", "Instructions")
