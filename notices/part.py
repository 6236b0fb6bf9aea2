"""What the Excel workbook of a part of a county holds: a township, a village, or what a department leads and shares."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from math import ceil
from typing import Any

import pandas as pd

from briefing.departments import shared_with
from briefing.lists import by_need, principal
from briefing.part import name_of
from briefing.ranking import ranking, units_by_need
from briefing.rectification import chosen
from briefing.villages import Villages
from metrics.columns import records
from metrics.vocabulary import Level
from metrics.words import Lang
from notices.excel import Block, Column, Page, workbook
from notices.snapshot import Maker, snapshot
from notices.words import say

# Characters: as wide as the columns of a table are together at the least.
NARROWEST = 90
# How many columns of indicators or of units are read on a page on its side.
MOST_INDICATORS, MOST_UNITS = 13, 16


def annexes_of(villages: Villages, lang: Lang = "zh") -> bytes:
    """The workbook of what a briefing is of: the whole county, or a part of it."""
    if villages.county.frame.scope.is_whole:
        return snapshot(villages, lang)
    return workbook(_PartMaker(villages, lang).pages())


class _PartMaker(Maker):
    """Lays a part out; a sheet that would be empty is left out."""

    counted = ("part.lead", "part.states")
    # The indicators that a department leads and those that it only shares, in the order of the record.
    led: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()

    def __init__(self, villages: Villages, lang: Lang) -> None:
        super().__init__(villages, lang)
        scope = self.county.frame.scope
        self.is_department = bool(scope.departments)
        if self.is_department:
            self.counted = ("part.led", "part.states")
            rows = records(self.county.directory.indicators)
            self.led = tuple(row.code for row in rows if row.lead in scope.departments)
            self.shared = tuple(code for name in scope.departments for code in shared_with(self.county, name))
        below = "sheet.part_townships" if self.is_department else "sheet.part_below"
        held = {
            "sheet.overview": True,
            below: bool(self._codes_below()),
            "sheet.ranking": not ranking(self.county).empty,
            "sheet.villages": bool(villages.flags),
            "sheet.issues": not chosen(self.county.issues).empty,
        }
        self.sheets = tuple(name for name, is_held in held.items() if is_held)

    def pages(self) -> list[Page]:
        """The sheets in their order."""
        makers = {
            "sheet.overview": self.overview,
            "sheet.part_townships": self.matrix,
            "sheet.part_below": self.matrix,
            "sheet.ranking": self.ranking,
            "sheet.villages": self.villages,
            "sheet.issues": self.issues,
        }
        return [makers[name]() for name in self.sheets]

    def counted_cells(self) -> pd.DataFrame:
        """The unit's own cells; at the county those of what a department leads."""
        if self.is_department:
            return self._at_county(self.led)
        cells = pd.concat([self.county.cells, self.held.cells], ignore_index=True)
        return cells[cells["unit"].isin(self.county.frame.scope.units)]

    def _at_county(self, codes: Iterable[str]) -> pd.DataFrame:
        cells = self.county.cells_at(Level.COUNTY)
        return cells[cells["indicator"].isin(list(codes))]

    def overview(self) -> Page:
        """How many targets of the unit or department stand where, and every one of them, the worst first.

        What a department only shares stands in a table of its own and is not counted.
        """
        own, shared = self.counted_cells(), self._at_county(self.shared)
        # The long tables stand last: their heads are repeated on the pages they go on to.
        blocks = [] if own.empty else [self.states()]
        if not own.empty or shared.empty:
            blocks.append(self._targets("part.targets", own))
        if not shared.empty:
            blocks.append(self._targets("part.shared", shared))
        printed = records(principal(pd.concat([own, shared])))
        notes = [*self.partly(printed), self.legend(), self.notes(), say("snapshot.rounding", self.lang)]
        return self.page("sheet.overview", blocks, notes, self._sentence(own, shared))

    def _targets(self, key: str, held: pd.DataFrame) -> Block:
        """A table of targets, the worst first."""
        cells = by_need(principal(held), self.county)
        names = self.county.directory.departments.set_index("code")["short_name"]
        leads = self.county.indicators["lead"]
        rows = [self.cell_row(cell, names.get(leads[cell.indicator])) for cell in records(cells)]
        return Block(say(key, self.lang), self.cell_columns(), rows, list(cells["state"]))

    def _sentence(self, own: pd.DataFrame, shared: pd.DataFrame) -> str:
        """The sentence over the tables."""
        name = name_of(self.county)
        is_without = self.is_department and own.empty
        lead = say("part.leads_none", self.lang, name=name) if is_without else self.lead(name=name)
        count = len(principal(shared))
        return lead + (say("part.shares", self.lang, count=count) if count else "")

    def matrix(self) -> Page:
        """The villages of a township by key indicator; the townships by what a department leads and shares.

        A page on its side takes so many columns: what is more is turned, or goes on in a table on the next page.
        """
        [key] = (name for name in self.sheets if name.startswith("sheet.part_"))
        cells = principal(self.county.cells_at(Level.TOWNSHIP) if self.is_department else self.held.cells)
        held = {(row.unit, row.indicator): row for row in records(cells)}
        units, codes = self._units_below(), self._codes_below()
        if len(codes) > MOST_INDICATORS and len(units) <= MOST_UNITS:
            blocks = [self._turned(held, units, codes)]
        else:
            blocks = [self._upright(held, units, part) for part in _parts(codes)]
        page = self.page(key, blocks, [self.legend(), self.notes()])
        return replace(page, is_apart=len(blocks) > 1)

    def _upright(self, held: Mapping[tuple[str, str], Any], units: list[str], codes: list[str]) -> Block:
        """A row a unit, a column an indicator."""
        # The title over a table has the table's width.
        width = max(10, NARROWEST // len(codes))
        columns = [self.column("col.unit", 12)]
        columns += [Column(self._short_name(code), width, wraps=True) for code in codes]
        rows = [[self.unit(unit), *(self.short(held.get((unit, code))) for code in codes)] for unit in units]
        return Block("", columns, rows)

    def _turned(self, held: Mapping[tuple[str, str], Any], units: list[str], codes: list[str]) -> Block:
        """A row an indicator, a column a unit."""
        width = max(10, NARROWEST // len(units))
        columns = [Column(say("col.indicator", self.lang), 24, wraps=True)]
        columns += [Column(self.unit(unit), width, wraps=True) for unit in units]
        names = self.county.indicators["name"]
        rows = [
            [
                self._of_whom(str(names[code]), code),
                *(self.short(held.get((unit, code))) for unit in units),
            ]
            for code in codes
        ]
        return Block("", columns, rows)

    def _short_name(self, code: str) -> str:
        return self._of_whom(str(self.county.indicators.at[code, "short_name"]), code)

    def _of_whom(self, name: str, code: str) -> str:
        """The name of an indicator, and that it is only shared."""
        return say("part.shared_column", self.lang, name=name) if code in self.shared else name

    def _units_below(self) -> list[str]:
        if self.is_department:
            return units_by_need(self.county)
        units = self.county.directory.units.sort_values("sort")
        return list(units.loc[units["parent"].isin(self.county.frame.scope.units), "code"])

    def _codes_below(self) -> list[str]:
        """The indicators of the table of units below, in the order of the record."""
        if self.is_department:
            held = self._held(self.county.cells_at(Level.TOWNSHIP))
            # What it leads comes first.
            return sorted(held, key=self.shared.__contains__)
        below = self.held.cells[self.held.cells["unit"].isin(self._units_below())]
        return self._held(below, is_key=True)

    def _held(self, cells: pd.DataFrame, is_key: bool = False) -> list[str]:
        held = set(principal(cells)["indicator"])
        rows = self.county.directory.indicators
        return [row.code for row in records(rows) if row.code in held and (row.is_key or not is_key)]


def _parts(codes: list[str]) -> list[list[str]]:
    """The indicators in as few parts of about one size as pages take."""
    size = ceil(len(codes) / ceil(len(codes) / MOST_INDICATORS))
    return [codes[at : at + size] for at in range(0, len(codes), size)]
