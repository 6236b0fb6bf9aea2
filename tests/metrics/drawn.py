"""What Hypothesis draws for the tests of this folder."""

from datetime import date, timedelta

from hypothesis import strategies as st

from metrics.curves import Curve, Shape


@st.composite
def curves(draw: st.DrawFn, shape: Shape | None = None) -> Curve:
    """Any curve a county could write for 2026, in hundredths."""
    numbers = draw(st.lists(st.integers(1, 364), max_size=5, unique=True).map(sorted))
    hundredths = sorted(draw(st.lists(st.integers(0, 100), min_size=len(numbers), max_size=len(numbers))))
    start = date(2025, 12, 31)
    days = [f"{start + timedelta(days=n):%m-%d}" for n in numbers]
    points = [(day, n / 100) for day, n in zip(days, hundredths, strict=True)]
    return Curve("drawn", shape or draw(st.sampled_from(Shape)), (*points, ("12-31", 1.0)))
