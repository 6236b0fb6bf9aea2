"""The address: everything a view is, and nothing that can break it."""

from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.address import moment_text, parse, read_moment

FALLBACK = date(2026, 10, 31)
MOMENTS = st.integers(0, 3 * 10**15).map(lambda us: START + timedelta(microseconds=us))
START = datetime(2000, 1, 2, tzinfo=UTC)


def _query(link: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(link).query))


def test_a_link_keeps_year_day_moment_and_language() -> None:
    here = parse(
        "overview", {"y": "2025", "asof": "2025-06-30", "known": "2025-07-08T09:30", "lang": "en"}, FALLBACK
    )
    link = here.link("townships", u="990521101")
    assert urlsplit(link).path == "/townships"
    assert _query(link) == {
        "y": "2025",
        "asof": "2025-06-30",
        "known": "2025-07-08T09:30",
        "lang": "en",
        "u": "990521101",
    }


def test_year_and_day_are_written_even_when_they_are_the_default() -> None:
    here = parse("overview", {}, FALLBACK)
    assert _query(here.link("overview")) == {"y": "2026", "asof": "2026-10-31"}


def test_the_moment_is_the_county_s() -> None:
    here = parse("overview", {"known": "2026-11-02T09:00"}, FALLBACK)
    assert here.known_at is not None
    assert here.known_at.astimezone(UTC) == datetime(2026, 11, 2, 1, 0, tzinfo=UTC)


@given(MOMENTS)
def test_a_moment_is_written_exactly_and_no_longer_than_that(moment: datetime) -> None:
    assert read_moment(moment_text(moment)) == moment
    second = moment.replace(microsecond=0)
    assert len(moment_text(second)) == (19 if second.second else 16)


def test_links_keep_the_second() -> None:
    here = parse("overview", {"known": "2026-11-02T09:00:41"}, FALLBACK)
    assert _query(here.link("townships"))["known"] == "2026-11-02T09:00:41"


def test_a_link_to_the_minute_means_the_whole_minute_as_ever() -> None:
    here = parse("overview", {"known": "2026-11-02T09:00"}, FALLBACK)
    assert here.known_at == datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
    assert _query(here.link("townships"))["known"] == "2026-11-02T09:00"


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("2026-11-02T09:00", "2026-11-02T09:00"),
        ("2026-11-02T09:00:00", "2026-11-02T09:00"),
        ("2026-11-02T09:00:07", "2026-11-02T09:00:07"),
        ("2026-11-02T09:00:07.25", "2026-11-02T09:00:07.250000"),
        ("2026-11-02T01:00:07+00:00", "2026-11-02T09:00:07"),
    ],
)
def test_a_link_keeps_the_moment_exactly(asked: str, kept: str) -> None:
    """A meeting keeps to the second at which it was opened: a minute too early would show other figures."""
    here = parse("overview", {"known": asked}, FALLBACK)
    assert _query(here.link("townships"))["known"] == kept
    again = parse("overview", _query(here.here()), FALLBACK)
    assert again.known_at == here.known_at


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ({"asof": "2026-13-45"}, "note.bad_as_of"),
        ({"asof": "1887-01-01"}, "note.bad_as_of"),
        ({"y": "MMXXVI"}, "note.bad_year"),
        ({"y": "²"}, "note.bad_year"),
        ({"known": "yesterday"}, "note.bad_known_at"),
        ({"lang": "fr"}, "note.bad_lang"),
    ],
)
def test_what_cannot_be_read_falls_back_and_says_so(query: dict[str, str], note: str) -> None:
    here = parse("overview", query, FALLBACK)
    assert here.notes == (note,)
    assert (here.year, here.as_of, here.known_at, here.lang) == (2026, FALLBACK, None, "zh")


def test_a_filter_taken_away_leaves_the_others() -> None:
    here = parse("villages", {"tw": "990521101", "tag": "重点村"}, FALLBACK)
    assert _query(here.here(tag=None)) == {"y": "2026", "asof": "2026-10-31", "tw": "990521101"}
    assert _query(here.reframed(asof="2026-09-30"))["tag"] == "重点村"


@given(st.dictionaries(st.sampled_from(["y", "asof", "known", "lang", "u", "state"]), st.text(max_size=30)))
def test_no_address_breaks_and_every_one_reads_itself_back(query: dict[str, str]) -> None:
    here = parse("targets", query, FALLBACK)
    again = parse("targets", _query(here.here()), FALLBACK)
    assert (again.year, again.as_of, again.lang, again.notes) == (here.year, here.as_of, here.lang, ())
    assert again.known_at == here.known_at
    assert dict(again.params) == {k: v for k, v in here.params.items() if v}
