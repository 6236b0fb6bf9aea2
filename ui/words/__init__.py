"""Every word on the screens, in Chinese and in English, from one catalogue."""

from collections.abc import Callable
from dataclasses import dataclass

from metrics.words import Lang
from ui.words import (
    aims,
    changes,
    curves,
    en,
    forecast,
    meeting,
    notices,
    reasons,
    rules,
    settings,
    snapshots,
    targets,
    zh,
)

# What grew too long for one list stands in a module of its own, both languages side by side.
AREAS = (aims, changes, curves, forecast, meeting, notices, reasons, rules, settings, snapshots, targets)
CATALOGUES: dict[str, dict[str, str]] = {
    "zh": zh.WORDS | {key: text for area in AREAS for key, text in area.ZH.items()},
    "en": en.WORDS | {key: text for area in AREAS for key, text in area.EN.items()},
}


@dataclass(frozen=True)
class Words:
    """The catalogue in one language: call it with a key and the values its sentence takes."""

    lang: Lang

    def __call__(self, key: str, **values: object) -> str:
        """The sentence; an unknown key is a fault of ours and fails."""
        return CATALOGUES[self.lang][key].format(**values)

    def has(self, key: str) -> bool:
        """Whether the catalogue knows the key."""
        return key in CATALOGUES[self.lang]


Say = Callable[..., str]


def words_of(lang: str) -> Words:
    """The catalogue of a language; Chinese where the language is not one of ours."""
    return Words("en" if lang == "en" else "zh")
