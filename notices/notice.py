"""The notice (通报) of a snapshot: what it says, in the order in which real ones say it.

Who checked and how; the whole with figures; the key figures one by one; who does well, where the clerk wants it;
problems: units behind plan with figures and their own words, items overdue, who has not reported; what is asked
of whom by when; annexes. Every figure and name is a bound run; a sentence that lacks a figure is left out, and
the clerk is told.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from briefing.lists import COUNTED, counts
from briefing.ranking import key_indicators
from metrics.columns import records
from metrics.figures import day_text
from metrics.vocabulary import REPORTING_STATES, Kind, Level, State
from metrics.words import state_word
from notices import data_days
from notices.annexes import annexes
from notices.choices import Choices
from notices.content import Block, Paper, Paragraph, Run, Runs, plain, text_of
from notices.figures import Figures
from notices.foot import foot
from notices.issued import blank_day, blank_number
from notices.lists import praised, some_silent
from notices.sentences import (
    OF_WHAT_IS_IN,
    OF_WHO_IS_IN,
    listed,
)
from notices.target_lines import TargetLines, is_in_words
from notices.words import say

# How many targets and quotes of a unit, units behind on a figure, examples of a class.
TARGETS_NAMED, QUOTES, NAMED, EXAMPLES = 3, 2, 5, 1
STOP, COLON, TARGETS = (Run(say(f"notice.{name}", "zh")) for name in ("stop", "colon", "targets"))


@dataclass(frozen=True)
class Drafted:
    """A paper, and what the clerk should know of it: `(code, about)`, see `notice.note.*`."""

    paper: Paper
    notes: tuple[tuple[str, str], ...]
    named: tuple[str, ...]


def draft(figures: Figures, choices: Choices, wording: Mapping[str, str] | None = None) -> Drafted:
    """The notice; `wording` holds the county's own sentences, by key of `SENTENCES`."""
    writer = Writer(figures, choices, wording or {})
    blocks = tuple(writer.blocks())
    notes = [*writer.notes, *(("not_quoted", whose) for whose in figures.withheld)]
    named = figures.flagged if choices.is_criticism else ()
    name = text_of(writer.line("title"))
    return Drafted(Paper(name, blocks), tuple(dict.fromkeys(notes)), named)


def of_units(
    figures: Figures, choices: Choices, wording: Mapping[str, str], units: Iterable[str]
) -> tuple[Block, ...]:
    """What a notice says of these units, one paragraph each."""
    writer = Writer(figures, choices, wording)
    return tuple(block for place, unit in enumerate(units, start=1) for block in writer.unit(place, unit))


class Writer(TargetLines):
    """Writes one notice, section by section."""

    def blocks(self) -> Iterable[Block]:
        """The whole notice."""
        yield from self._head()
        yield from self.whole()
        yield from self._indicators()
        if self.choices.has_praise:
            yield from self._praise()
        yield from self._problems()
        yield from self._demands()
        yield from self._tail()

    def _head(self) -> Iterable[Block]:
        typed = self.choices.typed
        if typed.get("masthead"):
            yield Paragraph("masthead", self.typed("masthead"))
            yield Paragraph("number", blank_number(self.county.frame.year))
        yield Paragraph("title", self.line("title"))
        yield from self.body(self.line("subtitle"), style="subtitle")
        yield Paragraph("addressees", (*self.typed("addressees"), COLON))
        yield from self.body(
            self.line(
                "opening",
                检查时间=self.typed("checked_when"),
                检查单位=self.typed("checked_by"),
                检查方式=self.typed("checked_how"),
                指标数=("units", "indicators"),
            )
        )
        yield from self.body(
            self.line(
                "basis", 数据时点=("frame", "known_at"), 规则=("rule", "title"), 文号=("rule", "number")
            ),
            data_days.of_all(self.figures),
        )

    def whole(self) -> Iterable[Paragraph]:
        """The section on the whole county."""
        yield self.heading("overall_heading")
        yield from self.body(
            self.line(
                "overall",
                总数=("count", "township", "total"),
                分布=self._spread(Level.TOWNSHIP),
                不评判=("count", "township", "left_out"),
            ),
            self.doubted("overall_doubted", "count", "township"),
            self.line(
                "overall_county",
                总数=("count", "county", "total"),
                分布=self._spread(Level.COUNTY),
                正常=("count", "county", "fine"),
                滞后=("count", "county", "lagging"),
            ),
        )
        yield from self.body(
            self.line(
                "overall_reports",
                应报=("reports", "owed"),
                已报=("reports", "reported"),
                其中待审=self._waiting(),
                报送率=("reports", "rate"),
            ),
            self.line(
                "overall_items",
                在办=("ledger", "open"),
                临期=("ledger", "due_soon"),
                逾期=("ledger", "overdue"),
                销号率=("ledger", "closing_rate"),
            ),
        )

    def _waiting(self) -> Runs:
        """How much of what was reported still awaits acceptance; nothing where none does."""
        key = ("reports", "waiting")
        if not self.figures.has(*key):
            return ()
        begin, end = (Run(say(f"notice.waiting_{side}", "zh")) for side in ("open", "close"))
        return (begin, self.figures.run(*key), end)

    def _spread(self, level: Level) -> Runs:
        """How many targets of a level stand in each state."""
        counted = counts(self.county.cells_at(level))
        told = (
            (Run(state_word(state, "zh")), self.figures.run("count", level, state), TARGETS)
            for state in COUNTED
            if counted.by_state[state]
        )
        return listed(told, say("notice.pause", "zh"))

    def _indicators(self) -> Iterable[Block]:
        codes = key_indicators(self.county, Level.COUNTY)
        root = self.county.frame.county
        if not codes:
            return
        yield self.heading("indicators_heading")
        for code in codes:
            cell = self.figures.cells[root, code]
            name = (self.figures.run("indicator", code, "name"), *data_days.of_one(self.figures, cell), STOP)
            over = self.deadline("indicator", cell)
            yield from self.body(
                self.numbered(name), self._about(cell), over, self._behind_on(code), style="point"
            )

    def _about(self, cell: Any) -> Runs:
        gaps = self.gaps(cell)
        units = ("cell", cell.unit, cell.indicator)
        held = {gap: (*units, name) for gap, name in OF_WHO_IS_IN.items()}
        if pd.notna(cell.gap) and cell.kind == Kind.DUTY:
            return self.line("indicator_duty", **gaps)
        if pd.notna(cell.gap) and pd.notna(cell.target_in) and pd.notna(cell.actual_in):
            # Whoever divides the amounts would get another share than the one that is judged.
            own = {gap: (*units, name) for gap, name in OF_WHAT_IS_IN.items()}
            return self.line("indicator_in", **gaps, **held, **own)
        if pd.notna(cell.gap):
            return self.line("indicator", **gaps)
        if not self.can_be_told(cell):
            return self.line("indicator_silent", **gaps)
        if is_in_words(cell):
            return self.line("indicator_text", **gaps)
        if cell.state in (*REPORTING_STATES, State.NOT_DUE) or cell.units_in < cell.units_owed:
            if pd.notna(cell.target_in) and pd.notna(cell.actual_in):
                own = {gap: (*units, name) for gap, name in OF_WHAT_IS_IN.items()}
                return self.line("indicator_part_in", **gaps, **held, **own)
            return self.line("indicator_part", **gaps, **held)
        return self.line("indicator_other", **gaps)

    def _behind_on(self, code: str) -> Runs:
        held = self.figures.units_behind(code)
        if not held:
            return ()
        if not self.choices.is_ranked:
            # Nobody stands first for being the worst, and nobody is hidden for being the last.
            held = [unit for unit in self.figures.townships if unit in held]
        named = held if len(held) <= NAMED + 1 or not self.choices.is_ranked else held[:NAMED]
        names = listed(((self.name(unit),) for unit in named), say("notice.pause", "zh"))
        if len(held) > len(named):
            count = self.figures.run("behind_on", code)
            before, after = (plain(say(f"notice.{key}", "zh")) for key in ("and_more_before", "units"))
            names = (*names, *before, count, *after)
        is_over = any(self.figures.cells[unit, code].state == State.UNFINISHED for unit in named)
        key = "indicator_behind_over" if is_over else "indicator_behind"
        return self.line(key, 名单=names, 指标=("indicator", code, "name"))

    def _praise(self) -> Iterable[Block]:
        held = [self.figures.ranks[code] for code in praised(self.figures)]
        if not held:
            return
        yield self.heading("praise_heading")
        if self.choices.is_ranked:
            held.sort(key=lambda row: row.rank)
        for row in held:
            unit = ("unit", row.unit)
            line = self.line(
                "praise",
                单位=(*unit, "name"),
                应评判=(*unit, "judged"),
                达序时=(*unit, "on_plan"),
                达序时率=(*unit, "rate"),
                位次=(*unit, "rank"),
            )
            line += self.doubted("praise_doubted", *unit)
            yield from self.body(self.numbered((self.name(row.unit), STOP)), line, style="point")

    def _problems(self) -> Iterable[Block]:
        yield self.heading("problems_heading")
        yield self.topic("behind_heading")
        flagged = list(self.figures.flagged)
        if not flagged:
            yield from self.body(self.line("behind_none"))
        else:
            key = "behind_criticism" if self.choices.is_criticism else "behind_neutral"
            yield from self.body(self.line(key, 滞后单位数=("units", "flagged")))
        if self.choices.is_ranked:
            # The last first; who has no rank comes after all.
            ranks = {code: self.figures.ranks[code].rank for code in flagged}
            flagged.sort(key=lambda code: 0.0 if pd.isna(ranks[code]) else -float(ranks[code]))
        for place, unit in enumerate(flagged, start=1):
            yield from self.unit(place, unit)
        yield from self._items()
        yield from self._silent()

    def unit(self, place: int, unit: str) -> Iterable[Block]:
        """What is said of a lagging unit."""
        named = self.figures.behind(unit)[:TARGETS_NAMED]
        head = (
            Run(say("notice.point", "zh", number=place)),
            self.name(unit),
            STOP,
            *self.line(
                "unit",
                单位=("unit", unit, "name"),
                应评判=("unit", unit, "total"),
                滞后=("unit", unit, "lagging"),
                达序时率=("unit", unit, "rate"),
                责任人=("unit", unit, "who"),
                列入原因=("unit", unit, "flag"),
            ),
            *self.items_below(unit),
        )
        told = listed((self.target(cell) for cell in named), say("notice.semicolon", "zh"))
        stop = (STOP,) if told else ()
        quotes = [self.quote(cell) for cell in named if self.is_explained(cell)]
        yield from self.body(head, told, stop, *quotes[:QUOTES], style="point")

    def _items(self) -> Iterable[Block]:
        overdue = self.figures.overdue
        if overdue.empty:
            return
        yield self.topic("items_heading")
        classes = overdue["problem_class"].value_counts()
        for name in sorted(classes.index, key=lambda each: (-classes[each], each)):
            head = self.line("items_class", 类别=plain(name), 件数=("class", name, "overdue"))
            rows = list(records(overdue[overdue["problem_class"] == name].head(EXAMPLES)))
            # One of several is an example; the only one is named.
            first = say("notice.such_as" if classes[name] > len(rows) else "notice.namely", "zh")
            told = listed((self._example(row) for row in rows), say("notice.semicolon", "zh"))
            yield from self.body(head, plain(first) if told else (), told, (STOP,))

    def _example(self, row: Any) -> Runs:
        issue = ("issue", row.number)
        key = "items_example" if self.figures.has(*issue, "title") else "items_example_bare"
        # Many titles begin with whose they are.
        if key == "items_example" and row.title.startswith(self.county.names[row.unit]):
            key = "items_example_titled"
        return self.line(
            key,
            单位=("unit", row.unit, "name"),
            问题=(*issue, "title"),
            编号=(*issue, "number"),
            期限=(*issue, "deadline"),
            逾期天数=(*issue, "days"),
            责任部门=(*issue, "owner"),
        )

    def _silent(self) -> Iterable[Block]:
        silent = self.figures.silent
        some = some_silent(self.figures)
        if not silent and not some:
            return
        yield self.topic("silent_heading")
        pause = say("notice.pause", "zh")
        below = listed((self._silent_unit(code) for code in silent), pause)
        others = listed(
            (
                self.line("silent_some_unit", 单位=("unit", code, "name"), 未报=("unit", code, "unreported"))
                for code in some
            ),
            pause,
        )
        key = "silent_ranked" if self.choices.is_ranked else "silent"
        yield from self.body(
            self.line(key, 门槛=("rule", "gate"), 名单=below) if below else (),
            self.line("silent_some", 名单=others) if others else (),
        )

    def _silent_unit(self, code: str) -> Runs:
        unit = ("unit", code)
        return self.line("silent_unit", 单位=(*unit, "name"), 应报=(*unit, "owed"), 已报=(*unit, "reported"))

    def _demands(self) -> Iterable[Block]:
        if not self.choices.demands:
            return
        yield self.heading("demands_heading")
        for each in self.choices.demands:
            owners = listed(
                (
                    *((self.name(code),) for code in each.units),
                    *((self.figures.run("department", code, "name"),) for code in each.departments),
                ),
                say("notice.pause", "zh"),
            )
            line = self.line(
                "demand",
                要求=plain(each.text.strip().rstrip("。")),
                责任单位=owners or self._everybody(),
                时限=plain(day_text(each.day)),
            )
            yield from self.body(self.numbered(line), (STOP,), style="point")

    def _everybody(self) -> Runs:
        head, tail = say("notice.everybody", "zh").split("|")
        return (*plain(head), self.figures.run("units", "kinds"), *plain(tail))

    def _tail(self) -> Iterable[Block]:
        held = annexes(self.figures, self.choices)
        for place, annex in enumerate(held, start=1):
            key = "notice.annex_first" if place == 1 else "notice.annex_line"
            yield Paragraph("annexes", plain(say(key, "zh", number=place, title=annex.title)))
        yield Paragraph("signature", self.typed("signature"))
        yield Paragraph("day", blank_day())
        yield from foot(self.choices)
        for place, annex in enumerate(held, start=1):
            yield Paragraph("annex", plain(say("notice.annex", "zh", number=place)))
            yield Paragraph("caption", plain(annex.title))
            yield from annex.blocks
