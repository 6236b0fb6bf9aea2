"""A past view rebuilt today is what was shown then, whatever was recorded since."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine

from data_access.engine import make_engine
from tests.intake.county import COUNTY as SMALL
from tests.intake.county import TOWNSHIPS, breakdown_workbook, figure, load, report_workbook, setup_workbook
from tests.intake.county import target as target_row
from tests.pages.conftest import EVERY_PAGE, Screens, ScreensOver, Shown
from tests.pages.later import Later
from tests.pages.places import Places
from tests.served import sqlite_url
from tests.views import NOW
from ui import clock, views
from ui.address import moment_text
from ui.database import engine as ui_engine

# Not a whole minute: a moment to the minute would leave out what was recorded within it.
THEN = NOW + timedelta(seconds=23)
LATER = NOW + timedelta(days=9)
Views = list[tuple[str, dict[str, str]]]


def _every_view(places: Places) -> Views:
    own: Views = [
        ("townships", {"u": places.township}),
        ("villages", {"u": places.village}),
        ("departments", {"d": places.department}),
        ("rectification", {"n": places.issue}),
        ("figure", {"u": places.county, "i": places.indicator}),
        ("figure", {"u": places.township, "i": places.indicator}),
        ("figure", {"u": places.village, "i": places.indicator}),
        ("targets", {"level": "township", "state": "counted"}),
        ("overview", {"asof": "2026-06-30"}),
        ("overview", {"lang": "en"}),
    ]
    return [*((page, {}) for page in EVERY_PAGE), *own]


def _content(shown: Shown) -> str:
    """What a page says, but for what its frame says about now: the moment itself and what changed since."""
    text = re.sub(r'<p class="head">.*?</p>', "", shown.markup)
    text = re.sub(r'<p class="since">.*?</p>', "", text)
    text = re.sub(r'<details class="when">.*?</details>', "", text)
    text = re.sub(r'<input type="hidden" name="known"[^>]*>', "", text)
    # What can be done today is not done in the past: a sentence, or the names alone, stand for the forms.
    text = re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL)
    text = re.sub(r'<div class="xs"><p class="note">正在查看历史数据时点.*?</div>', "", text)
    text = re.sub(r'<ul class="xs waiting">.*?</ul>', "", text)
    return re.sub(r"&amp;known=[^&\"]*", "", text)


def _at(screens: Screens, monkeypatch: pytest.MonkeyPatch, now: datetime) -> Screens:
    monkeypatch.setattr(clock, "now", lambda: now)
    monkeypatch.setattr(clock, "today", now.date)
    views.forget()
    return screens


def _seen(screens: Screens, looked_at: Views, **frame: str) -> dict[str, str]:
    return {f"{page} {own}": _content(screens.open(page, **(own | frame))) for page, own in looked_at}


def _assert_same(before: dict[str, str], after: dict[str, str]) -> None:
    assert {
        view: _first_difference(text, after[view]) for view, text in before.items() if after[view] != text
    } == {}


def _first_difference(one: str, other: str) -> tuple[str, str]:
    at = next((place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), 0)
    return one[max(at - 60, 0) : at + 60], other[max(at - 60, 0) : at + 60]


@pytest.mark.long
def test_every_page_of_a_moment_is_the_same_after_everything_was_recorded(
    screens: Screens,
    places: Places,
    demo_copy: Path,
    monkeypatch: pytest.MonkeyPatch,
    screens_over: ScreensOver,
) -> None:
    looked_at, over = _every_view(places), screens_over(sqlite_url(demo_copy))
    of_then = _seen(_at(over, monkeypatch, THEN), looked_at)
    known = moment_text(THEN)
    _assert_same(of_then, _seen(over, looked_at, known=known))
    engine = make_engine(sqlite_url(demo_copy))
    later = Later(engine, places.county, THEN, Random(1))
    later.write_everything()
    engine.dispose()
    _at(over, monkeypatch, LATER)
    _assert_same(of_then, _seen(over, looked_at, known=known))
    now = _seen(over, looked_at)
    assert [view for view in of_then if now[view] == of_then[view]] == []


SMALL_VIEWS: Views = [
    *((page, {}) for page in ("overview", "departments", "reporting")),
    ("townships", {"u": TOWNSHIPS[0]}),
    ("villages", {"u": f"{TOWNSHIPS[0]}202"}),
    *(("figure", {"u": SMALL, "i": indicator}) for indicator in ("ZF01", "PX01", "QD01")),
    ("figure", {"u": TOWNSHIPS[0], "i": "ZF01"}),
]


def _small_county(engine: Engine) -> None:
    """Three townships with targets, and what they reported from March to October."""
    begin = datetime(2026, 1, 5, 2, tzinfo=UTC)
    load(engine, setup_workbook(), now=begin)
    villages = [f"{unit}20{number}" for unit in TOWNSHIPS for number in range(1, 7)]
    aims = [target_row("ZF01", village, 24) for village in villages]
    aims += [target_row("PX01", unit, 120) for unit in TOWNSHIPS]
    load(engine, breakdown_workbook(aims), now=begin + timedelta(days=1))
    for month in (3, 6, 9, 10):
        period = date(2026, month, 31 if month in (3, 10) else 30)
        for place, unit in enumerate(TOWNSHIPS[: 2 if month == 10 else 3]):
            figures = [figure("ZF01", f"{unit}20{n}", month + place + n) for n in range(1, 7)]
            figures.append(figure("PX01", unit, 10 + place))
            book = report_workbook(figures, unit=unit, period=period)
            at = datetime.combine(period, datetime.min.time(), UTC) + timedelta(days=3, hours=place)
            load(engine, book, now=at, today=at.date(), accept=(month, place) != (10, 1))


def _moments_are_kept(
    screens: Screens,
    engine: Engine,
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
    looked_at: Views = SMALL_VIEWS,
    moments: int = 2,
) -> None:
    _small_county(engine)
    later = Later(engine, SMALL, THEN, Random(seed))
    seen: dict[datetime, dict[str, str]] = {}
    for _ in range(moments):
        _at(screens, monkeypatch, later.at)
        seen[later.at] = _seen(screens, looked_at)
        for _ in range(2):
            later.anything()
        later.at += timedelta(seconds=later.random.randrange(1, 90))
    _at(screens, monkeypatch, LATER)
    for moment, held in seen.items():
        _assert_same(held, _seen(screens, looked_at, known=moment_text(moment)))
    ui_engine().dispose()


def _address(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def test_whatever_happened_in_between(
    sqlite_engine: Engine, screens_over: ScreensOver, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = [SMALL_VIEWS[place] for place in (0, 2, 3, 4, 5)]
    _moments_are_kept(screens_over(_address(sqlite_engine)), sqlite_engine, monkeypatch, 2, few, 1)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 40))
def test_on_both_engines_for_many_seeds(
    engine: Engine, screens_over: ScreensOver, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    _moments_are_kept(screens_over(_address(engine)), engine, monkeypatch, seed)
