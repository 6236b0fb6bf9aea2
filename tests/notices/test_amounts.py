"""How much a corrected figure is another one, as far as the two can be compared at all."""

import pytest

from notices.amounts import change


@pytest.mark.parametrize(
    ("was", "now", "size"),
    [
        ("32项", "33项", "+1项"),
        ("74.0%", "74.2%", "+0.2个百分点"),
        ("至少8,136人次", "至少8,036人次", "−100人次"),
        ("至少916户", "920户", "+4户"),
        ("低于序时进度9.9个百分点", "低于序时进度8.9个百分点", "+1.0个百分点"),
        ("−44.2", "−40.2", "+4.0"),
        ("高于序时进度4.3个百分点", "低于序时进度220.5个百分点", "−224.8个百分点"),
        ("71天", "71天", ""),
        ("低于序时进度0.2个百分点", "高于序时进度0.1个百分点", "+0.3个百分点"),
        ("滞后", "达序时", ""),
        ("12户", "12.50万元", ""),
        ("—", "3", ""),
    ],
)
def test_the_size_of_a_change(was: str, now: str, size: str) -> None:
    assert change(was, now, "zh") == size


def test_in_english() -> None:
    assert change("74.0%", "74.2%", "en") == "+0.2 pp"


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("低于序时进度10.0个百分点", "与序时进度持平", "+10.0个百分点"),
        ("与序时进度持平", "低于序时进度2.5个百分点", "−2.5个百分点"),
        ("与序时进度持平", "滞后", ""),
    ],
)
def test_what_is_on_plan_is_a_gap_of_nothing(was: str, now: str, said: str) -> None:
    assert change(was, now, "zh") == said
