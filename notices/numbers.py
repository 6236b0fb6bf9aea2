"""The figures that a text says: digits in any width, and Chinese numerals before a measure word."""

import re
import unicodedata
from dataclasses import dataclass

# The number that a heading or a point begins with is none of its figures.
_POINT = re.compile(r"^\s*\d{1,2}[．.、]\s*(?!\d)")
_DIGITS = re.compile(r"[+\-−]?\d[\d,]*(?:\.\d+)?\s*[%‰]?")
_MEASURES = "个项件户人名家村镇乡亩套次天日月年元万倍成里处所座台条份分位期轮批类级"
_NUMERALS = re.compile(
    # 万 after a digit is part of its measure, as in 1,200万元.
    rf"百分之[〇零一二三四五六七八九十百点]+|(?<![\d.])[一二三四五六七八九十百千万亿两〇零]+(?=[{_MEASURES}](?![、）]))"
)
# Words that only look like a count.
_PHRASES = re.compile(
    r"一(?:些|定|般|律|样|致|并|起|旦|把手|系列|体|线|家一|户一|村一|项一|事一|年一|人一|批|大批|方面|步|览|二)"
    r"|一个|一项|一名|一户|一年|一次|一天|一级|十分|千家万户|百分点|个百|(?<=\d)[万亿千百]+"
    r"|进一步|下一步|统一|逐一|唯一|万一|专一|之一|第[一二三四五六七八九十]+|[一二三四五六七八九十]+(?:是|要|、)"
    r"|三农|四议|两不愁|三保障|两新|五通|五有|五能|千方百计|百年|万众|一年来|同一|单一|任一|每一|某一|另一"
)


@dataclass(frozen=True, slots=True)
class Said:
    """A figure of a text: as it is written, and in the form in which two are compared."""

    text: str
    value: str


def numbers(text: str) -> list[Said]:
    """The figures of a text in order; the number of a point at its beginning is left out."""
    told = _POINT.sub("", unicodedata.normalize("NFKC", text).replace("−", "-"))
    masked = _PHRASES.sub(lambda found: "＊" * len(found.group()), told)
    found = [(each.start(), each.group().strip()) for each in _DIGITS.finditer(told)]
    found += [(each.start(), each.group()) for each in _NUMERALS.finditer(masked)]
    return [Said(said, _value(said)) for _, said in sorted(found)]


def _value(said: str) -> str:
    """1,200 and 1200 are one figure; 12.50 and 12.5 are not written alike, but say the same."""
    plain = said.replace(",", "").replace(" ", "").lstrip("+")
    sign = "%" if plain.endswith("%") else ""
    bare = plain.rstrip("%‰")
    if "." in bare and bare.replace(".", "").replace("-", "").isdigit():
        bare = bare.rstrip("0").rstrip(".")
    return bare + sign
