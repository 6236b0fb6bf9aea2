"""Somebody writes while a page is being made: figures of two states of the data never stand together."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy import Engine

from data_access.engine import make_engine, read, write
from data_access.errors import DatabaseBusy
from data_access.migrate import migrate
from data_access.reads import read_setting
from data_access.records import SettingRecord
from data_access.scope import Scope
from data_access.writes import write_records
from tests.intake.county import COUNTY, load, setup_workbook
from tests.pages.conftest import DAY, Screens, ScreensOver
from tests.views import NOW
from ui import screens as composed
from ui import views
from ui.address import parse
from ui.guard import Here
from ui.html import Markup, element
from ui.words import words_of


@pytest.fixture
def office(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    engine = make_engine(f"sqlite:///{tmp_path_factory.mktemp('moving') / 'xushi.db'}")
    migrate(engine)
    load(engine, setup_workbook())
    return engine


@pytest.fixture
def screens(screens_over: ScreensOver, office: Engine) -> Screens:
    return screens_over(office.url.render_as_string())


MINUTES = count(1)


class Clerk:
    """Somebody who writes a new title each time they are asked, so often and no more."""

    def __init__(self, office: Engine, times: int) -> None:
        self.office, self.left = office, times

    def write(self) -> None:
        if self.left:
            self.left -= 1
            _retitle(self.office, f"标题{self.left}")


def _retitle(office: Engine, title: str) -> None:
    at = NOW + timedelta(minutes=next(MINUTES))
    with write(office) as connection:
        record = SettingRecord("county.title", title)
        write_records(connection, COUNTY, [record], author="测试", recorded_at=at)


def _title(office: Engine) -> str:
    with read(office) as connection:
        return str(read_setting(connection, COUNTY, "county.title"))


def _half_before(office: Engine, clerk: Clerk) -> Callable[[Here], Markup]:
    """A page of two halves, between which the clerk writes."""

    def page(_: Here) -> Markup:
        first = _title(office)
        clerk.write()
        return element("h1", f"{first}|{_title(office)}")

    return page


def test_a_page_written_into_while_it_is_made_is_made_again(
    screens: Screens, office: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    _retitle(office, "标题")
    monkeypatch.setattr(composed, "overview", _half_before(office, Clerk(office, 2)))
    assert screens.open("overview").sentence == "标题0|标题0"


def test_a_file_as_well_and_with_an_end(screens: Screens, office: Engine) -> None:
    screens.open("overview")
    here = Here(parse("overview", DAY, NOW.date()), words_of("zh"), Scope.whole(COUNTY), NOW, NOW.date())
    _retitle(office, "标题")
    assert views.fresh(here, _half_before(office, Clerk(office, 2))) == "<h1>标题0|标题0</h1>"
    with pytest.raises(DatabaseBusy):
        views.fresh(here, _half_before(office, Clerk(office, 1000)))
