"""What a notice says of one target that lags, of what its unit says about it, and of what is overdue below the unit."""

from typing import Any

import pandas as pd

from briefing.attention import explanation_of
from metrics.vocabulary import Kind, State
from notices.content import Runs
from notices.phrasing import Lines, Parts
from notices.promises import is_past
from notices.sentences import FURTHER_SAID, GAP_DAYS, GAP_INDICATOR, GAP_UNIT, OF_A_TARGET


class TargetLines(Lines):
    """Writes the lines about single targets and about who owes them."""

    def gaps(self, cell: Any) -> dict[str, Parts]:
        """The gaps that a sentence about a target may use, with the keys of their figures."""
        key = ("cell", cell.unit, cell.indicator)
        return {gap: (*key, name) for gap, name in OF_A_TARGET.items()} | {
            GAP_INDICATOR: ("indicator", cell.indicator, "name"),
            GAP_UNIT: ("unit", cell.unit, "name"),
        }

    def can_be_told(self, cell: Any) -> bool:
        """Whether both its target and its actual amount are known."""
        key = ("cell", cell.unit, cell.indicator)
        return self.figures.has(*key, "target") and self.figures.has(*key, "actual")

    def target(self, cell: Any) -> Runs:
        """One target that lags: its figures, and what is still wanting."""
        gaps = self.gaps(cell)
        if pd.isna(cell.gap):
            key = "target_text" if is_in_words(cell) else "target_other"
            said = self.line(key if self.can_be_told(cell) else "target_bare", **gaps)
            if self.figures.has("cell", cell.unit, cell.indicator, "beside"):
                said += self.line("target_beside", **gaps)
            return said + self.deadline("target", cell)
        said = self.line("target_duty" if cell.kind == Kind.DUTY else "target", **gaps)
        if self.figures.has("cell", cell.unit, cell.indicator, "days"):
            said += self.line("target_days", 滞后天数=gaps[GAP_DAYS])
        return said + self.deadline("target", cell)

    def deadline(self, whose: str, cell: Any) -> Runs:
        """Of what is over and not done the day by which it had to be, and its state where only figures were told."""
        is_told = self.figures.has("cell", cell.unit, cell.indicator, "deadline")
        if cell.state != State.UNFINISHED or not is_told:
            return ()
        return self.line(f"{whose}_deadline" if pd.isna(cell.gap) else f"{whose}_over", **self.gaps(cell))

    def is_explained(self, cell: Any) -> bool:
        """Whether its unit gave a reason that may be quoted."""
        return self.figures.has("said", cell.unit, cell.indicator, "text")

    def quote(self, cell: Any) -> Runs:
        """What its unit says: the reason, and what else it told."""
        key = ("said", cell.unit, cell.indicator)
        parts = [
            self.line("quote", 指标=("indicator", cell.indicator, "name"), 原因=(*key, "text")),
        ]
        promised = explanation_of(self.county, cell.unit, cell.indicator)["promised_day"]
        is_over = pd.notna(promised) and is_past(promised, self.county.frame.as_of)
        for sentence, gap, part in FURTHER_SAID:
            if self.figures.has(*key, part):
                told = f"{sentence}_past" if sentence == "quote_day" and is_over else sentence
                parts.append(self.line(told, **{gap: (*key, part)}))
        return tuple(run for part in parts for run in part)

    def items_below(self, unit: str) -> Runs:
        """What is overdue in its villages: the rule counts a unit's own items only."""
        key = ("unit", unit, "overdue_below")
        return (
            self.line("unit_items", 单位=("unit", unit, "name"), 所辖村逾期=key)
            if self.figures.has(*key)
            else ()
        )


def is_in_words(cell: Any) -> bool:
    """Whether the target is a text and no amount."""
    return cell.kind in (Kind.MILESTONE, Kind.QUALITATIVE) and isinstance(cell.text, str)
