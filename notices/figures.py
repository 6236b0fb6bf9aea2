"""The figures a paper may hold, by key: what each says of one frozen briefing.

A key is a short text in parts, such as `cell|360902104|XP01|completion`; it is written into a Word file beside its
figure (at most 64 characters there) and can be asked again of any briefing of the same county. A composer takes
the text of a key from here, and so does the check of an edited file and the search for what was corrected since.
Papers are written in Chinese.
"""

from collections import Counter
from collections.abc import Callable, Hashable
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from briefing.attention import explanation_of
from briefing.lists import principal
from briefing.once import once
from briefing.people import in_charge
from briefing.provenance import provenance
from briefing.ranking import flags, ranking
from briefing.rectification import Ledger, chosen, ledger
from briefing.villages import Villages
from metrics.book_titles import inside
from metrics.columns import records
from metrics.figures import day_text, days_text, percent
from metrics.lagging import Flag
from metrics.periods import COUNTY_ZONE, period_end
from metrics.reporting import below_gate
from metrics.vocabulary import (
    LAGGING_STATES,
    OF_A_DAY,
    Cadence,
    Clock,
    IssueState,
    Level,
)
from metrics.words import Lang, word
from notices.cells import cell_text
from notices.content import Run, Runs, plain
from notices.lists import names_in
from notices.naming import name_of
from notices.screening import has_personal_data
from notices.standing import OF_A_UNIT, Standing
from notices.words import say

ZH: Lang = "zh"
# What Word keeps of a tag.
LONGEST_KEY = 64
# The reasons of a flag that are about one target or item each.
COUNTED_REASONS = frozenset({"far_on_key", "running", "overdue"})
SAID = ("text", "measure", "promised_day", "waits_on")


class FigureUnknown(LookupError):  # noqa: N818
    """A key that names no figure of this briefing."""


class Figures:
    """The figures of one briefing."""

    def __init__(self, villages: Villages) -> None:
        """Take the briefing; nothing is computed before it is asked for."""
        self.county = villages.county
        # What was asked for and holds what no paper may: whose it is.
        self.withheld: dict[str, None] = {}
        self.kept: dict[Hashable, object] = {}
        self._texts: dict[str, str] = {}
        self._kinds: dict[str, Callable[..., str]] = {
            "frame": self._frame,
            "rule": self._rule,
            "unit": self._unit,
            "cell": self._cell,
            "indicator": self._indicator,
            "count": lambda *parts: self._standing.of_level(*parts),
            "ledger": self._ledger,
            "issue": self._issue,
            "class": self._class,
            "reports": self._reports,
            "units": self._units,
            "said": self._said,
            "department": self._department,
            "behind_on": self._behind_on,
            "data_on": self._data_on,
            "list": lambda *parts: names_in(self, *parts),
        }

    def text(self, key: str) -> str:
        """What a key says. `FigureUnknown` where this briefing has no such figure, or nothing stands there."""
        if found := self.told(key):
            return found
        raise FigureUnknown(key)

    def told(self, key: str) -> str:
        """What a key says; empty where nothing stands there."""
        if key not in self._texts:
            self._texts[key] = self._found(key)
        return self._texts[key]

    def _found(self, key: str) -> str:
        kind, _, rest = key.partition("|")
        try:
            # A class of problems is called as people call it; what is asked of it stands last.
            parts = rest.rsplit("|", 1) if kind == "class" else rest.split("|")
            return self._kinds[kind](*parts)
        except (KeyError, TypeError, IndexError, ValueError):
            return ""

    def run(self, *parts: str) -> Run:
        """A bound run of a key given in parts; ValueError for a key that Word could not keep."""
        key = "|".join(parts)
        if len(key) > LONGEST_KEY:
            raise ValueError(f"the key {key} is longer than Word keeps")
        return Run(self.text(key), key)

    def has(self, *parts: str) -> bool:
        """Whether a key says anything here."""
        return bool(self.told("|".join(parts)))

    def entry(self, *parts: str) -> Runs:
        """What stands in a table: the bound run of a key, or a dash."""
        return (self.run(*parts),) if self.has(*parts) else plain(say("notice.dash", ZH))

    def named(self, key: str) -> str:
        """What a key is a figure of, in words: 赤岭镇 农村饮水 完成率."""
        return name_of(key, self.told)

    @cached_property
    def cells(self) -> dict[tuple[str, str], Any]:
        """The principal cells by unit and indicator."""
        return {(row.unit, row.indicator): row for row in records(principal(self.county.cells))}

    @cached_property
    def ranks(self) -> dict[str, Any]:
        """The rows of the ranking by unit."""
        return {row.unit: row for row in records(ranking(self.county))}

    @cached_property
    def flagged(self) -> tuple[str, ...]:
        """The townships that the rule calls lagging, in the order of units."""
        return tuple(code for code in self.townships if code in self._flags)

    @cached_property
    def _flags(self) -> dict[str, Flag]:
        return {flag.unit: flag for flag in flags(self.county)}

    @cached_property
    def _standing(self) -> Standing:
        return Standing(self.county)

    @cached_property
    def townships(self) -> tuple[str, ...]:
        """The townships in their order."""
        units = self.county.directory.units
        return tuple(units[units["level"] == Level.TOWNSHIP].sort_values("sort")["code"])

    @cached_property
    def silent(self) -> tuple[str, ...]:
        """The townships below the reporting gate, in the order of units."""
        held = set(below_gate(self.county.reporting, self.county.rules))
        return tuple(code for code in self.townships if code in held)

    @cached_property
    def issues(self) -> dict[str, Any]:
        """The items of rectification by number."""
        return {row.number: row for row in records(self.county.issues)}

    @cached_property
    def overdue(self) -> pd.DataFrame:
        """The overdue items, the longest first."""
        return chosen(self.county.issues, show=Clock.OVERDUE)

    def behind(self, unit: str) -> list[Any]:
        """The cells of a unit that lag, the worst first."""
        return self._standing.behind(unit)

    def units_behind(self, indicator: str) -> list[str]:
        """The townships whose figure of an indicator lags, the widest gap first."""
        held = [self.cells.get((unit, indicator)) for unit in self.townships]
        rows = [row for row in held if row is not None and row.state in LAGGING_STATES]
        # What has no gap comes after what has one; else as the units stand.
        return [row.unit for row in sorted(rows, key=lambda row: 1.0 if pd.isna(row.gap) else row.gap)]

    def _frame(self, name: str) -> str:
        frame = self.county.frame
        moment = frame.moment.astimezone(COUNTY_ZONE)
        held = {
            "county": self.county.title,
            "year": say("notice.year", ZH, year=frame.year),
            "as_of": day_text(frame.as_of),
            "span": self._span(),
            "known_at": f"{day_text(moment.date())}{moment:%H:%M}",
        }
        return held[name]

    def _span(self) -> str:
        """The part of the year that is spoken of: 1—10月, or up to a day within a month."""
        day = self.county.frame.as_of
        if day != period_end(Cadence.MONTH, day):
            return say("notice.span_day", ZH, month=day.month, day=day.day)
        return say("notice.span_first" if day.month == 1 else "notice.span", ZH, month=day.month)

    def _rule(self, name: str) -> str:
        rules = self.county.rules
        held = {
            "number": rules.number,
            # It stands between marks of titles.
            "title": inside(rules.title),
            "gate": percent(rules.reporting_gate).replace(".0%", "%"),
        }
        return held[name]

    def _unit(self, code: str, name: str) -> str:
        if code not in self.county.names:
            return ""
        if name == "name":
            return self.county.whole_name(code)
        if name == "flag":
            return self._flag(code)
        if name == "who":
            people = in_charge(self.county.directory, unit=code)
            return f"{people[0].role}{people[0].name}" if people else ""
        if name in ("owed", "reported", "reported_rate"):
            return self._unit_reports(code, name)
        if name == "overdue_below":
            return str(sum(whose != code and whose.startswith(code) for whose in self.overdue["unit"]) or "")
        if name in OF_A_UNIT:
            return self._standing.of_unit(code, name)
        rank = self.ranks[code]
        if name == "rate":
            return percent(rank.rate) if pd.notna(rank.rate) else ""
        value = {"rank": rank.rank, "judged": rank.judged, "on_plan": rank.on_plan}[name]
        return str(int(value)) if pd.notna(value) else ""

    def _flag(self, code: str) -> str:
        """Why the rule calls a township lagging: what is about single targets and items counted, else in words.

        Which targets these are stands beside it with their figures.
        """
        if code not in self._flags:
            return ""
        rules = self.county.rules
        told = {each.code: each.words[0] for each in self._flags[code].because}
        counted = Counter(each.code for each in self._flags[code].because)
        facts = {"periods": rules.lagging_run, "days": rules.lagging_overdue_days}
        said = (
            say(f"flag.{reason}", ZH, count=counted[reason], **facts) if reason in COUNTED_REASONS else words
            for reason, words in told.items()
        )
        return say("notice.semicolon", ZH).join(said)

    def _unit_reports(self, code: str, name: str) -> str:
        held = self.county.reporting
        [row] = records(held[held["unit"] == code])
        owed, reported = int(row.owed), int(row.reported)
        if name == "reported_rate":
            return percent(reported / owed) if owed else ""
        count = {"owed": owed, "reported": reported}[name]
        return f"{count:,}"

    def _cell(self, unit: str, code: str, name: str) -> str:
        return cell_text(self.cells[unit, code], self.county.definitions[code], name)

    def _indicator(self, code: str, name: str) -> str:
        return str({"name": self.county.definitions[code]["name"]}[name])

    @once
    def _items(self) -> Ledger:
        return ledger(self.county.issues)

    def _ledger(self, name: str) -> str:
        held = self._items()
        if name == "closing_rate":
            return percent(held.closing_rate) if held.closing_rate is not None else ""
        return str({"open": held.open, "due_soon": held.due_soon, "overdue": held.overdue}[name])

    def _issue(self, number: str, name: str) -> str:
        row = self.issues[number]
        if name == "title":
            return self._screened(str(row.title), number)
        if name == "days":
            return days_text(row.days) if pd.notna(row.days) and row.days > 0 else ""
        if name == "owner":
            return self._department(row.department, "name") if isinstance(row.department, str) else ""
        if name == "state":
            return word(IssueState(row.state), ZH)
        held = {"number": number, "deadline": day_text(row.deadline), "class": row.problem_class}
        return str(held[name])

    def _class(self, name: str, of: str) -> str:
        """How many overdue items one class of problems has."""
        held = int((self.overdue["problem_class"] == name).sum())
        return str({"overdue": held}[of]) if held else ""

    def _reports(self, name: str) -> str:
        facts = provenance(self.county)
        if name == "rate":
            return percent(facts.rate) if facts.rate is not None else ""
        if name == "waiting":
            waits = int(self.county.reporting["waiting"].sum())
            return f"{waits:,}" if waits else ""
        count = {"owed": facts.owed, "reported": facts.reported}[name]
        return f"{count:,}"

    def _units(self, name: str) -> str:
        if name == "kinds":
            return self._kinds_of_township()
        held = {
            "townships": len(self.townships),
            "flagged": len(self.flagged),
            "indicators": len({code for _, code in self.cells}),
        }
        return str(held[name])

    @property
    def township_kinds(self) -> tuple[str, ...]:
        """The kinds of the units at the level of townships, in the order of units."""
        units = self.county.directory.units
        held = units[units["level"] == Level.TOWNSHIP].sort_values("sort")["kind"]
        return tuple(map(str, held.dropna().unique()))

    def _kinds_of_township(self) -> str:
        """乡镇, with what else stands at their level: 乡镇（街道、农场）."""
        plain, *others = say("figure.kinds", ZH).split("|")
        further = [kind for kind in self.township_kinds if kind not in others]
        return f"{plain}（{say('notice.pause', ZH).join(further)}）" if further else plain

    def _said(self, unit: str, code: str, name: str) -> str:
        """What a unit gave as its reason; nothing where it holds what no paper may."""
        said = explanation_of(self.county, unit, code)
        held = None if said is None else said[name]
        if name == "promised_day":
            return day_text(held) if held is not None and pd.notna(held) else ""
        if not isinstance(held, str):
            return ""
        whose = f"{self.county.names[unit]} {self.county.definitions[code]['name']}"
        return self._screened(" ".join(held.split()).rstrip("。；;，,."), whose)

    def _screened(self, text: str, whose: str) -> str:
        if not has_personal_data(text):
            return text
        self.withheld[whose] = None
        return ""

    def _department(self, code: str, name: str) -> str:
        row = self.county.directory.departments.set_index("code").loc[code]
        return str({"name": row["short_name"]}[name])

    def _behind_on(self, indicator: str) -> str:
        """How many townships lag on one indicator."""
        return str(len(self.units_behind(indicator)))

    def _data_on(self, day: str) -> str:
        """How many indicators tell the end of a period that ended on this day."""
        return str(sum(each.isoformat() == day for each in self.data_days.values()) or "")

    @cached_property
    def data_days(self) -> dict[str, date]:
        """The day of each indicator's figures, facts of a day apart."""
        cells = principal(self.county.cells)
        held = cells[~cells["kind"].isin(OF_A_DAY) & cells["data_day"].notna()]
        return dict(zip(held["indicator"], held["data_day"], strict=True))
