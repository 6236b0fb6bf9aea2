"""What a key is a figure of, in the words of a reader: 赤岭镇 农村饮水 完成率, 各乡镇严重滞后的目标项数."""

from collections.abc import Callable
from datetime import date

from metrics.figures import day_text
from metrics.vocabulary import State
from metrics.words import Lang, state_word
from notices.words import WORDS, say

ZH: Lang = "zh"
STATE_NAMES = frozenset(map(str, State))
# Whose names stand in a key by their codes.
NAMED = ("unit", "indicator", "department")


def name_of(key: str, told: Callable[[str], str]) -> str:
    """A key in words; `told` says what stands under another key, for units and indicators are called by name."""
    kind, *parts = key.split("|")
    if kind == "list":
        of = f"figure.list.of.{parts[-1]}"
        return say(f"figure.list.{parts[0]}", ZH, of=say(of, ZH) if of in WORDS else _name(parts[-1], told))
    names = " ".join(_name(part, told) for part in parts[:-1])
    field = _field(kind, parts[-1], told)
    if (shape := f"figure.of.{kind}") in WORDS:
        return say(shape, ZH, names=names, field=field)
    return " ".join(each for each in (names, field) if each)


def _name(part: str, told: Callable[[str], str]) -> str:
    """The name of a code; the word of a level; else as it stands."""
    level = say(f"figure.level.{part}", ZH) if f"figure.level.{part}" in WORDS else part
    return next(filter(None, (told(f"{of}|{part}|name") for of in NAMED)), level)


def _field(kind: str, last: str, told: Callable[[str], str]) -> str:
    """What of it: the word of the field, of a state, the name of an indicator, or a day."""
    if kind == "count" and last in STATE_NAMES:
        return state_word(last, ZH)
    for key in (f"figure.field.{kind}.{last}", f"figure.field.{last}"):
        if key in WORDS:
            return say(key, ZH)
    return day_text(date.fromisoformat(last)) if kind == "data_on" else told(f"indicator|{last}|name")
