"""One thing to mend in a workbook: where it is, what is wrong, what to do."""

from dataclasses import dataclass, field

from intake.words import say

MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem at one place. `cell` is like "D12", a row ("12"), or empty for a whole sheet.

    A blocking problem stops the whole workbook; a warning is kept with the figure as a doubt.
    """

    code: str
    blocking: bool
    sheet: str
    cell: str = ""
    row: int = 0
    column: int = 0
    facts: dict[str, object] = field(default_factory=dict, hash=False)

    def sentence(self, lang: str = "zh") -> str:
        """What is wrong."""
        return say(self.code, lang, self.facts).sentence

    def remedy(self, lang: str = "zh") -> str:
        """How to mend it."""
        return say(self.code, lang, self.facts).remedy

    @property
    def place(self) -> tuple[int, int, str]:
        """Order within the sheet: by row, then column."""
        return self.row, self.column, self.code


@dataclass(frozen=True, slots=True)
class Fault:
    """A problem of one value, before it has a place: a code of the catalogue and its facts."""

    code: str
    facts: dict[str, object] = field(default_factory=dict, hash=False)
    blocking: bool = True


def shown(value: object) -> str:
    """Give a cell's content as a sentence may quote it: one line, not too long."""
    text = " ".join(str(value).split())
    return text if len(text) <= MOST_SHOWN else text[: MOST_SHOWN - 1] + "…"
