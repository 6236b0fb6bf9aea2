"""One cell to one typed value, or a fault that says what to write instead.

Raw values come from `intake.reader`: None, bool, number, text, or a pair such as ["d", "2026-10-31"].
A blank is never a value and a value never a guess: what cannot be read for certain is a `Fault`.
"""

import json
import re
from calendar import monthrange
from datetime import date
from enum import StrEnum
from typing import Any

from intake.choices import choices_of
from intake.names import one_width, plain_name, visible
from intake.problems import Fault, shown
from intake.sheets.model import Words
from intake.words.readings import (
    BLANK,
    FULL_DAY,
    LIST_MARK,
    MONTH_ONLY,
    NO,
    NO_WORD,
    POINT,
    SEPARATORS,
    SHORT_DAY,
    YES,
    YES_WORD,
)


def tagged(raw: Any) -> tuple[str, Any]:
    """Split a raw value into its tag ("" for plain ones) and its content."""
    if isinstance(raw, list | tuple) and len(raw) == 2:
        return str(raw[0]), raw[1]
    return "", raw


def written(raw: Any) -> str:
    """A raw value as the person who wrote it sees it."""
    tag, content = tagged(raw)
    if content is None:
        return ""
    if tag == "p":
        return f"{content * 100:g}%"
    if isinstance(content, float) and content.is_integer() and abs(content) < 1e15:
        return str(int(content))
    return str(content)


def unusable(raw: Any) -> Fault | None:
    """A fault for what can be no value of any kind: error values, formulas never computed."""
    tag, content = tagged(raw)
    if tag == "e":
        return Fault("error_value", {"found": content})
    if tag == "f":
        return Fault("formula_uncomputed", {"found": shown(content)})
    return None


def parse_text(raw: Any, longest: int) -> str | Fault | None:
    """Free text with its outer blanks taken off; None for a blank cell."""
    if fault := unusable(raw):
        return fault
    text = raw if isinstance(raw, str) else written(raw)
    text = visible(text).strip()
    if len(text) > longest:
        return Fault("too_long", {"length": len(text), "most": longest})
    return text or None


def parse_code(raw: Any, longest: int) -> str | Fault | None:
    """A code: digits or letters without blanks, whether the cell holds a number or text."""
    tag, content = tagged(raw)
    if tag in ("d", "p") or isinstance(content, bool):
        return Fault("not_a_code", {"found": written(raw)})
    text = parse_text(raw, longest)
    if not isinstance(text, str):
        return text
    if not text.isalnum() or not text.isascii():
        text = "".join(one_width(text).split()).strip("'’‘`")
    return text or None


def parse_names(raw: Any, longest: int) -> tuple[str, ...] | Fault:
    """Several texts separated by 、, commas or semicolons."""
    text = parse_text(raw, longest)
    if isinstance(text, Fault):
        return text
    return tuple(part.strip() for part in SEPARATORS.split(text or "") if part.strip())


def parse_yes(raw: Any) -> bool | Fault | None:
    """Yes or no, in words or marks."""
    if isinstance(raw, bool):
        return raw
    if fault := unusable(raw):
        return fault
    text = one_width(written(raw)).strip().lower()
    if text in BLANK:
        return None
    if text in YES:
        return True
    return False if text in NO else Fault("not_yes_no", {"found": shown(written(raw))})


def parse_count(raw: Any) -> int | Fault | None:
    """A whole number of zero or more."""
    if fault := unusable(raw):
        return fault
    text = one_width(written(raw)).strip().replace(",", "")
    if text in BLANK:
        return None
    if re.fullmatch(r"\d{1,9}", text):
        return int(text)
    if re.fullmatch(r"-\d+(\.\d+)?", text):
        return Fault("negative", {"found": shown(text)})
    return Fault("not_a_count", {"found": shown(written(raw))})


def parse_day(raw: Any, *, month_end: bool = False) -> date | Fault | None:
    """A date, as a date cell or written out. `month_end` takes a bare month for its last day."""
    if fault := unusable(raw):
        return fault
    text = "".join(one_width(written(raw)).split())
    if text in BLANK:
        return None
    if match := FULL_DAY.match(text) or SHORT_DAY.match(text):
        return _day(match.groups(), raw)
    if month_end and (match := MONTH_ONLY.match(text)):
        return _month_end(int(match.group(1)), int(match.group(2)), raw)
    return Fault("not_a_day", {"found": shown(written(raw))})


def _day(parts: tuple[str, ...], raw: Any) -> date | Fault:
    try:
        return date(*(int(part) for part in parts))
    except ValueError:
        return Fault("no_such_day", {"found": shown(written(raw))})


def _month_end(year: int, month: int, raw: Any) -> date | Fault:
    if not 1 <= month <= 12 or year < 1:
        return Fault("no_such_day", {"found": shown(written(raw))})
    return date(year, month, monthrange(year, month)[1])


def parse_choice(raw: Any, choices: type[StrEnum]) -> StrEnum | Fault | None:
    """A member of an enumeration, by its Chinese or English word or its stored value."""
    if fault := unusable(raw):
        return fault
    text = plain_name(written(raw))
    if text in BLANK:
        return None
    known = choices_of(choices)
    if text in known.readings:
        return known.readings[text]
    return Fault(
        "not_a_choice",
        {"found": shown(written(raw)), "choices": Words(LIST_MARK.join(known.zh), ", ".join(known.en))},
    )


def parse_points(raw: Any, longest: int) -> tuple[tuple[str, float], ...] | Fault | None:
    """Control points of a curve: "03-31 10%;06-30 40%", a share being a percentage or a fraction."""
    text = parse_text(raw, longest)
    if text is None or isinstance(text, Fault):
        return text
    points: list[tuple[str, float]] = []
    for part in re.split(r"[;;\n]+", one_width(text).strip("; \n")):
        match = POINT.match(part.strip())
        if match is None:
            return Fault("not_points", {"found": shown(part)})
        year, month, day, share, percent = match.groups()
        key = f"{int(month):02d}-{int(day):02d}"
        value = float(share) / 100 if percent else float(share)
        points.append((f"{year}-{key}" if year else key, value))
    return tuple(points)


def parse_rule_value(raw: Any, longest: int) -> object | Fault | None:
    """The value of one rule item: number, yes or no, text, or a JSON list or object."""
    tag, content = tagged(raw)
    if not tag and isinstance(content, bool | int | float):
        return int(content) if isinstance(content, float) and content.is_integer() else content
    text = parse_text(raw, longest)
    if text is None or isinstance(text, Fault):
        return text
    if text in (YES_WORD, NO_WORD):
        return text == YES_WORD
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text
