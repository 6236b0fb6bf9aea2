"""A slip stands alone: its day and its notice, what was not reported, from where its shares count."""

import re
from typing import Any

import pytest

from briefing.villages import Villages
from metrics.vocabulary import Kind, State
from notices.choices import Choices, shipped_choices
from notices.content import Paper, Paragraph, Table, text_of
from notices.figures import Figures
from notices.slips import Cited, slips
from tests.notices.papers import changed, notice_of

TITLE = "关于2026年度目标任务进展情况的通报"


@pytest.fixture(scope="module")
def figures(villages: Villages) -> Figures:
    return notice_of(villages).figures


@pytest.fixture(scope="module")
def choices(figures: Figures) -> Choices:
    return shipped_choices(figures)


@pytest.fixture(scope="module")
def made(figures: Figures, choices: Choices) -> dict[str, Paper]:
    return {paper.name.partition("_")[2]: paper for paper in slips(figures, choices, Cited(TITLE, ""))}


def _first(paper: Paper) -> str:
    return next(b.text for b in paper.blocks if isinstance(b, Paragraph) and b.style == "slip")


def _lines(paper: Paper) -> list[str]:
    return [block.text for block in paper.blocks if isinstance(block, Paragraph)]


def _unreported(figures: Figures, unit: str) -> list[str]:
    return [
        figures.text(f"indicator|{code}|name")
        for (of, code), cell in figures.cells.items()
        if of == unit and cell.state == State.UNREPORTED
    ]


def _listed(paper: Paper, line: str) -> list[tuple[str, str]]:
    """What stands in the table under a line, two targets with their departments a row."""
    [place] = (
        at for at, block in enumerate(paper.blocks) if isinstance(block, Paragraph) and block.text == line
    )
    table = paper.blocks[place + 1]
    assert isinstance(table, Table) and table.heads == ("指标", "牵头部门") * 2
    rows = [tuple(map(text_of, row)) for row in table.rows]
    held = [(row[at], row[at + 1]) for at in (0, 2) for row in rows]
    return [pair for pair in held if pair != ("—", "—")]


def _lead(figures: Figures, name: str) -> str:
    indicators, departments = figures.county.indicators, figures.county.directory.departments
    lead = indicators.loc[indicators["name"] == name, "lead"].item()
    return str(departments.loc[departments["code"] == lead, "short_name"].item())


def test_every_slip_begins_with_its_notice_and_its_day(figures: Figures, made: dict[str, Paper]) -> None:
    day = figures.text("frame|as_of")
    assert made
    for paper in made.values():
        assert _first(paper).startswith(f"根据《{TITLE}》，截至{day}，你单位")
        # The day is said once; what follows is of the same.
        assert sum(day in line for line in _lines(paper) if not line.startswith("注：")) == 1


def test_a_notice_that_is_issued_is_named_by_its_number(figures: Figures, choices: Choices) -> None:
    first = next(slips(figures, choices, Cited(TITLE, "云政办通报〔2026〕3号")))
    assert _first(first).startswith(f"根据《{TITLE}》（云政办通报〔2026〕3号），截至")
    bare = next(slips(figures, choices))
    assert _first(bare).startswith("截至")


def test_a_correction_is_cited_with_inner_marks(figures: Figures, choices: Choices) -> None:
    cited = Cited(f"关于更正《{TITLE}》有关数据的通报", "云政办通报〔2026〕5号")
    first = _first(next(slips(figures, choices, cited)))
    assert first.startswith(f"根据《关于更正〈{TITLE}〉有关数据的通报》（云政办通报〔2026〕5号），截至")


def test_what_was_not_reported_is_named(figures: Figures, made: dict[str, Paper]) -> None:
    seen = 0
    for unit in figures.townships:
        names = _unreported(figures, unit)
        if not names:
            continue
        paper = made[figures.text(f"unit|{unit}|name")]
        [line] = [line for line in _lines(paper) if "本期未报的目标" in line]
        assert f"未报的目标有{len(names)}项（见下表），" in line
        assert _listed(paper, line) == [(name, _lead(figures, name)) for name in names]
        assert figures.text(f"unit|{unit}|unreported") == str(len(names))
        # 一并 needs something that it goes along with.
        assert ("一并补报" in line) == (line != _first(paper))
        seen += 1
    assert seen > 1


def test_few_unreported_targets_are_all_named(
    figures: Figures, choices: Choices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notices.slips.MOST_NAMED", 100)
    told = {
        paper.name.partition("_")[2]: line
        for paper in slips(figures, choices)
        for line in _lines(paper)
        if "本期未报" in line
    }
    units = {figures.text(f"unit|{unit}|name"): _unreported(figures, unit) for unit in figures.townships}
    assert len(told) > 1
    for name, line in told.items():
        assert f"有{len(units[name])}项：{'、'.join(units[name])}，请" in line


def test_shares_counted_from_the_start_of_the_year_say_so(figures: Figures, made: dict[str, Paper]) -> None:
    seen = 0
    for unit in figures.townships:
        rows = figures.behind(unit)
        if not rows:
            continue
        paper = made[figures.text(f"unit|{unit}|name")]
        place = next(at for at, block in enumerate(paper.blocks) if isinstance(block, Table))
        note = paper.blocks[place + 1]
        assert isinstance(note, Paragraph) and note.text.startswith("注：")
        levels = [row.indicator for row in rows if row.kind == Kind.LEVEL]
        assert ("完成率按年初基数起算" in note.text) == bool(levels)
        for code in levels:
            assert f"{figures.text(f'indicator|{code}|name')}（年初" in note.text
        seen += bool(levels)
    assert seen


def _behind(figures: Figures, made: dict[str, Paper]) -> list[tuple[list[Any], Table, str]]:
    """Of each unit that is behind: its cells, their table, and what is noted under it."""
    found = []
    for unit in figures.townships:
        if rows := figures.behind(unit):
            blocks = made[figures.text(f"unit|{unit}|name")].blocks
            place = next(at for at, block in enumerate(blocks) if isinstance(block, Table))
            table, note = blocks[place : place + 2]
            assert isinstance(table, Table) and isinstance(note, Paragraph)
            found.append((rows, table, note.text if note.style == "note" else ""))
    return found


def test_the_note_speaks_of_what_the_table_has(figures: Figures, made: dict[str, Paper]) -> None:
    held = _behind(figures, made)
    partly = []
    for rows, table, note in held:
        columns = list(zip(*(map(text_of, row) for row in table.rows), strict=True))
        actual, gaps = (columns[table.heads.index(head)] for head in ("实际完成", "较序时（百分点）"))
        assert ("“至少”数" in note) == any("至少" in each for each in actual)
        assert ("较序时按精确值计算" in note) == any(each != "—" for each in gaps)
        # The table has one share alone, and does not say what is missing.
        assert "两率" not in note and "尚差" not in note
        assert note.count("注：") == 1 and "注：。" not in note
        partly.append("“至少”数" in note)
        # −8.8 points may be far behind, where −20.2 is behind.
        by_days = [row.why in ("far_by_days", "behind_by_days") for row in rows]
        assert ("按节点分步推进的，按滞后天数评判" in note) == any(by_days)
    assert len(set(partly)) == 2


def test_a_table_of_limits_alone_has_no_note_on_shares(villages: Villages, choices: Choices) -> None:
    """Of what is to be kept there is neither a share nor a gap."""
    county = villages.county
    is_kept = county.cells["gap"].isna() & ~county.cells["at_least"].fillna(False).astype(bool)
    cells = county.cells.assign(state=county.cells["state"].where(is_kept, "on_plan"))
    bare = changed(villages, cells=cells)
    of_limits = [paper for paper in slips(bare, choices) if "应评判目标" in _first(paper)]
    assert of_limits
    for paper in of_limits:
        assert not [line for line in _lines(paper) if "四舍五入" in line or "至少" in line or line == "注："]


def test_a_base_is_told_in_its_measure(figures: Figures, choices: Choices) -> None:
    """92.41 % is kept as 9241 hundredths."""
    told = "".join(text for paper in slips(figures, choices) for text in _lines(paper))
    found = re.findall(r"（年初([\d.,]+)%）", told)
    assert found and all(0 < float(each) <= 100 for each in found)


def test_what_is_signed_and_received_goes_together(made: dict[str, Paper], choices: Choices) -> None:
    for paper in made.values():
        styles = [block.style for block in paper.blocks if isinstance(block, Paragraph)]
        assert styles[-3:] == ["slip_end", "slip_end", "receipt"]
        assert choices.typed["signature"] in _lines(paper)


def test_an_overdue_item_alone_is_of_the_day(figures: Figures, choices: Choices) -> None:
    """A unit that is neither behind nor silent."""
    lines = [_first(paper) for paper in slips(figures, choices) if "应评判目标" not in _first(paper)]
    overdue = [line for line in lines if line.endswith("逾期未销号的整改事项如下：")]
    assert overdue and all(line.startswith("截至") for line in overdue)


def test_an_overdue_item_says_where_it_stands(figures: Figures, made: dict[str, Paper]) -> None:
    """One that awaits verification is overdue and not idle."""
    said = {}
    for paper in made.values():
        for table in paper.blocks:
            if isinstance(table, Table) and table.heads[0] == "编号":
                assert table.heads[3] == "状态"
                said |= {text_of(row[0]): row[3] for row in table.rows}
    assert said and {number: text_of(runs) for number, runs in said.items()} == {
        number: figures.text(f"issue|{number}|state") for number in said
    }
    assert {runs[0].key for runs in said.values()} == {f"issue|{number}|state" for number in said}
    assert "待核验" in map(text_of, said.values())


def test_every_table_has_a_cell_for_each_head(made: dict[str, Paper]) -> None:
    for paper in made.values():
        for block in paper.blocks:
            if isinstance(block, Table):
                assert len(block.heads) == len(block.widths) == len(block.numeric)
                assert all(len(row) == len(block.heads) and all(map(text_of, row)) for row in block.rows)
