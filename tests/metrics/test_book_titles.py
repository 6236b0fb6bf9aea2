"""A title within a title has the inner marks, one within that the outer ones again."""

import pytest

from metrics.book_titles import inside, nested


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("没有书名", "没有书名"),
        ("根据《甲》和《乙》", "根据《甲》和《乙》"),
        ("根据《关于更正《甲》的通报》，", "根据《关于更正〈甲〉的通报》，"),
        ("《一《二《三》二》一》", "《一〈二《三》二〉一》"),
        ("《更正《转发〈甲〉的通知》的通报》", "《更正〈转发《甲》的通知〉的通报》"),
        ("《关于〈甲〉的通知》", "《关于〈甲〉的通知》"),
        ("关于〈甲〉的", "关于〈甲〉的"),
        ("甲》乙《丙", "甲》乙《丙"),
    ],
)
def test_marks_go_in_turn(text: str, told: str) -> None:
    assert nested(text) == told and nested(told) == told


def test_a_title_that_is_going_to_stand_inside() -> None:
    assert inside("关于印发《甲办法》的通知") == "关于印发〈甲办法〉的通知"
    assert inside("甲办法") == "甲办法"
