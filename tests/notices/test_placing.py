"""True figures in the place of others: swapped, copied, or put among other words."""

from collections.abc import Callable

import pytest

from notices.checking import MISPLACED, MOVED, Finding, check
from notices.placing import Places, displaced
from notices.reading import read_lines
from tests.notices.editing import Edited, Element, copied, key_of, run
from tests.notices.papers import Notice

Check = Callable[[Edited], list[Finding]]


@pytest.fixture
def edited(notice: Notice) -> Edited:
    return Edited(notice.file)


@pytest.fixture(scope="module")
def checked(notice: Notice) -> Check:
    return lambda edited: check(notice.paper, read_lines(edited.saved()), notice.figures)


def swap(edited: Edited, one: Element, other: Element) -> None:
    """Cut and paste two controls into each other's place."""
    first, second = copied(one), copied(other)
    edited.replace(one, second)
    edited.replace(other, first)


def told(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(each.kind, each.key) for each in findings]


def in_paragraphs(edited: Edited, key: str) -> list[Element]:
    paragraphs = [each for each in edited.body if each.tag.endswith("}p")]
    return [held for each in paragraphs for held in each.iter() if key_of_sdt(held) == key]


def key_of_sdt(element: Element) -> str:
    return key_of(element) if element.tag.endswith("}sdt") else ""


def in_tables(edited: Edited, key: str) -> list[Element]:
    return [held for table in edited.tables() for held in table.iter() if key_of_sdt(held) == key]


def test_two_figures_of_a_table_swapped(edited: Edited, checked: Check) -> None:
    keys = ("unit|990521104|judged", "unit|990521105|judged")
    swap(edited, *(in_tables(edited, key)[0] for key in keys))
    found = checked(edited)
    assert sorted(told(found)) == [(MISPLACED, key) for key in keys]
    assert found[0].wanted == "龙泉镇 已评判项数"


def test_two_names_of_a_table_swapped(edited: Edited, checked: Check) -> None:
    table = edited.table("unit|990521104|judged")
    names = [
        held for held in table.iter() if key_of_sdt(held).startswith("unit|") and "|name" in key_of(held)
    ]
    swap(edited, names[0], names[1])
    assert sorted(told(checked(edited))) == sorted((MISPLACED, key_of(each)) for each in names[:2])


def test_two_counts_of_a_sentence_swapped(edited: Edited, checked: Check) -> None:
    keys = ("count|township|behind", "count|township|far_behind")
    swap(edited, *(in_paragraphs(edited, key)[0] for key in keys))
    assert sorted(told(checked(edited))) == [(MOVED, key) for key in keys]


def test_shares_of_two_townships_swapped(edited: Edited, checked: Check) -> None:
    shares = [
        held
        for each in edited.body
        if each.tag.endswith("}p")
        for held in each.iter()
        if key_of_sdt(held).endswith("|completion") and "|9905211" in key_of(held)
    ]
    one = shares[0]
    other = next(each for each in shares if key_of(each).split("|")[1] != key_of(one).split("|")[1])
    swap(edited, one, other)
    assert sorted(told(checked(edited))) == sorted((MOVED, key_of(each)) for each in (one, other))


def test_a_figure_pasted_into_the_paragraph_of_another(edited: Edited, checked: Check) -> None:
    shares = [held for held in edited.controls() if key_of(held).endswith("|completion")]
    one = shares[0]
    other = next(each for each in shares[1:] if key_of(each).split("|")[1] != key_of(one).split("|")[1])
    paragraph = edited.above(other, "p")
    paragraph.append(run("有关指标仅完成"))
    paragraph.append(copied(one))
    assert (MOVED, key_of(one)) in told(checked(edited))


def test_a_whole_clause_pasted_into_the_sentence_of_another(edited: Edited, checked: Check) -> None:
    """Share and gap go together, and stand beside another township's all the same."""
    shares = [held for held in edited.controls() if key_of(held).endswith("|completion")]
    one = shares[0]
    other = next(each for each in shares[1:] if key_of(each).split("|")[1] != key_of(one).split("|")[1])
    source, paragraph = edited.above(one, "p"), edited.above(other, "p")
    start = list(source).index(one)
    clause = [copied(each) for each in list(source)[start : start + 3]]
    place = list(paragraph).index(other) + 1
    for at, each in enumerate(clause):
        paragraph.insert(place + at, each)
    assert (MOVED, key_of(one)) in told(checked(edited))


def test_a_sentence_moved_to_another_paragraph_takes_its_figures_along(
    edited: Edited, checked: Check
) -> None:
    source = edited.paragraph("reports|owed")
    place = list(source).index(edited.controls("ledger|open")[0])
    rest = list(source)[place:]
    for each in rest:
        source.remove(each)
    target = edited.paragraph("count|township|total")
    target.append(run("另外，"))
    target.extend(rest)
    assert checked(edited) == []


def test_neighbours_that_change_places_are_told_where_their_words_are_alike() -> None:
    known = Places()
    line = [
        ("滞后的有", ""),
        ("甲", "n1"),
        ("5项", "f1"),
        ("、", ""),
        ("乙", "n2"),
        ("7项", "f2"),
        ("。", ""),
    ]
    known.learn(line)
    keys = ["n1", "f1", "n2", "f2"]
    assert known.misplaced(line, keys) == []
    swapped = [*line[:2], line[5], line[3], line[4], line[2], line[6]]
    assert {each.key for each in known.misplaced(swapped, keys)} >= {"f1", "f2"}
    turned = [line[0], *line[4:6], line[3], *line[1:3], line[6]]
    assert known.misplaced(turned, keys) == []


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("abcd", ""),
        ("abd", ""),
        ("acbd", "c"),
        ("abxd", "x"),
        ("abcda", "a"),
        ("dabc", "d"),
    ],
)
def test_the_keys_of_a_row(keys: str, expected: str) -> None:
    found = displaced(list(keys), list("abcd"))
    assert set(found) == set(expected) or (keys == "acbd" and set(found) == {"b"})
