"""The one catalogue of what intake says: a sentence and a remedy for every code, in Chinese and English."""

from collections.abc import Mapping
from typing import NamedTuple

from intake.words import cells, files, reports, setup, targets


class Said(NamedTuple):
    """A sentence and its remedy in one language."""

    sentence: str
    remedy: str


CATALOGUE: dict[str, tuple[str, str, str, str]] = {
    **files.WORDING,
    **cells.WORDING,
    **setup.WORDING,
    **targets.WORDING,
    **reports.WORDING,
}


def say(code: str, lang: str, facts: Mapping[str, object]) -> Said:
    """Fill the sentence and remedy of a code; KeyError for a code or fact that is not in the catalogue."""
    zh, zh_remedy, en, en_remedy = CATALOGUE[code]
    sentence, remedy = (en, en_remedy) if lang == "en" else (zh, zh_remedy)
    return Said(sentence.format(**facts), remedy.format(**facts))
