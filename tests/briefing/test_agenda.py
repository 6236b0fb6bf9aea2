"""The agenda: what is stored reads back, what the county does not have is refused in words."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.agenda import (
    LONGEST_TITLE,
    MOST_ENTRIES,
    SHIPPED,
    SUBJECT,
    Agenda,
    Entry,
    View,
    agenda_of,
    check_entries,
    content_of,
    subjects,
)
from briefing.load import Briefing
from data_access.agendas import AgendaVersion
from data_access.errors import AgendaEmpty, AgendaUnusable, NotFound, UserFacing

SAVED = datetime(2026, 11, 20, 1, tzinfo=UTC)
ENTRIES = st.builds(Entry, st.sampled_from(View), st.text(max_size=12), st.text(max_size=LONGEST_TITLE))
MOMENTS = st.none() | st.integers(0, 10**15).map(lambda n: SAVED + timedelta(microseconds=n))


def stored(content: Any, name: str = "周例会", version: int = 3) -> AgendaVersion:
    text = content if isinstance(content, str) else json.dumps(content)
    return AgendaVersion("7", version, name, text, "秘书股", SAVED, False)


@given(st.lists(ENTRIES, max_size=8), st.none() | st.dates(date(2000, 1, 1)), MOMENTS)
def test_what_is_stored_reads_back(
    entries: list[Entry], as_of: date | None, known_at: datetime | None
) -> None:
    year = as_of.year if as_of else None
    found = agenda_of(stored(content_of(entries, year, as_of, known_at)))
    assert found == Agenda("7", 3, "周例会", tuple(entries), year, as_of, known_at)
    assert (found.key, found.is_shipped) == ("7.3", False)


@pytest.mark.parametrize(
    "content",
    [
        "not json",
        "[]",
        "{}",
        {"entries": [{"view": "weather"}]},
        {"entries": [{"of": "ZF01"}]},
        {"entries": ["overview"]},
        {"entries": [{"view": ["overview"]}]},
        {"entries": [{"view": "overview"}], "as_of": "31.10.2026"},
        {"entries": [{"view": "overview"}], "known_at": "yesterday"},
        {"entries": [{"view": "overview"}], "as_of": "2026-10-31", "year": "MMXXVI"},
        {"entries": 5},
    ],
)
def test_what_this_program_does_not_know_is_said(content: Any) -> None:
    with pytest.raises(AgendaUnusable) as fault:
        agenda_of(stored(content))
    assert "周例会" in fault.value.sentence("zh") and "周例会" in fault.value.sentence("en")


def test_the_shipped_agenda_needs_nothing_of_the_county(october: Briefing) -> None:
    check_entries(october, "默认", SHIPPED.entries)
    assert [entry.view for entry in SHIPPED.entries] == [
        View.OVERVIEW,
        View.THINGS,
        View.FLAGS,
        View.UNREPORTED,
        View.DEPARTMENTS,
        View.OVERDUE,
    ]
    assert (SHIPPED.key, SHIPPED.is_shipped) == ("0.0", True)


@pytest.mark.parametrize("view", sorted(SUBJECT))
def test_what_the_county_has_is_taken_and_what_it_has_not_is_refused(october: Briefing, view: View) -> None:
    known = subjects(october, view)
    assert len(known) > 5
    check_entries(october, "会", [Entry(view, code) for code in known[:5]])
    for code in ("", "X999", known[0] + "0"):
        with pytest.raises(NotFound):
            check_entries(october, "会", [Entry(view, code)])


@pytest.mark.parametrize(
    "entries",
    [
        [],
        [Entry(View.OVERVIEW)] * (MOST_ENTRIES + 1),
        [Entry(View.MATRIX, "two")],
        [Entry(View.MATRIX, "²")],
        [Entry(View.OVERVIEW, title="长" * (LONGEST_TITLE + 1))],
    ],
)
def test_none_too_many_and_too_long_are_refused(october: Briefing, entries: list[Entry]) -> None:
    with pytest.raises(UserFacing):
        check_entries(october, "会", entries)
    check_entries(october, "会", [Entry(View.MATRIX, "2"), Entry(View.OVERVIEW, title="长" * LONGEST_TITLE)])


def test_an_agenda_with_nothing_on_it_is_refused_in_its_own_words(october: Briefing) -> None:
    with pytest.raises(AgendaEmpty) as fault:
        check_entries(october, "空", [])
    assert fault.value.sentence("zh") == "议程“空”还没有内容，没有保存。"


def test_a_view_without_a_subject_has_none(october: Briefing) -> None:
    assert all(subjects(october, view) == [] for view in View if view not in SUBJECT)
