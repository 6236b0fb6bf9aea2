"""The draft of a notice: what it says of the demo county, what is bound in it, and what the clerk's choices change."""

import os
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from briefing.load import Briefing
from briefing.ranking import flags, ranking
from briefing.villages import Villages
from notices.choices import Choices, Demand, choices_of
from notices.content import Paper, Paragraph, Style, Table, paper_of, text_of
from notices.figures import LONGEST_KEY, Figures
from notices.notice import draft
from notices.sentences import SENTENCES, SHARED, faults
from tests.notices.papers import Notice, changed, lines, told, under

GOLDEN = Path(__file__).parent / "golden" / "notice.txt"
TELEPHONE = "13812345678"
SECRETS = ("522401199003071234", TELEPHONE, "户内一人患有尿毒症")
# Whom the draft quotes in full: reason, measure, day, what it waits on.
QUOTED = ("990521100", "ZF01")


def units_in(paragraphs: list[Paragraph]) -> list[str]:
    """The units that stand first in each paragraph."""
    firsts = [[run.key for run in each.runs if run.key] for each in paragraphs]
    return [keys[0].split("|")[1] for keys in firsts if keys and keys[0].endswith("|name")]


# The whole text.


def test_the_text_of_the_demo_county(notice: Notice) -> None:
    """Look at the changed file before keeping it: XUSHI_WRITE_GOLDEN=1 writes it anew."""
    text = told(notice.paper)
    if os.environ.get("XUSHI_WRITE_GOLDEN"):
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")


def test_nothing_is_left_out_or_made_up(notice: Notice) -> None:
    assert notice.drafted.notes == ()
    text = told(notice.paper)
    for sign in ("nan", "None", "NaT", "{", "}", "<NA>", "。。", "，。", "；。", "、。", "：："):
        assert sign not in text, sign
    assert "  " not in text.replace("　", "")


def test_it_is_kept_and_read_back(notice: Notice) -> None:
    assert paper_of(notice.paper.content()) == notice.paper
    assert choices_of(notice.choices.content()) == notice.choices


# What is bound.


def test_every_key_can_be_asked_for_again(notice: Notice, villages: Villages) -> None:
    figures = Figures(villages)
    bound = {run.key: run.text for run in notice.paper.bound()}
    assert len(bound) > 500
    assert [key for key in bound if len(key) > LONGEST_KEY] == [] and LONGEST_KEY == 64
    assert {key: figures.text(key) for key in bound} == bound


ALLOWED: dict[Style, str] = {
    "number": r"　　〔\d{4}〕　　号",
    "annexes": r"(附件：|　　　)\d+．\D+",
    "annex": r"附件\d+",
    "point": r"^\d+．|时限：\0?\d{4}年\d{1,2}月\d{1,2}日",
}


def test_no_figure_stands_outside_a_control(notice: Notice) -> None:
    paper = notice.bare(typed={**notice.choices.typed, "masthead": "云岭县人民政府办公室文件"}).paper
    for block in (*paper.blocks, *notice.paper.blocks):
        if isinstance(block, Paragraph):
            own = "\0".join(run.text for run in block.runs if not run.key)
            rest = re.sub(ALLOWED[block.style], "", own) if block.style in ALLOWED else own
            assert not re.search(r"\d", rest), (block.style, own)
        elif isinstance(block, Table):
            assert not re.search(r"\d", "".join(block.heads))
            own = text_of(tuple(run for row in block.rows for cell in row for run in cell if not run.key))
            assert not re.search(r"\d", own), own


# What the clerk chooses.


def test_neither_praise_nor_annexes_where_none_are_wanted(notice: Notice) -> None:
    with_it, without = notice.bare().paper, notice.bare(has_praise=False).paper
    assert under(with_it, "进展较好的单位") and not under(without, "进展较好的单位")
    headings = [text.split("、", 1)[1] for text in lines(with_it, "heading")]
    headings.remove("进展较好的单位")
    assert [text.split("、", 1)[1] for text in lines(without, "heading")] == headings
    assert [text.split("、", 1)[0] for text in lines(without, "heading")] == ["一", "二", "三", "四"]
    assert lines(without, "body") == lines(with_it, "body")
    assert not lines(without, "annexes") and not lines(without, "annex")


def test_no_criticism_changes_one_sentence_and_who_must_be_heard(notice: Notice) -> None:
    critical, neutral = notice.bare(), notice.bare(is_criticism=False)
    changed = [
        (one, other)
        for one, other in zip(told(critical.paper).split("\n"), told(neutral.paper).split("\n"), strict=True)
        if one != other
    ]
    assert len(changed) == 1
    assert "予以通报" in changed[0][0] and "予以通报" not in changed[0][1]
    assert critical.named == notice.figures.flagged != () and neutral.named == ()


def test_neutral_is_the_order_of_units(notice: Notice, october: Briefing) -> None:
    units = october.directory.units
    order = list(units[units["level"] == "township"].sort_values("sort")["code"])
    held = {flag.unit for flag in flags(october)}
    paper = notice.bare().paper
    assert units_in(under(paper, "部分单位进度滞后")) == [code for code in order if code in held]
    praised = units_in(under(paper, "进展较好的单位"))
    assert praised == sorted(praised, key=order.index) and not held & set(praised)
    standing = [row[0][0].key.split("|")[1] for row in _table(notice.paper, "乡镇目标进展情况表").rows]
    assert standing == order


def test_ranked_is_the_order_of_ranks(notice: Notice, october: Briefing) -> None:
    ranks = ranking(october).set_index("unit")["rank"].to_dict()
    paper = draft(notice.figures, replace(notice.choices, is_ranked=True)).paper
    best = [ranks[code] for code in units_in(under(paper, "进展较好的单位"))]
    assert best == sorted(best) and best[0] == 1
    worst = [ranks[code] for code in units_in(under(paper, "部分单位进度滞后"))]
    assert worst == sorted(worst, reverse=True) and set(worst) == {ranks[c] for c in notice.figures.flagged}
    table = _table(paper, "乡镇达序时率排名表")
    assert [text_of(row[1]) for row in table.rows[:3]] == ["1", "2", "3"]
    assert [text_of(row[1]) for row in table.rows[-2:]] == ["—", "—"], "who is not ranked stands last"


def test_who_is_listed_by_rank_is_not_said_to_be_in_the_order_of_units(notice: Notice) -> None:
    paper = notice.bare(is_ranked=True, is_criticism=False).paper
    assert "按行政区划顺序" not in told(paper)


def _table(paper: Paper, title: str) -> Table:
    place = next(
        place
        for place, block in enumerate(paper.blocks)
        if isinstance(block, Paragraph) and block.style == "caption" and block.text == title
    )
    return next(block for block in paper.blocks[place:] if isinstance(block, Table))


def test_what_is_typed_and_demanded(notice: Notice) -> None:
    typed = {
        **notice.choices.typed,
        "masthead": "云岭县文件",
        "copies": "县委办公室",
        "signature": "县政府办",
    }
    demands = (
        Demand("限期整改。", ("990521100",), (), date(2026, 12, 1)),
        Demand("举一反三", day=date(2026, 12, 31)),
    )
    paper = notice.bare(typed=typed, demands=demands).paper
    assert lines(paper, "masthead") == ["云岭县文件"] and lines(paper, "signature") == ["县政府办"]
    assert lines(paper, "copies") == ["抄送：县委办公室。"]
    assert [each.text for each in under(paper, "下一步工作要求")] == [
        "（一）限期整改（责任单位：白沙镇；时限：2026年12月1日）。",
        "（二）举一反三（责任单位：各乡镇（街道、农场）、县直有关部门；时限：2026年12月31日）。",
    ]
    assert under(notice.bare(demands=()).paper, "下一步工作要求") == []


def test_what_is_missing_is_named() -> None:
    full = dict.fromkeys(("addressees", "checked_when", "checked_by", "checked_how", "signature"), "某")
    day = date(2026, 12, 1)
    assert Choices(typed=full, demands=(Demand("某", day=day),)).missing() == []
    assert Choices(typed={**full, "signature": " "}).missing() == ["signature"]
    assert Choices(typed=full, demands=(Demand("", day=day), Demand("某"))).missing() == ["demand"]


# What no paper may hold.


def quoting(villages: Villages, part: str, said: dict[tuple[str, str], str]) -> Figures:
    """The figures of the county in which some units give other explanations."""
    held = villages.county.explanations
    texts = held[part]
    for (unit, code), text in said.items():
        is_it = (held["unit"] == unit) & (held["indicator"] == code)
        assert is_it.any()
        texts = texts.mask(is_it, text)
    return changed(villages, explanations=held.assign(**{part: texts}))


def test_a_reason_with_personal_data_is_not_quoted(villages: Villages, notice: Notice) -> None:
    quoted = [
        (unit, code)
        for kind, unit, code, part in (
            run.key.split("|") for run in notice.paper.bound() if run.key.startswith("said|")
        )
        if part == "text"
    ][: len(SECRETS)]
    secrets = dict(zip(quoted, SECRETS, strict=True))
    figures = quoting(
        villages, "text", {key: f"该户情况：{secret}，未动工" for key, secret in secrets.items()}
    )
    drafted = draft(figures, replace(notice.choices, annexes=()))
    assert not [secret for secret in SECRETS if secret in told(drafted.paper)]
    names = {
        key: [
            figures.text(f"{kind}|{code}|name") for kind, code in zip(("unit", "indicator"), key, strict=True)
        ]
        for key in quoted
    }
    assert drafted.notes == tuple(("not_quoted", " ".join(names[key])) for key in quoted)
    for key in quoted:
        unit, indicator = names[key]
        [said] = [p for p in under(drafted.paper, "部分单位进度滞后") if f"．{unit}。" in p.text]
        assert f"该单位对“{indicator}”的说明" not in said.text


@pytest.mark.parametrize("part", ["measure", "waits_on"])
def test_a_measure_with_personal_data_is_left_out_alone(
    villages: Villages, notice: Notice, part: str
) -> None:
    secret = f"联系{TELEPHONE}"
    drafted = draft(quoting(villages, part, {QUOTED: secret}), replace(notice.choices, annexes=()))
    name = notice.figures.text(f"indicator|{QUOTED[1]}|name")
    assert drafted.notes == (("not_quoted", f"白沙镇 {name}"),)
    was = notice.figures.text(f"said|{'|'.join(QUOTED)}|{part}")
    text, before = told(drafted.paper), told(notice.bare().paper)
    assert secret not in text and f"该单位对“{name}”的说明" in text
    assert before.count(was) == text.count(was) + 1


def test_a_title_with_personal_data_is_not_quoted(villages: Villages, notice: Notice) -> None:
    held = villages.county.issues
    # One that is an example in the text, and the next two of the table.
    numbers = ("ZG2026-005", "ZG2026-012", "ZG2026-028")
    titles = held["title"]
    for number, secret in zip(numbers, SECRETS, strict=True):
        titles = titles.mask(held["number"] == number, f"某户{secret}问题")
    figures = changed(villages, issues=held.assign(title=titles))
    drafted = draft(figures, replace(notice.choices, annexes=("items",)))
    text = told(drafted.paper)
    assert not [secret for secret in SECRETS if secret in text]
    assert set(drafted.notes) == {("not_quoted", number) for number in numbers}
    assert f"如龙泉镇龙井村{numbers[0]}号事项，应于2026年2月26日完成整改" in text
    rows = {text_of(row[0]): text_of(row[2]) for row in _table(drafted.paper, "逾期整改事项表").rows}
    assert {number for number, title in rows.items() if title == "—"} == set(numbers)


def test_a_title_of_the_annex_with_personal_data_is_named(villages: Villages, notice: Notice) -> None:
    held, number = villages.county.issues, "ZG2026-038"
    titles = held["title"].mask(held["number"] == number, f"某户{TELEPHONE}问题")
    figures = changed(villages, issues=held.assign(title=titles))
    drafted = draft(figures, replace(notice.choices, annexes=("items",)))
    assert TELEPHONE not in told(drafted.paper)
    assert drafted.notes == (("not_quoted", number),)


def test_a_county_in_which_nobody_lags(villages: Villages, notice: Notice) -> None:
    """Without lagging units, overdue items and silent townships the notice still reads well."""
    county = villages.county
    states = county.cells["state"].where(
        ~county.cells["state"].isin(("behind", "far_behind", "unfinished", "unreported")), "on_plan"
    )
    reports = county.reporting.assign(reported=county.reporting["owed"])
    figures = changed(
        villages, cells=county.cells.assign(state=states), issues=county.issues[:0], reporting=reports
    )
    drafted = draft(figures, replace(notice.choices, demands=()))
    text = told(drafted.paper)
    assert "没有单位列为滞后单位" in text and drafted.named == ()
    assert "整改逾期" not in text and "未按要求报送" not in text and "滞后目标明细表" not in text


def test_a_unit_that_lags_and_has_no_rank(villages: Villages, notice: Notice) -> None:
    """Nothing of it is judged yet, and an item is long overdue."""
    county, unit = villages.county, "990521200"
    states = county.cells["state"].mask(county.cells["unit"] == unit, "not_due")
    figures = changed(villages, cells=county.cells.assign(state=states))
    assert unit in figures.flagged and pd.isna(figures.ranks[unit].rank)
    paper = draft(figures, replace(notice.choices, is_ranked=True)).paper
    assert unit in units_in(under(paper, "部分单位进度滞后"))


def test_what_is_owed_once_a_period_is_told_by_what_is_due_by_now(villages: Villages, notice: Notice) -> None:
    """129 of 192 are no 99.2 %: the share of a duty is of what is due, and the sentence says how much that is."""
    directory = villages.county.directory
    is_key = directory.indicators["is_key"] | (directory.indicators["code"] == "ZC02")
    keyed = replace(directory, indicators=directory.indicators.assign(is_key=is_key))
    paper = draft(changed(villages, directory=keyed), notice.choices).paper
    [told_of] = [p.text for p in under(paper, "主要指标进展情况") if "专题研究" in p.text]
    assert (
        "全年目标192次，至今应完成130次，已完成129次（已报单位），实际完成至少155次，完成率99.2%" in told_of
    )
    assert "滞后的有南屏街道" in told_of
    assert "按频次考核，完成率为已完成次数占至今应完成次数的比例" in told(paper)


# The county's own wording.


def test_the_county_s_own_sentence_is_used(notice: Notice) -> None:
    own = {"overall_reports": "截至{截至}，{县}报送率为{报送率}。", "subtitle": ""}
    assert all(faults(key, text) == [] for key, text in own.items())
    drafted = draft(notice.figures, replace(notice.choices, annexes=()), own)
    rate = notice.figures.text("reports|rate")
    [paragraph] = [p for p in under(drafted.paper, "总体情况") if "报送率" in p.text]
    assert paragraph.text.startswith(f"截至2026年10月31日，云岭县报送率为{rate}。")
    assert [run.key for run in paragraph.runs[:6] if run.key] == [
        "frame|as_of",
        "frame|county",
        "reports|rate",
    ]
    assert lines(drafted.paper, "subtitle") == [] and drafted.notes == ()


def test_a_sentence_whose_figure_is_missing_is_left_out_and_noted(notice: Notice) -> None:
    """What is needed by the month is known of targets with a plan alone."""
    own = {"indicator_part": "目标{全年目标}，还须每月{后续月均}。"}
    assert faults("indicator_part", own["indicator_part"]) == []
    drafted = draft(notice.figures, replace(notice.choices, annexes=()), own)
    assert "还须每月" not in told(drafted.paper)
    noted = [about for kind, about in drafted.notes if kind == "left_out"]
    assert len(noted) == len(drafted.notes) > 0
    assert all(SENTENCES["indicator_part"].purpose[0] in about and "need" in about for about in noted)


@pytest.mark.parametrize(
    ("key", "text", "code"),
    [
        ("title", "", "empty"),
        ("quote_day", "", ""),
        ("title", "关于{完成率}的通报", "unknown_gap"),
        ("title", "关于{年度", "broken_braces"),
        ("title", "关于{年度!r}", "broken_braces"),
        ("title", "关于{年度:>9}", "broken_braces"),
        ("title", "关于{}", "broken_braces"),
        ("title", "关" * 501, "too_long"),
    ],
)
def test_a_wording_that_would_fail_is_refused(key: str, text: str, code: str) -> None:
    assert [fault.code for fault in faults(key, text)] == ([code] if code else [])


def test_what_ships_may_be_kept() -> None:
    assert {key: faults(key, each.text) for key, each in SENTENCES.items() if faults(key, each.text)} == {}


@pytest.mark.parametrize("key", [key for key, sentence in SENTENCES.items() if sentence.gaps])
def test_every_gap_that_a_sentence_may_use_can_be_filled(notice: Notice, key: str) -> None:
    own = {key: "".join(f"{{{gap}}}" for gap in (*SENTENCES[key].gaps, *SHARED))}
    assert faults(key, own[key]) == []
    draft(notice.figures, replace(notice.choices, annexes=()), own)
