"""The ledger of one figure: every period, every version, who, when, in which file and cell."""

from typing import Any

import pandas as pd

from metrics.columns import records
from metrics.figures import day_text, quantity
from metrics.vocabulary import Quality, SubmissionState
from metrics.words import Lang, word
from ui.clock import county_time
from ui.guard import Here
from ui.html import Markup, element
from ui.tables import Column, Row, table


def ledger(here: Here, versions: pd.DataFrame, scales: Any, names: Any = None) -> Markup:
    """The newest period first; the version in force first within its period."""
    words = here.words
    if versions.empty:
        return element("p", words("versions.none"), class_="quiet")
    held = versions.sort_values(
        ["period", "indicator", "revision"], ascending=[False, True, False], kind="stable"
    )
    newest = ~held.duplicated(["period", "indicator"])
    rows = [
        _row(here, row, int(scales[row.indicator]), names, is_old=not newest[row.Index])
        for row in records(held)
    ]
    keys = ["period", "value", "version", "submission_state", "author", "recorded_at", "reason", "file"]
    columns = [Column(words(f"col.{key}"), is_figure=key == "value") for key in keys]
    if names is not None:
        columns.insert(1, Column(words("col.indicator")))
    return table(columns, rows, is_tall=len(rows) > 30)


def _row(here: Here, row: Any, scale: int, names: Any, *, is_old: bool) -> Row:
    words = here.words
    file = row.file_name if isinstance(row.file_name, str) else ""
    place = f" {row.place}" if isinstance(row.place, str) else ""
    cells: list[Markup | str] = [
        day_text(row.period, words.lang, short=True),
        _value(row, scale, words.lang) + (f" {words('mark.doubted')}" if isinstance(row.doubt, str) else ""),
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


def _value(row: Any, scale: int, lang: Lang) -> str:
    if isinstance(row.text, str) and row.quality != Quality.EXACT:
        return row.text
    if pd.isna(row.value):
        return word(Quality(row.quality), lang)
    shown = quantity(int(row.value), scale)
    if pd.notna(row.numerator) and pd.notna(row.denominator):
        shown += f" ({row.numerator}/{row.denominator})"
    return shown
