"""The one catalogue of what intake says: a sentence and a remedy for every code, in Chinese and English."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from intake.sheets.model import Words
from intake.words import cells, files, relative, reports, setup, targets
from intake.words.phrases import PHRASES


class Said(NamedTuple):
    """A sentence and its remedy in one language."""

    sentence: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """A piece of a sentence, put into words when the language is known."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def of(self, lang: str) -> str:
        """Give the phrase in `lang`."""
        zh, en = PHRASES[self.code]
        return (en if lang == "en" else zh).format(**_spoken(self.facts, lang))


CATALOGUE: dict[str, tuple[str, str, str, str]] = {
    **files.WORDING,
    **cells.WORDING,
    **setup.WORDING,
    **targets.WORDING,
    **relative.WORDING,
    **reports.WORDING,
}


def say(code: str, lang: str, facts: Mapping[str, object]) -> Said:
    """Fill the sentence and remedy of a code; KeyError for a code or fact that is not in the catalogue.

    Facts that are `Words` or `Phrase` are said in the language asked for.
    """
    zh, zh_remedy, en, en_remedy = CATALOGUE[code]
    sentence, remedy = (en, en_remedy) if lang == "en" else (zh, zh_remedy)
    spoken = _spoken(facts, lang)
    return Said(sentence.format(**spoken), remedy.format(**spoken))


def phrase(code: str, lang: str, **facts: object) -> str:
    """Say a phrase at once."""
    return Phrase(code, facts).of(lang)


def _spoken(facts: Mapping[str, object], lang: str) -> dict[str, object]:
    return {name: fact.of(lang) if isinstance(fact, Words | Phrase) else fact for name, fact in facts.items()}
