"""The words by which the members of an enumeration are written in a cell, and read back."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from intake.names import plain_name
from intake.sheets.model import Words
from intake.words.choices import SHAPES, SYNONYMS
from metrics.curves import Shape
from metrics.words import word


@dataclass(frozen=True, slots=True)
class Choices:
    """The words of an enumeration in its order, and every reading that leads to a member."""

    zh: tuple[str, ...]
    en: tuple[str, ...]
    readings: dict[str, StrEnum]

    def of(self, lang: str) -> tuple[str, ...]:
        """The words in one language."""
        return self.en if lang == "en" else self.zh


def choice_word(member: StrEnum, lang: str) -> str:
    """The word for one member."""
    if isinstance(member, Shape):
        return SHAPES[member].of(lang)
    return word(member, "en" if lang == "en" else "zh")


@cache
def choices_of(choices: type[StrEnum]) -> Choices:
    """Everything about an enumeration that a cell needs."""
    members = tuple(choices)
    zh = tuple(choice_word(member, "zh") for member in members)
    en = tuple(choice_word(member, "en") for member in members)
    readings: dict[str, StrEnum] = {}
    for member, chinese, english in zip(members, zh, en, strict=True):
        for reading in (chinese, english, member.value, member.name, *SYNONYMS.get(member, ())):
            readings[plain_name(reading)] = member
    return Choices(zh, en, readings)


def member_words(member: StrEnum) -> Words:
    """The word for one member in both languages."""
    return Words(choice_word(member, "zh"), choice_word(member, "en"))
