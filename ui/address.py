"""The address of a view: the only state a page has.

Year and as-of day are always written. What cannot be read falls back to the nearest valid view, and the
reader is told so by a note; nothing in an address ever leads to a trace.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from urllib.parse import urlencode

from metrics.words import Lang
from ui.clock import COUNTY_ZONE
from ui.registry import BY_KEY

FRAME = ("y", "asof", "known", "lang")


@dataclass(frozen=True)
class Address:
    """Where the reader stands: page, frame of reference and the page's own parameters."""

    page: str
    year: int
    as_of: date
    known_at: datetime | None
    lang: Lang
    params: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    base: str = ""

    def get(self, name: str) -> str:
        """A parameter of the page, empty where the address has none."""
        return self.params.get(name, "")

    def frame(self) -> dict[str, str]:
        """The part of the address every link carries on."""
        out = {"y": str(self.year), "asof": self.as_of.isoformat()}
        if self.known_at is not None:
            out["known"] = moment_text(self.known_at)
        if self.lang != "zh":
            out["lang"] = self.lang
        return out

    def link(self, page: str, **params: str | None) -> str:
        """The address of another view in the same frame; empty parameters are left out."""
        return self._written(page, {name: value for name, value in params.items() if value})

    def here(self, **params: str | None) -> str:
        """The address of this page with some parameters changed; None or empty takes one away."""
        merged = {**self.params, **params}
        return self._written(self.page, {name: value for name, value in merged.items() if value})

    def reframed(self, **frame: str | None) -> str:
        """The address of this view in another frame (another day, another language)."""
        merged = {**self.frame(), **frame}
        query = {name: value for name, value in {**merged, **self.params}.items() if value}
        return f"{self.base}{BY_KEY[self.page].path}?{urlencode(query)}"

    def _written(self, page: str, params: Mapping[str, str | None]) -> str:
        own = f"&{urlencode(params)}" if params else ""
        return f"{self.base}{BY_KEY[page].path}?{self._frame_written}{own}"

    @cached_property
    def _frame_written(self) -> str:
        # A page holds hundreds of links, and this part is the same in all of them.
        return urlencode(self.frame())


def parse(page: str, query: Mapping[str, str], fallback: date, base: str = "") -> Address:
    """Read an address. `fallback` is the as-of day where the address names none that can be read."""
    notes: list[str] = []
    as_of = _day(query.get("asof"), fallback, notes)
    year = _year(query.get("y"), as_of, notes)
    known_at = _moment(query.get("known"), notes)
    lang: Lang = "en" if query.get("lang") == "en" else "zh"
    if query.get("lang", "zh") not in ("zh", "en"):
        notes.append("note.bad_lang")
    params = {name: value for name, value in query.items() if name not in FRAME}
    return Address(page, year, as_of, known_at, lang, params, tuple(notes), base)


def moment_text(moment: datetime) -> str:
    """A moment as an address writes it: on the county's clocks, as short as it is exact."""
    held = moment.astimezone(COUNTY_ZONE).replace(tzinfo=None)
    if held.microsecond:
        return held.isoformat(timespec="microseconds")
    return held.isoformat(timespec="seconds" if held.second else "minutes")


def read_moment(text: str) -> datetime | None:
    """The moment an address writes; None where it cannot be read or lies in no sensible year."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if not 2000 <= moment.year <= 2100:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=COUNTY_ZONE)


def _day(text: str | None, fallback: date, notes: list[str]) -> date:
    if not text:
        return fallback
    try:
        day = date.fromisoformat(text)
    except ValueError:
        notes.append("note.bad_as_of")
        return fallback
    if not 2000 <= day.year <= 2100:
        notes.append("note.bad_as_of")
        return fallback
    return day


def _year(text: str | None, as_of: date, notes: list[str]) -> int:
    if not text:
        return as_of.year
    if text.isascii() and text.isdigit() and 2000 <= int(text) <= 2100:
        return int(text)
    notes.append("note.bad_year")
    return as_of.year


def _moment(text: str | None, notes: list[str]) -> datetime | None:
    if not text:
        return None
    moment = read_moment(text)
    if moment is None:
        notes.append("note.bad_known_at")
    return moment
