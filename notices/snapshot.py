"""What the Excel snapshot holds: the same briefing the pages show, laid out for paper."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from briefing.attention import explanation_of, things
from briefing.lists import COUNTED, by_need, counts, principal
from briefing.load import Briefing
from briefing.part import name_in_county, name_of
from briefing.people import in_charge
from briefing.provenance import provenance
from briefing.ranking import flags, key_indicators, ranking, units_by_need
from briefing.rectification import chosen
from briefing.villages import Villages
from metrics.columns import records
from metrics.figures import day_text, gap_text, percent, quantity
from metrics.legend import document_line, lagging_rule, legend, notes, own_thresholds, rank_rule
from metrics.periods import COUNTY_ZONE
from metrics.vocabulary import LAGGING_STATES, Clock, IssueState, Level
from metrics.wording import beside, is_striven, short_words, target_words
from metrics.words import ABOUT, AT_LEAST, Lang, choose, state_mark, state_word, word
from notices.excel import Block, Column, Number, Page, Value, workbook
from notices.promises import told_as
from notices.words import say

# Places gained or lost since the period before; a plain number would not say which way.
MOVED_FORMAT = '"↑"0;"↓"0;0'
GAP_FORMAT = "+0.0;−0.0;0.0"
SHEETS = ("sheet.overview", "sheet.matrix", "sheet.ranking", "sheet.villages", "sheet.issues")


def snapshot(villages: Villages, lang: Lang = "zh") -> bytes:
    """The workbook of a county on the as-of day of its briefing."""
    maker = Maker(villages, lang)
    return workbook([maker.overview(), maker.matrix(), maker.ranking(), maker.villages(), maker.issues()])


def file_name(briefing: Briefing, lang: Lang = "zh") -> str:
    """The name the file is saved under."""
    day = briefing.frame.as_of.isoformat()
    return say("snapshot.file", lang, county=name_in_county(briefing), day=day)


def provenance_line(briefing: Briefing, lang: Lang) -> str:
    """As-of day, data day, moment of knowledge, reporting, rule and scope, as every sheet prints it."""
    facts = provenance(briefing)
    moment = briefing.frame.moment.astimezone(COUNTY_ZONE)
    parts = [say("snapshot.as_of", lang, day=day_text(briefing.frame.as_of, lang))]
    if facts.data_day:
        parts.append(say("snapshot.data_day", lang, day=day_text(facts.data_day, lang)))
    rule = "snapshot.rule_default" if facts.is_default_rule else "snapshot.rule"
    parts += [
        say("snapshot.known_at", lang, moment=moment.strftime("%Y-%m-%d %H:%M")),
        # A village reports through its township.
        *([_reported(briefing, lang)] if facts.owed else []),
        say(rule, lang, number=facts.rule_number),
        say("snapshot.scope", lang, whose=name_of(briefing) or say("snapshot.whole", lang)),
    ]
    return " · ".join(parts)


def _reported(briefing: Briefing, lang: Lang) -> str:
    """What was handed in; what waits is said, for the figures are made without it."""
    facts = provenance(briefing)
    waiting = int(briefing.reporting["waiting"].sum())
    said = say("snapshot.reported", lang, reported=facts.reported, owed=facts.owed)
    return said + (say("snapshot.waiting", lang, waiting=waiting) if waiting else "")


class Maker:
    """Lays one county's briefing out, sheet by sheet."""

    sheets: tuple[str, ...] = SHEETS
    # What is counted over the tables: the sentence, and the head of the table of states.
    counted = ("overview.lead", "overview.states")

    def __init__(self, villages: Villages, lang: Lang) -> None:
        """Take the briefing and the language of the sheets."""
        self.held = villages
        self.county = villages.county
        self.lang = lang
        whose = name_in_county(self.county)
        self.title = say("snapshot.title", lang, county=whose, year=self.county.frame.year)
        self.provenance = provenance_line(self.county, lang)

    def overview(self) -> Page:
        """States, things to decide, county-level figures behind, units that have not reported."""
        printed = [*(thing.cell for thing in things(self.county)), *records(self._behind())]
        return self.page(
            "sheet.overview",
            [self._things(), self._county_cells(), self.states()],
            [*self.partly(printed), self.legend(), self.notes(), say("snapshot.rounding", self.lang)],
            self.lead(),
        )

    def matrix(self) -> Page:
        """Townships by key indicators: shape, gap or word."""
        codes = key_indicators(self.county)
        held = {(row.unit, row.indicator): row for row in records(principal(self.county.cells))}
        units = units_by_need(self.county)
        columns = [self.column("col.unit", 12)]
        columns += [Column(str(self.county.indicators.at[code, "short_name"]), 10) for code in codes]
        rows = [[self.unit(unit), *(self.short(held.get((unit, code))) for code in codes)] for unit in units]
        return self.page("sheet.matrix", [Block("", columns, rows)], [self.legend(), self.notes()])

    def ranking(self) -> Page:
        """The ranking with the rule printed under it; units below the gate stand without a rank."""
        flagged = {flag.unit for flag in flags(self.county)}
        rows = [
            [
                self.unit(row.unit)
                if not row.group
                else say("snapshot.grouped", self.lang, unit=self.unit(row.unit), group=row.group),
                int(row.rank) if pd.notna(row.rank) else None,
                Number(int(row.moved), MOVED_FORMAT) if pd.notna(row.moved) else None,
                self.rate(row.rate),
                int(row.on_plan),
                int(row.judged),
                int(row.far_behind),
                int(row.unjudged),
                self.rate(row.reporting_rate),
                say("lagging", self.lang) if row.unit in flagged else None,
            ]
            for row in records(self._ranked())
        ]
        keys = ("rank", "moved", "rate", "on_plan", "judged", "far", "unjudged", "reporting_rate")
        columns = [self.column("col.unit", 14), *(self.column(f"col.{key}", 11, "0") for key in keys)]
        columns.append(Column(say("lagging", self.lang), 12))
        return self.page(
            "sheet.ranking",
            [Block("", columns, rows)],
            [rank_rule(self.county.rules, self.lang), lagging_rule(self.county.rules, self.lang)],
        )

    def _ranked(self) -> pd.DataFrame:
        """By rank; groups that rank apart one after another, the rule's first, those without a rank last."""
        groups = [*self.county.rules.peer_groups, ""]
        rows = ranking(self.county)
        keyed = rows.assign(_group=rows["group"].map(groups.index).where(rows["rank"].notna(), len(groups)))
        return keyed.sort_values(["_group", "rank", "unit"], na_position="last").drop(columns="_group")

    def villages(self) -> Page:
        """The villages flagged as lagging, each with its reasons and who answers for it."""
        units = self.county.units
        rows = [
            [
                self.unit(str(units.at[flag.unit, "parent"])),
                self.unit(flag.unit),
                say("separator", self.lang).join(flag.reasons(self.lang)),
                self._who(flag.unit),
            ]
            for flag in self.held.flags
        ]
        columns = [
            self.column("col.township", 11),
            self.column("col.village", 12),
            Column(say("col.reasons", self.lang), 96, wraps=True),
            Column(say("col.who", self.lang), 22, wraps=True),
        ]
        return self.page(
            "sheet.villages", [Block("", columns, rows)], [lagging_rule(self.county.rules, self.lang)]
        )

    def issues(self) -> Page:
        """Every open item, the longest overdue first."""
        names = self.county.directory.departments.set_index("code")["short_name"]
        rows: list[list[Value]] = [
            [
                row.number,
                self.county.whole_name(row.unit),
                row.title,
                row.source,
                row.problem_class,
                names.get(row.department) if isinstance(row.department, str) else None,
                word(IssueState(row.state), self.lang),
                day_text(row.deadline, self.lang) if pd.notna(row.deadline) else None,
                word(Clock(row.clock), self.lang) if isinstance(row.clock, str) else None,
                abs(int(row.days)) if pd.notna(row.days) else None,
            ]
            for row in records(chosen(self.county.issues))
        ]
        widths = (12, 18, 40, 13, 14, 12, 10, 16, 8)
        keys = ("number", "unit", "title", "source", "class", "owner", "state", "deadline", "clock")
        columns = [
            Column(say(f"col.{key}", self.lang), width, wraps=True)
            for key, width in zip(keys, widths, strict=True)
        ]
        columns.append(self.column("col.days_left", 8, "0"))
        return self.page("sheet.issues", [Block("", columns, rows)], [])

    def counted_cells(self) -> pd.DataFrame:
        """The cells that are counted by state."""
        return self.county.cells_at(Level.TOWNSHIP)

    def lead(self, **further: str) -> str:
        """How many targets stand where, in one sentence over the tables."""
        counted = counts(self.counted_cells())
        states = say("separator", self.lang).join(
            f"{state_word(state, self.lang)} {counted.by_state[state]}"
            for state in COUNTED
            if counted.by_state[state]
        )
        held = {"total": counted.total, "states": states, "left_out": counted.total_left_out}
        return say(self.counted[0], self.lang, **held, **further)

    def states(self) -> Block:
        """How many targets stand in each state."""
        counted = counts(self.counted_cells())
        rows: list[list[Value]] = [
            [f"{state_mark(state)} {state_word(state, self.lang)}", counted.by_state[state]]
            for state in COUNTED
            if counted.by_state[state]
        ]
        rows.append([say("total", self.lang), counted.total])
        rows.append([say("left_out", self.lang), counted.total_left_out])
        columns = [Column(say("col.state", self.lang), 12, is_state=True), self.column("col.count", 20, "0")]
        return Block(say(self.counted[1], self.lang), columns, rows)

    def _things(self) -> Block:
        held = things(self.county)
        rows = [self.cell_row(thing.cell, thing.people[0].name if thing.people else None) for thing in held]
        return Block(
            say("overview.things", self.lang),
            self.cell_columns(),
            rows,
            [thing.cell.state for thing in held],
        )

    def _county_cells(self) -> Block:
        behind = self._behind()
        names = self.county.directory.departments.set_index("code")["short_name"]
        leads = self.county.indicators["lead"]
        rows = [self.cell_row(cell, names.get(leads[cell.indicator])) for cell in records(behind)]
        return Block(say("overview.county", self.lang), self.cell_columns(), rows, list(behind["state"]))

    def _behind(self) -> pd.DataFrame:
        """The county-level figures that lag."""
        cells = principal(self.county.cells_at(Level.COUNTY))
        return by_need(cells[cells["state"].isin(LAGGING_STATES)], self.county)

    def cell_columns(self) -> list[Column]:
        """The columns of a table of targets."""
        plain = {"unit": 12, "indicator": 20, "measure": 8}
        # A number that does not fit is shown as a row of #; 至少 and 约 stand before it.
        amounts = {"target": 13, "actual": 17}
        figures = {"completion": 8, "planned": 8, "gap": 10, "days": 7}
        return [
            *(Column(say(f"col.{key}", self.lang), width, wraps=True) for key, width in plain.items()),
            *(Column(say(f"col.{key}", self.lang), width, "0", wraps=True) for key, width in amounts.items()),
            *(self.column(f"col.{key}", width, "0") for key, width in figures.items()),
            Column(say("col.state", self.lang), 11, wraps=True, is_state=True),
            Column(say("col.who", self.lang), 9, wraps=True),
            Column(say("col.said", self.lang), 40, wraps=True),
        ]

    def cell_row(self, cell: Any, who: str | None) -> list[Value]:
        """One target: figures, state, who answers for it, what the unit says."""
        indicator = self.county.definitions[cell.indicator]
        scale = int(indicator["scale"])
        said = explanation_of(self.county, cell.unit, cell.indicator)
        return [
            self.unit(cell.unit),
            indicator["name"],
            indicator["measure"],
            self._target(cell, indicator, scale),
            self._amount(cell.actual, scale, self._said_with(cell)),
            self.rate(cell.completion),
            self.rate(cell.planned),
            Number(round(cell.gap * 100, 9), _decimals(gap_text(cell, bare=True), GAP_FORMAT))
            if pd.notna(cell.gap)
            else None,
            int(cell.days_behind) if pd.notna(cell.days_behind) else None,
            self._state(cell, indicator),
            who,
            self._said(said, cell),
        ]

    def _target(self, cell: Any, indicator: Any, scale: int) -> Value:
        """A plain figure as a number to calculate with; what says more in the words of its document."""
        is_plain = pd.isna(cell.minimum) and not isinstance(cell.measured_from, str) and not is_striven(cell)
        return self._amount(cell.target, scale) if is_plain else target_words(cell, indicator, self.lang)

    def _state(self, cell: Any, indicator: Any) -> str:
        """The state, and what it cannot say: the margin of a limit, how many are missing, who is below a minimum."""
        shown = f"{state_mark(cell.state)} {state_word(cell.state, self.lang, kept=cell.kept)}"
        return "\n".join((shown, *beside(cell, indicator, self.lang)))

    def _said(self, said: Any, cell: Any) -> Value:
        """Cause, measure, promised day and what it waits on, each named: four columns would leave no room to read."""
        if said is None:
            return None
        texts = {key: said[key] for key in ("text", "measure", "waits_on") if isinstance(said[key], str)}
        promised, told = said["promised_day"], ""
        if pd.notna(promised) and (told := told_as(cell, promised, self.county.frame.as_of)):
            texts[told] = day_text(promised, self.lang)
        order = [key for key in ("text", "measure", told, "waits_on") if texts.get(key)]
        return "\n".join(say(f"said.{key}", self.lang, text=texts[key]) for key in order)

    def _amount(self, value: Any, scale: int, prefix: str = "") -> Value:
        if pd.isna(value):
            return None
        # A quantity is a whole number of smallest units: shown with exactly that many decimals.
        shown = "#,##0" + ("." + "0" * scale if scale else "")
        return Number(int(value) / 10**scale, f'"{prefix}"{shown}' if prefix else shown)

    def _said_with(self, cell: Any) -> str:
        """至少 and 约: the words without which the amount would say more than is known."""
        held = ((AT_LEAST, cell.at_least), (ABOUT, cell.approximate))
        return "".join(choose(words, self.lang) for words, is_said in held if is_said)

    def partly(self, cells: Iterable[Any]) -> list[str]:
        """What the shares are taken over where some units are missing: the figures that a reader can divide."""
        return [
            self._partly_said(cell) for cell in cells if pd.notna(cell.target_in) and pd.notna(cell.actual_in)
        ]

    def _partly_said(self, cell: Any) -> str:
        parts = {"actual": cell.actual_in, "target": cell.target_in}
        figures = {name: self._quantity(cell, value) for name, value in parts.items()}
        shares = "snapshot.partly_judged" if pd.isna(cell.completion) else "snapshot.partly_shares"
        waiting = 0 if pd.isna(cell.units_waiting) else int(cell.units_waiting)
        further = say("snapshot.partly_carried", self.lang) if cell.actual != cell.actual_in else ""
        further += say("snapshot.partly_waiting", self.lang, waiting=waiting) if waiting else ""
        return say(
            "snapshot.partly",
            self.lang,
            unit=self.unit(cell.unit),
            indicator=self.county.definitions[cell.indicator]["name"],
            units_in=int(cell.units_in),
            owed=int(cell.units_owed),
            said=say(shares, self.lang, **figures) + further,
        )

    def _quantity(self, cell: Any, value: Any) -> str:
        return quantity(value, int(self.county.definitions[cell.indicator]["scale"]))

    def rate(self, value: float) -> Value:
        """A share with as many decimals as it takes."""
        return None if pd.isna(value) else Number(float(value), _decimals(percent(value), "0.0%"))

    def short(self, cell: Any) -> Value:
        """The shape of a state with the gap, or with the word where there is none."""
        if cell is None:
            return None
        return f"{state_mark(cell.state)} {short_words(cell, self.lang)}"

    def unit(self, code: str) -> str:
        """The name of a unit."""
        return str(self.county.units.at[code, "name"]) if code in self.county.units.index else code

    def _who(self, unit: str) -> Value:
        people = in_charge(self.county.directory, unit=unit)
        return f"{people[0].role} {people[0].name}" if people else None

    def legend(self) -> str:
        """The document, the thresholds for all, and those of their own."""
        rules = self.county.rules
        indicators = self.county.directory.indicators
        names = dict(zip(indicators["code"], indicators["name"], strict=True))
        lines = [f"{state_word(state, self.lang)} {text}" for state, text in legend(rules, self.lang)]
        lines += own_thresholds(rules, self.lang, names)
        document = say("snapshot.document", self.lang, document=document_line(rules, self.lang))
        return document + say("separator", self.lang).join(lines)

    def notes(self) -> str:
        """What the thresholds do not say themselves."""
        return say("separator", self.lang).join(notes(self.county.rules, self.lang))

    def column(self, key: str, width: float, number_format: str = "General") -> Column:
        """A column by the key of its title."""
        return Column(say(key, self.lang), width, number_format)

    def page(self, key: str, blocks: list[Block], notes: list[str], lead: str = "") -> Page:
        """A sheet with its number, title and provenance."""
        name = say(key, self.lang)
        title = say(
            "snapshot.table", self.lang, number=self.sheets.index(key) + 1, title=self.title, name=name
        )
        return Page(name, title, self.provenance, blocks, notes, lead)


def _decimals(shown: str, usual: str) -> str:
    """The usual format, with as many decimals as the printed figure takes."""
    digits = shown.rstrip("%").partition(".")[2]
    return usual.replace("0.0", "0." + "0" * max(1, len(digits)))
