"""What is kept is made once, and nobody waits who need not."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest

from ui.keep import Keep

PATIENCE = 20.0


def test_many_readers_have_a_thing_made_once() -> None:
    keep, made = Keep(4), []
    with ThreadPoolExecutor(16) as readers:
        held = list(readers.map(lambda _: keep.get("a", lambda: made.append(1) or "thing"), range(64)))
    assert held == ["thing"] * 64
    assert made == [1]


def test_a_failure_is_not_kept() -> None:
    keep = Keep(4)
    with pytest.raises(ZeroDivisionError):
        keep.get("a", lambda: 1 // 0)
    assert keep.get("a", lambda: "thing") == "thing"


def test_nothing_is_a_thing_as_well() -> None:
    keep, made = Keep(4), []
    for _ in range(3):
        assert keep.get("a", lambda: made.append(1)) is None
    assert made == [1]


def test_the_longest_unused_goes_first() -> None:
    keep, made = Keep(2), []

    def of(key: str) -> str:
        return keep.get(key, lambda: made.append(key) or key)

    for key in "abacab":
        of(key)
    assert made == ["a", "b", "c", "b"]
    keep.clear()
    of("a")
    assert made[-1] == "a"


def test_who_finds_a_thing_kept_does_not_wait_for_one_being_made() -> None:
    keep, begun, may_end = Keep(4), Event(), Event()
    keep.get("kept", lambda: "kept")

    def slow() -> str:
        begun.set()
        assert may_end.wait(PATIENCE)
        return "slow"

    with ThreadPoolExecutor(1) as other:
        making = other.submit(keep.get, "slow", slow)
        assert begun.wait(PATIENCE)
        assert keep.get("kept", lambda: "made again") == "kept"
        may_end.set()
        assert making.result(PATIENCE) == "slow"


def test_things_made_of_one_another_never_wait_for_each_other() -> None:
    """Two readers, two keeps, each beginning with what the other needs."""
    pages, views = Keep(4), Keep(4)

    def view() -> Any:
        return views.get("view", lambda: "view")

    def page() -> Any:
        return pages.get("page", lambda: f"page of {view()}")

    for _ in range(50):
        pages.clear()
        views.clear()
        with ThreadPoolExecutor(2) as readers:
            first, second = readers.submit(page), readers.submit(view)
            assert (first.result(PATIENCE), second.result(PATIENCE)) == ("page of view", "view")
