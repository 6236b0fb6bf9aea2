"""An edited notice: the check finds exactly what was done to it, and nothing else."""

from collections.abc import Callable

import pytest

from notices.checking import Finding, check
from notices.reading import read_lines
from notices.told import finding_text
from tests.notices.editing import Edited, Element, W, control, copied, key_of, own_runs, run, text_in, w
from tests.notices.papers import Notice

Found = list[tuple[str, str, str, str]]
Check = Callable[[Edited], list[Finding]]
REPORTS, ITEMS = "reports|owed", "ledger|open"
STANDING, OVERDUE = "unit|990521104|judged", "issue|ZG2026-012|days"


@pytest.fixture
def edited(notice: Notice) -> Edited:
    return Edited(notice.file)


@pytest.fixture(scope="module")
def checked(notice: Notice) -> Check:
    return lambda edited: check(notice.paper, read_lines(edited.saved()), notice.figures)


def told(findings: list[Finding]) -> Found:
    """What was found, without its place."""
    return [(each.kind, each.key, each.wanted, each.found) for each in findings]


def excerpt(element: Element) -> str:
    said = " ".join(text_in(element).split())
    return said if len(said) <= 60 else f"{said[:60]}…"


# What leaves every figure in its place.


def test_nothing_edited(edited: Edited, checked: Check) -> None:
    assert checked(edited) == []


def test_a_paragraph_moved(edited: Edited, checked: Check) -> None:
    paragraph = edited.paragraph(REPORTS)
    edited.remove(paragraph)
    edited.body.insert(0, paragraph)
    assert checked(edited) == []


def test_a_row_moved(edited: Edited, checked: Check) -> None:
    table = edited.table(STANDING)
    row = edited.row(STANDING, table)
    table.remove(row)
    table.append(row)
    assert checked(edited) == []


def test_a_sentence_written_in_other_words(edited: Edited, checked: Check) -> None:
    """Every word of it that is no figure."""
    for held in own_runs(edited.paragraph(REPORTS)):
        held.text = "，经核，"
    assert checked(edited) == []


def test_a_sentence_without_figures_written_anew_added_and_taken_out(edited: Edited, checked: Check) -> None:
    headings = [p for p in edited.body.findall(f"{W}p") if text_in(p) == "五、下一步工作要求"]
    assert len(headings) == 1
    next(headings[0].iter(f"{W}t")).text = "五、工作要求"
    edited.typed("请认真抓好贯彻落实，进一步压实责任。")
    edited.remove(next(p for p in edited.body.findall(f"{W}p") if text_in(p).startswith("一、")))
    assert checked(edited) == []


def test_figures_within_a_sentence_moved(edited: Edited, checked: Check) -> None:
    paragraph = edited.paragraph(REPORTS)
    held = edited.controls("reports|rate")[0]
    paragraph.remove(held)
    paragraph.insert(1, held)
    assert checked(edited) == []


def test_a_figure_said_twice(edited: Edited, checked: Check) -> None:
    edited.typed("再次强调，报送率为").append(copied(edited.controls("reports|rate")[0]))
    assert checked(edited) == []


def test_runs_that_word_has_split(edited: Edited, checked: Check) -> None:
    for held in edited.controls():
        [content] = held.findall(f"{W}sdtContent")
        said = text_in(held)
        if len(said) > 1:
            content[:] = [run(said[:1]), w("proofErr", type="spellStart"), run(said[1:])]
    assert checked(edited) == []


def test_blanks_in_a_figure(edited: Edited, checked: Check) -> None:
    held = edited.controls("frame|as_of")[0]
    edited.say(held, "2026 年 10 月 31 日")
    assert checked(edited) == []


def test_a_group_around_paragraphs_and_a_control_within_another(edited: Edited, checked: Check) -> None:
    paragraph, held = edited.paragraph(REPORTS), edited.controls(ITEMS)[0]
    edited.replace(paragraph, w("sdt", w("sdtPr"), w("sdtContent", paragraph)))
    edited.replace(held, w("sdt", w("sdtPr"), w("sdtContent", held)))
    assert checked(edited) == []


def test_a_paragraph_split_in_two(edited: Edited, checked: Check) -> None:
    paragraph = edited.paragraph(REPORTS)
    place = list(paragraph).index(edited.controls(ITEMS)[0])
    rest = w("p", *list(paragraph)[place:])
    edited.replace(paragraph, w("p", *list(paragraph)[:place]), rest)
    assert checked(edited) == []


def test_two_paragraphs_made_one(edited: Edited, checked: Check) -> None:
    first, second = edited.paragraph("count|township|total"), edited.paragraph(REPORTS)
    edited.remove(second)
    first.extend(second)
    assert checked(edited) == []


# What was changed.


def test_a_figure_changed_in_its_control(edited: Edited, checked: Check) -> None:
    was = text_in(edited.controls("reports|rate")[0])
    edited.say(edited.controls("reports|rate")[0], "99.9%")
    findings = checked(edited)
    assert told(findings) == [("changed", "reports|rate", was, "99.9%")]
    assert text_in(edited.paragraph(REPORTS)).startswith(findings[0].where.rstrip("…"))


def test_a_name_changed_in_its_control(edited: Edited, checked: Check) -> None:
    row = edited.row(STANDING, edited.table(STANDING))
    held = next(row.iter(f"{W}sdt"))
    edited.say(held, "大河镇")
    assert told(checked(edited)) == [("changed", "unit|990521104|name", "青石镇", "大河镇")]


def test_a_township_named_by_hand(edited: Edited, checked: Check) -> None:
    edited.typed("大河镇、凤鸣街道要引以为戒。")
    assert sorted(each.found for each in checked(edited) if each.kind == "named") == ["凤鸣街道", "大河镇"]
    assert {each.kind for each in checked(edited)} == {"named"}


def test_a_township_named_once_more_in_its_control(edited: Edited, checked: Check) -> None:
    edited.typed("请").append(copied(edited.controls("unit|990521104|name")[0]))
    assert checked(edited) == []


def test_a_figure_out_of_another_snapshot(edited: Edited, checked: Check) -> None:
    edited.typed("上月报送率为").append(control("reports|rate", "88.8%"))
    was = text_in(edited.controls("reports|rate")[0])
    assert told(checked(edited)) == [("changed", "reports|rate", was, "88.8%")]


@pytest.mark.parametrize("key", ["cell|999999100|XX01|gap", "unit|990521104|secret", "frame", "no such key"])
def test_a_control_with_a_foreign_key(edited: Edited, checked: Check, key: str) -> None:
    edited.paragraph(REPORTS).append(control(key, "12.3%"))
    assert told(checked(edited)) == [("foreign", key, "", "12.3%")]


def test_a_control_with_another_key(edited: Edited, checked: Check) -> None:
    held = edited.controls("reports|rate")[0]
    was = text_in(held)
    held.find(f"{W}sdtPr/{W}tag").set(f"{W}val", "reports|mean")  # type: ignore[union-attr]
    assert told(checked(edited)) == [
        ("foreign", "reports|mean", "", was),
        ("removed", "reports|rate", was, ""),
    ]


# What was taken out.


def test_a_row_deleted(edited: Edited, checked: Check) -> None:
    table = edited.table(STANDING)
    row = edited.row(STANDING, table)
    table.remove(row)
    findings = checked(edited)
    cells = " ".join(text_in(cell) for cell in row if cell.tag.endswith("}tc"))
    assert told(findings) == [("line_removed", "unit|990521104|name", cells, "")]
    assert findings[0].where == "乡镇目标进展情况表"


def test_a_table_deleted(edited: Edited, checked: Check) -> None:
    edited.remove(edited.table(OVERDUE))
    findings = checked(edited)
    assert told(findings) == [("table_removed", "", "", "")]
    assert findings[0].where == "逾期整改事项表"


def test_a_paragraph_deleted(edited: Edited, checked: Check) -> None:
    paragraph = edited.paragraph(REPORTS)
    edited.remove(paragraph)
    assert told(checked(edited)) == [("line_removed", REPORTS, excerpt(paragraph), "")]


def test_a_figure_deleted(edited: Edited, checked: Check) -> None:
    held = edited.controls("reports|rate")[0]
    edited.remove(held)
    assert told(checked(edited)) == [("removed", "reports|rate", text_in(held), "")]


def _demand(edited: Edited) -> Element:
    """The first demand; those asked stand in it by name, and nothing else is bound."""
    return next(p for p in edited.body.findall(f"{W}p") if "（责任单位：" in text_in(p))


def test_a_name_deleted_out_of_those_asked(edited: Edited, checked: Check) -> None:
    demand = _demand(edited)
    _, held, *others = demand.iter(f"{W}sdt")
    assert others, "one is left beside the first"
    demand.remove(held)
    [finding] = checked(edited)
    name = text_in(held)
    assert told([finding]) == [("removed", key_of(held), name, "")]
    assert finding_text(finding, "zh").startswith(f"名称被删去：“{name}”（（一）")


def test_those_asked_in_another_order_and_all_of_them_deleted(edited: Edited, checked: Check) -> None:
    demand = _demand(edited)
    first, *rest = demand.iter(f"{W}sdt")
    demand.remove(first)
    demand.insert(list(demand).index(rest[-1]) + 1, first)
    assert checked(edited) == []
    edited.remove(demand)
    assert [each.kind for each in checked(edited)] == ["line_removed"]


def test_a_control_left_empty(edited: Edited, checked: Check) -> None:
    held = edited.controls("reports|rate")[0]
    was = text_in(held)
    edited.say(held, "")
    assert told(checked(edited)) == [("removed", "reports|rate", was, "")]


def test_a_control_that_shows_its_prompt(edited: Edited, checked: Check) -> None:
    held = edited.controls("reports|rate")[0]
    was = text_in(held)
    held.find(f"{W}sdtPr").append(w("showingPlcHdr"))  # type: ignore[union-attr]
    edited.say(held, "单击此处输入文字。")
    assert told(checked(edited)) == [("removed", "reports|rate", was, "")]


# What was typed anew.


def test_a_table_typed_anew(edited: Edited, checked: Check) -> None:
    for held in list(edited.table(OVERDUE).iter(f"{W}sdt")):
        edited.unbind(held)
    findings = checked(edited)
    assert told(findings) == [("table_unbound", "", "", "")]
    assert findings[0].where == "逾期整改事项表"


def test_a_paragraph_typed_anew(edited: Edited, checked: Check) -> None:
    paragraph = edited.paragraph(REPORTS)
    said = excerpt(paragraph)
    paragraph[:] = [run(text_in(paragraph))]
    assert told(checked(edited)) == [("line_unbound", REPORTS, said, "")]


@pytest.mark.parametrize("typed", ["{}", " {} ", "ＷＩＤＥ"])
def test_a_figure_typed_without_its_control(edited: Edited, checked: Check, typed: str) -> None:
    held = edited.controls("reports|rate")[0]
    was = text_in(held)
    wide = was.translate(str.maketrans("0123456789.%", "０１２３４５６７８９．％"))
    edited.unbind(held, wide if typed == "ＷＩＤＥ" else typed.format(was))
    assert told(checked(edited)) == [("unbound", "reports|rate", was, was)]


def test_another_figure_typed_without_its_control(edited: Edited, checked: Check) -> None:
    held = edited.controls("reports|rate")[0]
    was = text_in(held)
    edited.unbind(held, "99.9%")
    assert told(checked(edited)) == [("unknown", "", "", "99.9%"), ("removed", "reports|rate", was, "")]


def test_one_of_two_equal_figures_typed_anew(edited: Edited, checked: Check) -> None:
    """A row in which two figures are the same: the first is typed anew, the other taken out."""
    farm = "unit|990521500"
    row = edited.row(f"{farm}|judged", edited.table(f"{farm}|judged"))
    first, other = (
        next(held for held in row.iter(f"{W}sdt") if key_of(held) == f"{farm}|{name}")
        for name in ("judged", "on_plan")
    )
    said = text_in(first)
    assert said == text_in(other)
    edited.unbind(first)
    edited.remove(other)
    assert told(checked(edited)) == [
        ("removed", f"{farm}|on_plan", said, ""),
        ("unbound", f"{farm}|judged", said, said),
    ]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("另有5个乡镇需重点关注。", "5"),
        ("另有三个乡镇需重点关注。", "三"),
        ("另有１２个乡镇需重点关注。", "12"),
        ("增长12.5%以上。", "12.5%"),
        ("同比下降百分之二十。", "百分之二十"),
        ("到位资金1,200元。", "1,200"),
        ("较上月变化−3.1个点。", "-3.1"),
    ],
)
@pytest.mark.parametrize("is_new", [True, False])
def test_a_number_typed_in(edited: Edited, checked: Check, typed: str, found: str, is_new: bool) -> None:
    if is_new:
        edited.typed(typed)
    else:
        edited.paragraph(REPORTS).append(run(typed))
    assert told(checked(edited)) == [("unknown", "", "", found)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("到位资金1,200万元。", ["1,200"]),
        ("较上月回落3.1个百分点。", ["3.1"]),
        ("各级各部门要十分重视，走进千家万户。", []),
        ("作为一项重要任务，形成一个整体。", []),
    ],
)
def test_words_that_only_hold_a_numeral(edited: Edited, checked: Check, typed: str, found: list[str]) -> None:
    edited.typed(typed)
    assert [each.found for each in checked(edited)] == found


def test_a_number_typed_right_after_a_figure(edited: Edited, checked: Check) -> None:
    paragraph = edited.paragraph(REPORTS)
    place = list(paragraph).index(edited.controls(REPORTS)[0])
    paragraph.insert(place + 1, run("7"))
    assert told(checked(edited)) == [("unknown", "", "", "7")]


# What no notice may hold.


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("identity", "522401199003071234"),
        ("identity", "52240119900307123X"),
        ("telephone", "13812345678"),
        ("telephone", "138-1234-5678"),
        ("telephone", "0797-8123456"),
        ("telephone", "（0797）8123456"),
    ],
)
def test_personal_data_typed_in(edited: Edited, checked: Check, kind: str, number: str) -> None:
    """Split over runs, as Word does; its digits are told once, and those beside it as the figure they are."""
    edited.typed("联系").extend([run("人电话"), run(number[:7]), run(number[7:]), run("，共7户")])
    assert told(checked(edited)) == [("personal", kind, "", number), ("unknown", "", "", "7")]


def test_an_illness_and_a_household_typed_in(edited: Edited, checked: Check) -> None:
    edited.typed("脱贫户张某家，患有尿毒症。")
    assert told(checked(edited)) == [
        ("personal", "illness", "", "患有"),
        ("personal", "illness", "", "尿毒症"),
        ("personal", "household", "", "脱贫户张某家，"),
    ]
