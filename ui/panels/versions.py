"""The ledger of one figure: every period, every version, who, when, in which file and cell."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from metrics.columns import records
from metrics.figures import day_text, part_scale, quantity
from metrics.vocabulary import Quality, SubmissionState
from metrics.words import Lang, word
from ui.clock import county_time
from ui.guard import Here
from ui.html import EMPTY, Markup, element
from ui.tables import Column, Row, table

# Indicators by code, in their order.
Definitions = Mapping[str, Mapping[str, Any]]
# What an upright A4 sheet is wide enough for.
PRINTED_PERIODS = 12


def ledger(
    here: Here, versions: pd.DataFrame, definitions: Definitions, *, is_of_many: bool = False
) -> Markup:
    """The newest period first; the version in force first within its period. Of many indicators, or of one."""
    words = here.words
    if versions.empty:
        return element("p", words("versions.none"), class_="quiet")
    held = versions.sort_values(
        ["period", "indicator", "revision"], ascending=[False, True, False], kind="stable"
    )
    newest = ~held.duplicated(["period", "indicator"])
    rows = [
        _row(here, row, definitions[row.indicator], is_of_many=is_of_many, is_old=not is_newest)
        for row, is_newest in zip(records(held), newest, strict=True)
    ]
    keys = ["period", "value", "version", "submission_state", "author", "recorded_at", "reason", "file"]
    columns = [Column(words(f"col.{key}"), is_figure=key == "value") for key in keys]
    if is_of_many:
        columns.insert(1, Column(words("col.indicator")))
    return table(columns, rows, is_tall=len(rows) > 30)


def by_period(here: Here, versions: pd.DataFrame, definitions: Definitions) -> Markup:
    """For paper: indicator × period, the newest version of each, at most `PRINTED_PERIODS` periods."""
    words = here.words
    if versions.empty:
        return EMPTY
    newest = versions.sort_values("revision", kind="stable").drop_duplicates(
        ["period", "indicator"], keep="last"
    )
    periods = sorted(newest["period"].unique())[-PRINTED_PERIODS:]
    held = {(row.indicator, row.period): row for row in records(newest)}
    columns = [Column(words("col.indicator"))]
    columns += [Column(f"{period:%m-%d}", is_figure=True) for period in periods]
    shown = set(newest.loc[newest["period"].isin(periods), "indicator"])
    rows = [
        Row(
            (
                each["name"],
                *(_printed(held.get((code, period)), int(each["scale"]), words.lang) for period in periods),
            )
        )
        for code, each in definitions.items()
        if code in shown
    ]
    return table(columns, rows, caption=words("versions.printed", count=len(versions)))


def _printed(row: Any, scale: int, lang: Lang) -> str:
    """One report in a narrow column: shares without their parts, * for a corrected figure."""
    if row is None:
        return ""
    if row.state != SubmissionState.ACCEPTED:
        return word(SubmissionState(row.state), lang)
    bare = row._replace(numerator=None, denominator=None)
    return _value(bare, scale, lang) + ("*" if row.revision > 1 else "")


def _row(here: Here, row: Any, indicator: Mapping[str, Any], *, is_of_many: bool, is_old: bool) -> Row:
    words = here.words
    file = row.file_name if isinstance(row.file_name, str) else ""
    place = f" {row.place}" if isinstance(row.place, str) else ""
    cells: list[Markup | str] = [
        day_text(row.period, words.lang, short=True),
        _value(row, int(indicator["scale"]), words.lang, part_scale(indicator["numerator_name"]))
        + (f" {words('mark.doubted')}" if isinstance(row.doubt, str) else ""),
        words("versions.revision", number=row.revision),
        word(SubmissionState(row.state), words.lang),
        row.author,
        county_time(row.recorded_at.to_pydatetime()).strftime("%Y-%m-%d %H:%M"),
        row.reason if isinstance(row.reason, str) else "",
        f"{file}{place}",
    ]
    if is_of_many:
        link = here.address.link("figure", u=row.unit, i=row.indicator)
        cells.insert(1, element("a", indicator["name"], href=link))
    return Row(cells, is_second=is_old)


def _value(row: Any, scale: int, lang: Lang, fine: int = 0) -> str:
    if isinstance(row.text, str) and row.quality != Quality.EXACT:
        return row.text
    if pd.isna(row.value):
        return word(Quality(row.quality), lang)
    shown = quantity(int(row.value), scale)
    if pd.notna(row.numerator) and pd.notna(row.denominator):
        shown += f" ({quantity(row.numerator, fine)}/{quantity(row.denominator, fine)})"
    return shown
