"""The other papers of a snapshot: slips of one unit each, a brief of one page, a PDF, pictures."""

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from briefing.villages import Villages
from metrics.vocabulary import LAGGING_STATES
from metrics.words import state_mark
from notices.brief import brief
from notices.choices import Choices, offices, shipped_choices
from notices.content import Chart, Paper, Paragraph, Run, Table, text_of
from notices.figures import Figures
from notices.lines import NEVER_FIRST, NEVER_LAST, broken
from notices.pdf import pdf
from notices.pictures import pictures, table_drawing
from notices.reading import read_lines
from notices.sentences import TemplateFault
from notices.slips import bundle, slips
from notices.wording import WordingRefused


@pytest.fixture(scope="module")
def figures(villages: Villages) -> Figures:
    return Figures(villages)


@pytest.fixture(scope="module")
def choices(figures: Figures) -> Choices:
    return shipped_choices(figures)


def test_when_it_was_checked_is_not_taken_from_the_notice_before(figures: Figures, choices: Choices) -> None:
    typed = {**choices.typed, "checked_when": "11月2日至3日", "signature": "督查室"}
    begun = shipped_choices(figures, replace(choices, typed=typed, is_ranked=True))
    assert begun.typed["checked_when"] == choices.typed["checked_when"] != "11月2日至3日"
    assert (begun.typed["signature"], begun.is_ranked) == ("督查室", True)


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        (("街道", "镇", "乡", "农场"), "乡镇人民政府、街道办事处、农场"),
        (("镇", "街道"), "镇人民政府、街道办事处"),
        (("民族乡", "乡", "林场"), "乡人民政府、林场"),
        (("街道", "经济开发区"), "街道办事处、经济开发区管委会"),
        (("镇", "民族乡", "农场", "林场", "农场"), "乡镇人民政府、农场、林场"),
    ],
)
def test_every_kind_of_unit_is_addressed(kinds: tuple[str, ...], said: str) -> None:
    assert offices(kinds) == said


def test_who_is_addressed_is_every_kind_of_unit_of_the_county(figures: Figures, choices: Choices) -> None:
    """A farm stands beside townships and subdistricts, and was not written to."""
    assert set(figures.township_kinds) == {"街道", "镇", "乡", "农场"}
    assert choices.typed["addressees"] == "各乡镇人民政府、街道办事处、农场，县直有关部门"


def told(paper: Paper) -> str:
    return "\n".join(text_of(runs) for runs in paper.texts())


def test_a_slip_holds_its_own_unit_s_facts_alone(figures: Figures, choices: Choices) -> None:
    made = list(slips(figures, choices))
    orders = [paper.name for paper in made if paper.name.startswith("督办单_")]
    names = {unit: figures.text(f"unit|{unit}|name") for unit in figures.townships}
    assert orders == [f"督办单_{names[unit]}" for unit in figures.flagged]
    for paper in made:
        [own] = [unit for unit, name in names.items() if paper.name.endswith(f"_{name}")]
        of_others = [run.key for run in paper.bound() if re.match(r"(unit|cell)\|", run.key)]
        assert of_others and all(key.split("|")[1].startswith(own) for key in of_others)
        assert not [name for unit, name in names.items() if unit != own and name in told(paper)]
        assert "请" in told(paper) and "2026年12月7日前" in told(paper)


def test_a_slip_lists_every_target_that_lags(figures: Figures, choices: Choices) -> None:
    made = {paper.name: paper for paper in slips(figures, choices)}
    for unit in figures.flagged:
        paper = made[f"督办单_{figures.text(f'unit|{unit}|name')}"]
        table = next(block for block in paper.blocks if isinstance(block, Table))
        assert len(table.rows) == int(figures.text(f"unit|{unit}|lagging"))


def test_the_bundle_is_the_same_whenever_it_is_made(figures: Figures, choices: Choices) -> None:
    content = bundle(figures, choices)
    assert content == bundle(figures, choices)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert len(archive.namelist()) == len(list(slips(figures, choices)))
        [first, *_] = archive.namelist()
        assert read_lines(archive.read(first))[0].text in ("督办单", "提醒函")


def test_the_brief_takes_one_page(figures: Figures, choices: Choices, tmp_path: Path) -> None:
    paper = brief(figures, choices)
    assert all(run.text == figures.text(run.key) for run in paper.bound())
    assert _pages(pdf(paper), tmp_path) == 1
    assert "滞后单位" in told(paper) and figures.text("frame|as_of") in told(paper)


def test_the_brief_speaks_in_words(figures: Figures, choices: Choices) -> None:
    said = told(brief(figures, choices))
    assert not [mark for mark in map(state_mark, LAGGING_STATES) if mark in said]
    for unit in figures.flagged:
        worst = figures.behind(unit)[0]
        name, state = (
            figures.text(key)
            for key in (f"indicator|{worst.indicator}|name", f"cell|{unit}|{worst.indicator}|state")
        )
        assert f"（{name}，{state}" in said
    assert "与表中两率相减可能差0.1" in said


def test_the_brief_says_what_is_judged_on_the_units_that_are_in(figures: Figures, choices: Choices) -> None:
    """至少24,099 of 27,117 stood beside 达标."""
    said = told(brief(figures, choices))
    root, name = figures.county.frame.county, "脱贫劳动力务工就业人数"
    [code] = figures.county.indicators.index[figures.county.indicators["name"] == name]
    cell = figures.cells[root, code]
    assert cell.units_in < cell.units_owed and cell.target_in < cell.target and cell.kept
    assert (
        "完成率、序时进度、较序时和状态按已报单位计，其中"
        f"{name}（已报单位{cell.units_in}/{cell.units_owed}）"
        f"目标{cell.target_in:,}人、完成{cell.actual_in:,}人。"
    ) in said
    # What the table shows already is not said again.
    assert said.count("已报单位") == 2


def test_a_brief_of_which_nothing_is_missing_says_nothing_of_it(
    figures: Figures, choices: Choices, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = {
        key: cell._replace(units_in=cell.units_owed) if key[0] == figures.county.frame.county else cell
        for key, cell in figures.cells.items()
    }
    monkeypatch.setitem(figures.__dict__, "cells", whole)
    assert "已报单位" not in told(brief(figures, choices))


def test_the_brief_says_how_many_units_it_does_not_name(
    figures: Figures, choices: Choices, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "个乡镇" not in told(brief(figures, choices)).rpartition("滞后单位")[2]
    monkeypatch.setattr("notices.brief.MOST_UNITS", 2)
    assert f"等{len(figures.flagged)}个乡镇" in told(brief(figures, choices))


def _pages(content: bytes, folder: Path) -> int:
    file = folder / "paper.pdf"
    file.write_bytes(content)
    # Every page ends in a form feed.
    return _read(file).count("\f")


def _read(file: Path) -> str:
    """What a PDF says."""
    if shutil.which("pdftotext") is None:
        pytest.skip("no poppler on this machine: install poppler-utils to read a PDF")
    command = ["pdftotext", "-layout", str(file), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_a_full_page_of_pdf_has_as_many_lines_as_the_standard_asks(tmp_path: Path) -> None:
    text = "全县各级各部门要认真对照年度目标任务逐项查漏补缺压实责任" * 44
    paper = Paper("满页", (Paragraph("addressees", (Run(text),)),))
    file = tmp_path / "full.pdf"
    file.write_bytes(pdf(paper))
    said = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True
    )
    first, *_ = said.stdout.split("\f")
    lines = [line.strip() for line in first.splitlines() if line.strip() and not line.strip().startswith("—")]
    assert [len(line) for line in lines] == [28] * len(lines)
    # The line above the addressees is kept free.
    assert len(lines) == 21


def test_a_pdf_says_what_the_paper_says(figures: Figures, choices: Choices, tmp_path: Path) -> None:
    paper = brief(figures, choices)
    file = tmp_path / "brief.pdf"
    file.write_bytes(pdf(paper))
    assert pdf(paper) == file.read_bytes(), "nothing of the clock is in it"
    said = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True
    )
    there = "".join(said.stdout.split())
    for block in paper.blocks:
        if isinstance(block, Paragraph) and block.style == "caption":
            assert "".join(block.text.split()) in there


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("完成率86.2%，低于", ["完成率", "86.2%，", "低于"]),
        ("白沙镇（乡）", ["白沙镇", "（乡）"]),
        ("2026年度目标", ["2026年度", "目标"]),
        ("云督〔2026〕", ["云督", "〔2026〕"]),
        ("见ZG2026-041", ["见", "ZG2026-0", "41"]),
        ("　　年度目标任务", ["　　年度", "目标任务"]),
        ("", [""]),
        ("ABCDEFGHIJ", ["ABCDEFGH", "IJ"]),
    ],
)
def test_no_figure_is_broken_and_no_mark_begins_a_line(text: str, lines: list[str]) -> None:
    made = broken(text, 8, 8, lambda piece: sum(1 if ord(each) < 128 else 2 for each in piece))
    assert made == lines
    assert all(line[0] not in NEVER_FIRST and line[-1] not in NEVER_LAST for line in made if line)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("截至今日为2026年10月31日前", ["截至今日为", "2026年10月31日前"]),
        ("依据云督办〔2026〕9号", ["依据云督办", "〔2026〕9号"]),
        ("事项编号为ZG2026-041", ["事项编号为", "ZG2026-041"]),
    ],
)
def test_a_day_and_a_number_stand_on_one_line(text: str, lines: list[str]) -> None:
    made = broken(text, 16, 16, lambda piece: sum(1 if ord(each) < 128 else 2 for each in piece))
    assert made == lines


def test_pictures_of_charts_and_tables(figures: Figures) -> None:
    cells = ((Run("白沙镇", "unit|990521100|name"),), (Run("6", "unit|990521100|lagging"),))
    table = Table(("单位", "滞后项数"), (1.0, 1.0), (False, True), (cells,))
    paper = Paper("通报", (Paragraph("caption", (Run("情况表"),)), table))
    with zipfile.ZipFile(io.BytesIO(pictures(paper, figures))) as archive:
        assert archive.namelist() == ["01_情况表.png"]
        picture = Image.open(io.BytesIO(archive.read("01_情况表.png")))
    assert picture.width > 1500 and len(picture.convert("L").getcolors(256) or []) > 2
    assert _words(table_drawing(table, "情况表", ["注"])) == [["单位"], ["滞后项数"], ["白沙镇"], ["6"], "注"]


def _words(spec: dict[str, Any]) -> list[Any]:
    values = [value for layer in spec["layer"] for value in layer["data"]["values"]]
    return [value["text"] for value in values if "text" in value]


def test_a_picture_says_whose_it_is_and_by_which_rule(
    figures: Figures, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[dict[str, Any]] = []
    monkeypatch.setattr("notices.pictures.png", lambda spec: drawn.append(dict(spec)) or b"")
    table = Table(("单位",), (1.0,), (False,), (((Run("白沙镇"),),),))
    note = Paragraph("note", (Run("注：数字为百分点；● 达序时。"),))
    chart = Chart("rates", "各乡镇达序时率", (("白沙镇", 0.5),))
    pictures(Paper("通报", (Paragraph("caption", (Run("情况表"),)), table, note, chart)), figures)
    of_table, of_chart = drawn
    county, day, rule = (figures.text(key) for key in ("frame|county", "frame|as_of", "rule|number"))
    assert of_table["title"]["text"] == f"{county} · 截至{day} · 情况表"
    assert _words(of_table)[-2:] == [note.text, f"评判规则：{rule}"]
    made, below = of_chart["vconcat"]
    assert made["title"]["text"] == f"{county} · 截至{day} · 各乡镇达序时率"
    assert _words(below) == [f"评判规则：{rule}"]


def test_all_notes_of_a_table_stand_under_its_picture(
    figures: Figures, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[dict[str, Any]] = []
    monkeypatch.setattr("notices.pictures.png", lambda spec: drawn.append(dict(spec)) or b"")
    table = Table(("单位",), (1.0,), (False,), (((Run("白沙镇"),),),))
    notes = [Paragraph("note", (Run(text),)) for text in ("注：达序时率。", "竹坪乡不参与排名。", "待审的。")]
    after = (Paragraph("annex", (Run("附件3"),)), Paragraph("note", (Run("注：另一张表的。"),)))
    pictures(Paper("通报", (Paragraph("caption", (Run("表"),)), table, *notes, *after)), figures)
    assert _words(drawn[0])[-4:-1] == [note.text for note in notes]


def test_a_wording_is_refused_in_the_language_of_the_reader() -> None:
    refused = WordingRefused([TemplateFault("unknown_gap", "日期"), TemplateFault("broken_braces")], "截至")
    assert (
        refused.sentence("zh") == "这句话没有保存：不能用“日期”这一项；花括号不成对，或括号里不是项目名称。"
    )
    assert refused.sentence("en").endswith("日期 cannot be used here; braces do not match, or hold no name.")
    assert "截至" in refused.remedy("zh") and "截至" in refused.remedy("en")
