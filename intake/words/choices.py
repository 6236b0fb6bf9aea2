"""Words of enumerations that only workbooks use, and other ways of writing the shared ones."""

from enum import StrEnum

from intake.sheets.model import Words
from metrics.curves import Shape
from metrics.vocabulary import Comparator, IssueState, Kind, MeasuredFrom, TargetChange

SHAPES = {Shape.LINEAR: Words("折线", "linear"), Shape.STEP: Words("阶梯", "step")}

# Other ways in which documents say the same; strict and non-strict are kept apart (metrics.md 1).
SYNONYMS: dict[StrEnum, tuple[str, ...]] = {
    Comparator.AT_LEAST: ("不低于", "至少", "以上", "达到", "≥", "=>", "大于等于"),
    Comparator.MORE_THAN: ("超过", "大于", ">"),
    Comparator.AT_MOST: ("以内", "不高于", "至多", "≤", "=<", "小于等于", "控制在"),
    Comparator.LESS_THAN: ("少于", "小于", "<"),
    Comparator.RANGE: ("范围", "至"),
    Comparator.ABOUT: ("左右", "约等于", "≈"),
    MeasuredFrom.BASE: ("上年末", "上年底", "年初", "基数", "原基础"),
    MeasuredFrom.LAST_YEAR: ("去年同期", "同期"),
    MeasuredFrom.COUNTY: ("全县平均水平", "本县平均", "县平均"),
    MeasuredFrom.OUTSIDE: ("外部数", "外部平均", "参照数"),
    TargetChange.SET: ("首次下达", "新下达"),
    Kind.ACCUMULATE: ("累计", "数量"),
    Kind.LEVEL: ("升降", "水平"),
    Kind.MILESTONE: ("里程碑",),
    IssueState.ASSIGNED: ("交办",),
    IssueState.CLOSED: ("销号",),
}
