"""The targets of a year: every version with its document, what was given below, and a version to come."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from briefing.load import Briefing
from briefing.villages import Villages
from data_access.history import read_target_versions
from data_access.records import TargetRecord
from metrics.decomposition import decompose
from metrics.target_changes import Asked
from metrics.vocabulary import Comparator, Force, Kind, Level, TargetChange

AS_WORDS = {"kind": Kind, "comparator": Comparator, "force": Force, "change": TargetChange}


@dataclass(frozen=True)
class Version:
    """One version of one issuer's target, as recorded."""

    record: TargetRecord
    recorded_at: datetime
    author: str

    @property
    def asked(self) -> Asked:
        """What it asks, for the formulas."""
        held = self.record
        return Asked(
            held.kind,
            held.comparator,
            held.low,
            held.high,
            held.base,
            held.change,
            held.valid_from,
            held.deadline,
            held.measured_from,
        )


Chains = dict[tuple[str, str], tuple[Version, ...]]


def read_chains(connection: Connection, briefing: Briefing, indicator: str) -> Chains:
    """The versions of an indicator's targets by (unit, issuer), oldest first, as known at the view's moment."""
    frame = briefing.frame
    held = read_target_versions(
        connection, frame.scope, year=frame.year, indicator=indicator, known_at=frame.known_at
    )
    chains: dict[tuple[str, str], list[Version]] = {}
    for row in held:
        version = Version(_record(row), row.recorded_at, row.author)
        chains.setdefault((row.unit, row.issuer), []).append(version)
    return {key: tuple(chain) for key, chain in chains.items()}


def changed(
    held: Version,
    change: TargetChange,
    low: int | None,
    *,
    high: int | None = None,
    day: date,
    document: str,
    reason: str,
) -> TargetRecord:
    """The version that follows another: all that it does not change is as it was."""
    return replace(
        held.record,
        change=change,
        low=low,
        high=held.record.high if high is None else high,
        valid_from=day,
        document=document or None,
        reason=reason or None,
    )


def decomposed(briefing: Briefing) -> pd.DataFrame:
    """What the county was asked against what its townships were given (`decomposition.COLUMNS`)."""
    return _decomposed(briefing, briefing.cells_at(Level.COUNTY), briefing.cells_at(Level.TOWNSHIP))


def decomposed_below(villages: Villages) -> pd.DataFrame:
    """What each township was asked against what its villages were given."""
    county = villages.county
    return _decomposed(county, county.cells_at(Level.TOWNSHIP), villages.cells)


def divided(
    villages: Villages, indicator: str, units: Sequence[str], draft: TargetRecord | None = None
) -> pd.DataFrame:
    """The same for some units of either level, with an amount that is not written yet as if it were."""

    def with_draft(cells: pd.DataFrame) -> pd.DataFrame:
        if draft is None:
            return cells
        names = ("unit", "indicator", "issuer")
        is_it = np.logical_and.reduce([cells[name] == getattr(draft, name) for name in names])
        return cells.assign(low=cells["low"].mask(is_it, draft.low))

    county = villages.county
    own, towns = (with_draft(county.cells_at(level)) for level in (Level.COUNTY, Level.TOWNSHIP))
    sides = ((own, towns), (towns, with_draft(villages.cells)))
    rows = pd.concat([_decomposed(county, *side) for side in sides])
    return rows[rows["unit"].isin(units) & (rows["indicator"] == indicator)]


def _decomposed(briefing: Briefing, parents: pd.DataFrame, children: pd.DataFrame) -> pd.DataFrame:
    units, indicators = briefing.directory.units, briefing.directory.indicators
    return decompose(
        parents,
        children,
        dict(zip(units["code"], units["parent"], strict=True)),
        ratios=frozenset(indicators.loc[indicators["is_ratio"], "code"]),
        scoped=frozenset(indicators.loc[indicators["scope_tag"].notna(), "code"]),
    )


def _record(row: Any) -> TargetRecord:
    said = {field.name: getattr(row, field.name) for field in fields(TargetRecord)}
    return TargetRecord(**{**said, **{name: member(said[name]) for name, member in AS_WORDS.items()}})
