"""The pages of the first two levels are made before anyone asks, and anew after somebody wrote."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from threading import Event
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import Engine

from data_access.settings import settings
from tests.pages.conftest import ScreensOver
from tests.pages.test_moving_data import Clerk, office
from tests.views import NOW
from ui import ahead, clock, screens, views
from ui.clock import county_time
from ui.guard import Here
from ui.html import Markup
from ui.panels import snapshot

__all__ = ["office"]


@dataclass
class Made:
    """The addresses that were made, in their order; `meanwhile` is done before each of them."""

    addresses: list[str] = field(default_factory=list)
    meanwhile: Callable[[], None] = lambda: None


@pytest.fixture
def made(screens_over: ScreensOver, office: Engine, monkeypatch: pytest.MonkeyPatch) -> Made:
    screens_over(office.url.render_as_string())
    views.forget()
    made, framed = Made(), screens.framed

    def counting(here: Here, *rest: Any) -> Markup:
        made.meanwhile()
        made.addresses.append(here.address.reframed())
        return framed(here, *rest)

    monkeypatch.setattr(screens, "framed", counting)
    return made


def test_a_reader_finds_what_was_made_ahead(made: Made, screens_over: ScreensOver, office: Engine) -> None:
    drawn = ahead._round(Event(), None)
    known = list(made.addresses)
    assert drawn is not None and len(known) == len(set(known)) > 8
    assert any("/townships?" in one and "&u=" in one for one in known)
    assert any("/departments?" in one and "&d=" in one for one in known)
    reader = screens_over(office.url.render_as_string())
    for address in known:
        reader.follow(address)
    assert made.addresses == known, "nothing was made again for the reader"
    assert ahead._round(Event(), drawn) == drawn and made.addresses == known


def test_what_was_written_is_drawn_anew(made: Made, office: Engine) -> None:
    clerk = Clerk(office, 1)
    made.meanwhile = clerk.write
    assert ahead._round(Event(), None) is None, "somebody wrote while it was drawn"
    drawn = ahead._round(Event(), None)
    count = len(made.addresses)
    assert drawn is not None
    clerk.left = 5
    clerk.write()
    made.meanwhile = lambda: None
    assert ahead._round(Event(), drawn) not in (None, drawn)
    assert len(made.addresses) > count


def test_it_ends_and_waits_for_a_county(made: Made, screens_over: ScreensOver, tmp_path_factory: Any) -> None:
    ended = Event()
    ended.set()
    assert ahead._round(ended, None) is None and made.addresses == []
    screens_over(f"sqlite:///{tmp_path_factory.mktemp('none') / 'none.db'}")
    assert ahead._round(Event(), "before") == "before"


def test_nothing_is_drawn_ahead_where_that_is_not_wanted(
    made: Made, screens_over: ScreensOver, office: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "WAITS_FIRST", 0.0)
    monkeypatch.setenv("XUSHI_DRAW_AHEAD", "false")
    settings.cache_clear()
    ahead._run(Event())
    assert made.addresses == []
    monkeypatch.delenv("XUSHI_DRAW_AHEAD")
    settings.cache_clear()
    ended = Event()
    made.meanwhile = ended.set
    ahead._run(ended)
    assert made.addresses != []


def test_a_kept_page_says_the_time_at_which_it_is_shown(
    made: Made, screens_over: ScreensOver, office: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is made anew but for what is written, and for the next day."""
    reader = screens_over(office.url.render_as_string())
    times = (NOW, NOW + timedelta(hours=2), NOW + timedelta(days=1))
    for count, now in zip((1, 1, 2), times, strict=True):
        monkeypatch.setattr(clock, "now", lambda now=now: now)
        shown = reader.open("overview")
        here = county_time(now)
        assert f"{here:%Y-%m-%d %H:%M}（当前）" in shown.page.text
        assert f"known={quote(f'{here:%Y-%m-%dT%H:%M}')}" in shown.markup
        assert len(made.addresses) == count


def test_a_workbook_says_the_minute_at_which_it_is_asked_for(made: Made) -> None:
    asked = ahead._here("overview")
    assert asked is not None
    views.villages_view(asked)
    later = replace(asked, now=NOW + timedelta(hours=2))
    held = snapshot._now(later, views.villages_view(later))
    assert held.county.frame.moment == later.now
    assert views.villages_view(later).county.frame.moment == asked.now
