"""Control points as people write them: what is right becomes a curve, what is wrong is named by its row."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.control_points import Draft, day_name, known_shares, read_points, write_points
from metrics.curves import BY_MONTH, TEMPLATES, Curve, CurveError, Shape, share, table
from tests.metrics.drawn import curves

LINEAR, STEP = Shape.LINEAR, Shape.STEP


def read(*rows: tuple[str, str]) -> Draft:
    return read_points("新曲线", LINEAR, rows)


def faults(*rows: tuple[str, str]) -> list[tuple[str, int]]:
    found = read(*rows)
    assert found.curve is None
    return [(fault.code, fault.row) for fault in found.faults]


@pytest.mark.parametrize(
    "day", ["06-30", "6-30", "6.30", "6/30", "6月30日", "6月30", "６月３０日", " 6月 末"]
)
@pytest.mark.parametrize("text", ["40", "40%", "40.0", "４０％", " 40 "])
def test_days_and_shares_as_people_write_them(day: str, text: str) -> None:
    drawn = read((day, text), ("12-31", "100"))
    assert drawn.points == (("06-30", 0.4), ("12-31", 1.0))
    assert drawn.curve is not None and drawn.curve.name == "新曲线"
    assert share(drawn.curve, date(2026, 6, 30)) == 0.4


def test_rows_left_blank_are_no_points() -> None:
    assert read(("", ""), ("06-30", "40"), (" ", ""), ("12-31", "100"), ("", "")).curve is not None


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((), [("empty", 0)]),
        ((("", ""),), [("empty", 0)]),
        ((("06-31", "40"), ("12-31", "100")), [("day_unknown", 1)]),
        ((("13-01", "40"), ("12-31", "100")), [("day_unknown", 1)]),
        ((("13月末", "40"), ("12-31", "100")), [("day_unknown", 1)]),
        ((("六月", "40"), ("12-31", "100")), [("day_unknown", 1)]),
        ((("", "40"), ("12-31", "100")), [("day_missing", 1)]),
        ((("06-30", ""), ("12-31", "100")), [("share_missing", 1)]),
        ((("06-30", "四成"), ("12-31", "100")), [("share_unknown", 1)]),
        ((("06-30", "nan"), ("12-31", "100")), [("share_unknown", 1)]),
        ((("06-30", "140"), ("12-31", "100")), [("share_outside", 1)]),
        ((("06-30", "-4"), ("12-31", "100")), [("share_outside", 1)]),
        ((("07-31", "40"), ("06-30", "60"), ("12-31", "100")), [("day_order", 2)]),
        ((("06-30", "40"), ("06-30", "60"), ("12-31", "100")), [("day_order", 2)]),
        ((("02-28", "10"), ("2月末", "20"), ("12-31", "100")), [("day_order", 2)]),
        ((("06-30", "60"), ("07-31", "40"), ("12-31", "100")), [("share_falls", 2)]),
        ((("07-31", "60"), ("06-30", "40"), ("12-31", "100")), [("day_order", 2), ("share_falls", 2)]),
        ((("06-30", "60"), ("12-31", "90")), [("not_whole", 2)]),
        ((("六月", "四成"), ("07-31", ""), ("12-31", "90")), [("day_unknown", 1), ("share_missing", 2)]),
    ],
)
def test_every_fault_is_named_with_its_row(
    rows: tuple[tuple[str, str], ...], expected: list[tuple[str, int]]
) -> None:
    assert faults(*rows) == expected


def test_what_was_written_is_said_again() -> None:
    (fault,) = read(("06-31", "40"), ("12-31", "100")).faults
    assert fault.found == "06-31"
    (fault,) = read(("06-30", "1O"), ("12-31", "100")).faults
    assert fault.found == "1o"
    (fault,) = read(("06-30", "60"), ("12-31", "97.5")).faults
    assert fault.found == "97.5"


def test_points_that_can_be_read_are_kept_beside_those_that_cannot() -> None:
    assert read(("03-31", "10"), ("06-31", "40"), ("12-31", "100")).points == (("03-31", 0.1), ("12-31", 1.0))


def test_nought_below_nought_is_nought() -> None:
    assert read(("03-31", "-0"), ("12-31", "100")).curve is not None


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_curve_that_nobody_changed_stays_exactly_what_it_was(name: str) -> None:
    curve, _ = TEMPLATES[name]
    again = read_points(curve.name, curve.shape, write_points(curve), known_shares(curve)).curve
    assert again is not None and again.points == curve.points


def test_shares_are_printed_short_and_the_end_of_february_by_its_name() -> None:
    assert write_points(BY_MONTH)[:3] == [("01-31", "8.33"), ("2月末", "16.67"), ("03-31", "25")]
    assert write_points(BY_MONTH, "en")[1] == ("02-end", "16.67")
    assert read(("02-end", "16"), ("12-31", "100")).points[0] == ("02-29", 0.16)
    assert day_name("02-28") == "02-28"


def test_shares_that_two_decimals_would_make_one_are_printed_longer() -> None:
    close = Curve("c", LINEAR, (("03-31", 0.100001), ("06-30", 0.100002), ("12-31", 1.0)))
    assert [text for _, text in write_points(close)] == ["10.0001", "10.0002", "100"]
    assert read_points("c", LINEAR, write_points(close), known_shares(close)).points == close.points


def test_a_curve_of_one_year_is_written_without_its_year_and_its_start() -> None:
    dated = Curve("d", LINEAR, (("2025-12-31", 0.0), ("2026-06-30", 0.5), ("2026-12-31", 1.0)))
    assert write_points(dated) == [("06-30", "50"), ("12-31", "100")]
    assert known_shares(dated) == {"50": 0.5, "100": 1.0}


@given(curves())
def test_every_curve_survives_being_written_and_read(curve: Curve) -> None:
    again = read_points(curve.name, curve.shape, write_points(curve), known_shares(curve)).curve
    assert again is not None
    assert (table(again, 2026).at == table(curve, 2026).at).all()


DAYS = st.sampled_from(["01-31", "2月末", "02-28", "03-31", "06-30", "6月末", "12-31", "06-31", "", "x"])
SHARES = st.sampled_from(["0", "10", "40", "40.5", "100", "101", "-1", "", "x"])


@given(st.lists(st.tuples(DAYS, SHARES), max_size=6), st.sampled_from(Shape))
def test_rows_are_a_curve_of_every_year_or_have_a_fault(rows: list[tuple[str, str]], shape: Shape) -> None:
    drawn = read_points("c", shape, rows)
    assert (drawn.curve is None) == bool(drawn.faults)
    if drawn.curve is not None:
        for year in (2026, 2028):
            assert table(drawn.curve, year).at[-1] == 1.0
    else:
        assert all(0 <= fault.row <= len(rows) for fault in drawn.faults)


def test_two_names_of_one_day_make_no_curve() -> None:
    """A common year has no 29 February, and the county's pages must not fail in it."""
    with pytest.raises(CurveError):
        Curve("c", STEP, (("02-28", 0.1), ("02-29", 0.2), ("12-31", 1.0)))


def test_the_ends_of_the_first_and_the_last_month_have_names_too() -> None:
    assert read(("1月末", "10"), ("2月底", "20"), ("12月末", "100")).points == (
        ("01-31", 0.1),
        ("02-29", 0.2),
        ("12-31", 1.0),
    )
    assert faults(("0月末", "10"), ("12-31", "100")) == [("day_unknown", 1)]
    assert day_name("02-29") == "2月末"


def test_a_printed_share_stands_for_the_exact_one_with_its_sign_or_without() -> None:
    rows = [("01-31", "8.33%"), ("03-31", "8.34"), ("12-31", "100%")]
    drawn = read_points("c", LINEAR, rows, {"8.33": 1 / 12})
    assert drawn.points == (("01-31", 1 / 12), ("03-31", 0.0834), ("12-31", 1.0))


def test_what_is_out_of_order_is_said_again() -> None:
    found = read(("07-31", "60"), ("6月30日", "40.50"), ("12-31", "100")).faults
    assert [(fault.code, fault.found) for fault in found] == [("day_order", "06-30"), ("share_falls", "40.5")]
