"""The ledger of one figure: every period, every version, who, when, in which file and cell."""

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

# What an upright A4 sheet is wide enough for.
PRINTED_PERIODS = 12


def ledger(here: Here, versions: pd.DataFrame, indicators: pd.DataFrame, names: Any = None) -> Markup:
    """The newest period first; the version in force first within its period."""
    words = here.words
    if versions.empty:
        return element("p", words("versions.none"), class_="quiet")
    held = versions.sort_values(
        ["period", "indicator", "revision"], ascending=[False, True, False], kind="stable"
    )
    newest = ~held.duplicated(["period", "indicator"])
    rows = [
        _row(here, row, indicators.loc[row.indicator], names, is_old=not newest[row.Index])
        for row in records(held)
    ]
    keys = ["period", "value", "version", "submission_state", "author", "recorded_at", "reason", "file"]
    columns = [Column(words(f"col.{key}"), is_figure=key == "value") for key in keys]
    if names is not None:
        columns.insert(1, Column(words("col.indicator")))
    return table(columns, rows, is_tall=len(rows) > 30)


def by_period(here: Here, versions: pd.DataFrame, scales: Any, names: Any) -> Markup:
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
    shown = newest.loc[newest["period"].isin(periods), "indicator"]
    rows = [
        Row(
            (
                names[code],
                *(_printed(held.get((code, period)), int(scales[code]), words.lang) for period in periods),
            )
        )
        for code in names.index[names.index.isin(shown)]
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


def _row(here: Here, row: Any, indicator: Any, names: Any, *, is_old: bool) -> Row:
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
    if names is not None:
        link = element(
            "a", names[row.indicator], href=here.address.link("figure", u=row.unit, i=row.indicator)
        )
        cells.insert(1, link)
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
