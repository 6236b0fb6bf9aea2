"""The workbook of a notice's annexes says what its Word file says, cell by cell, in numbers that can be added up."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from briefing.villages import Villages
from metrics.figures import percent
from metrics.words import state_word
from notices.annex_book import annex_book, figure, has_tables
from notices.charts import drawing
from notices.content import Chart, Paper, Paragraph, Runs, Table, plain, text_of
from notices.issued import blank_number, said_at_issue
from notices.picture import png
from tests.notices.papers import Notice
from tests.notices.printed import printed

EMU_PER_POINT = 12700


def _read(paper: Paper, villages: Villages) -> Workbook:
    return load_workbook(BytesIO(annex_book(paper, villages.county)))


@pytest.fixture(scope="module")
def book(notice: Notice, villages: Villages) -> Workbook:
    return _read(notice.paper, villages)


def _shown(sheet: Worksheet) -> list[list[str]]:
    """What a reader sees, row by row, without what is empty."""
    rows = ([printed(cell) for cell in row if cell.value is not None] for row in sheet.iter_rows())
    return [row for row in rows if row]


def _of_annexes(paper: Paper) -> list[list[Any]]:
    """The blocks of each annex of a paper."""
    held: list[list[Any]] = []
    for block in paper.blocks:
        if isinstance(block, Paragraph) and block.style == "annex":
            held.append([])
        if held:
            held[-1].append(block)
    return held


def test_a_sheet_for_each_annex_under_its_number_and_title(book: Workbook, notice: Notice) -> None:
    titles = [f"{head.text} {caption.text}" for head, caption, *_ in _of_annexes(notice.paper)]
    assert len(titles) == 5 and book.sheetnames == titles
    assert [sheet["A1"].value for sheet in book] == titles
    # A notice that ranks nobody ships no ranking.
    assert not any("位次" in row for sheet in book for row in _shown(sheet))


def test_every_cell_is_printed_as_in_the_word_file(book: Workbook, notice: Notice) -> None:
    compared = 0
    for sheet, blocks in zip(book, _of_annexes(notice.paper), strict=True):
        for table in (block for block in blocks if isinstance(block, Table)):
            rows = _shown(sheet)
            start = rows.index(list(table.heads))
            texts = [[text_of(runs) for runs in row] for row in table.rows]
            assert rows[start + 1 : start + 1 + len(texts)] == texts
            compared += len(texts)
        said = [row[0] for row in _shown(sheet)]
        assert all(
            block.text in said for block in blocks if isinstance(block, Paragraph) and block.style == "note"
        )
    assert compared > 80


def test_whatever_says_one_figure_is_a_number(book: Workbook, notice: Notice) -> None:
    tables = [block for block in notice.paper.blocks if isinstance(block, Table)]
    texts = {
        text_of(runs)
        for table in tables
        for row in table.rows
        for runs, is_figure in zip(row, table.numeric, strict=True)
        if is_figure
    }
    words = {text for text in texts if figure(text) is None}
    # What is left are words, and targets that name more than one figure.
    assert not any(sum(map(str.isdigit, text)) for text in words if len(text) < 7), words
    numbers = sum(isinstance(cell.value, int | float) for sheet in book for row in sheet for cell in row)
    assert numbers > 400


def test_the_charts_are_tables_of_what_is_printed_on_them(book: Workbook, notice: Notice) -> None:
    charts = {block.kind: block for block in notice.paper.blocks if isinstance(block, Chart)}
    rows = _shown(book[book.sheetnames[-1]])
    begins = {kind: rows.index([chart.title]) + 1 for kind, chart in charts.items()}
    heads, *counted = rows[begins["states"] : begins["rates"] - 1]
    assert heads[0] == "单位"
    held = {(row[0], head): text for row in counted for head, text in zip(heads[1:], row[1:], strict=True)}
    expected = {(name, state_word(state, "zh")): str(count) for name, state, count in charts["states"].rows}
    assert {place: text for place, text in held.items() if text != "0"} == expected
    heads, *rates = rows[begins["rates"] : begins["plans"] - 1]
    drawn = drawing(charts["rates"])["data"]["values"]
    assert (heads, rates) == (["单位", "达序时率"], [[row["name"], row["said"]] for row in drawn])
    heads, *plans = rows[begins["plans"] :]
    assert heads == ["指标", "完成率", "序时进度"]
    assert plans == [[name, percent(done), percent(planned)] for name, done, planned in charts["plans"].rows]


def test_each_sheet_names_county_notice_day_and_is_printed_on_a4(book: Workbook, notice: Notice) -> None:
    county = notice.figures.county
    for sheet, blocks in zip(book, _of_annexes(notice.paper), strict=True):
        line = str(sheet["A2"].value)
        assert line.startswith(f"{county.title} · {notice.paper.name} · 截至2026年10月31日 · ")
        is_wide = any(isinstance(block, Table) and block.is_wide for block in blocks)
        assert sheet.page_setup.orientation == ("landscape" if is_wide else "portrait")
        assert str(sheet.page_setup.paperSize) == sheet.PAPERSIZE_A4
        tables = sum(isinstance(block, Table | Chart) for block in blocks)
        if tables == 1:
            assert sheet.print_title_rows == "$3:$3"
        else:
            # Heads of other columns over a table would be wrong: each begins a page.
            assert not sheet.print_title_rows and len(sheet.row_breaks.brk) == tables - 1
        # Fitted in its width; in its height the breaks would count for nothing.
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)


def test_each_chart_stands_over_its_table_as_it_stands_in_word(book: Workbook, notice: Notice) -> None:
    charts = [block for block in notice.paper.blocks if isinstance(block, Chart)]
    assert [len(sheet._images) for sheet in book] == [0, 0, 0, 0, len(charts)]
    sheet = book[book.sheetnames[-1]]
    assert [each.ref.getvalue() for each in sheet._images] == [png(drawing(chart)) for chart in charts]
    headings = [_row_of(sheet, chart.title) for chart in charts]
    breaks = [each.id for each in sheet.row_breaks.brk]
    width = sum(sheet.column_dimensions[letter].width for letter in sheet.column_dimensions)
    for picture, heading, begins in zip(sheet._images, headings, [0, *breaks], strict=True):
        first = picture.anchor._from.row + 1
        rows = [sheet.row_dimensions[row].height for row in range(first, heading)]
        # The rows under a picture are its own, one more than it takes, and it stands on the page of its table.
        assert begins < first and sum(rows[:-1]) >= picture.anchor.ext.height / EMU_PER_POINT
        assert all(cell.value is None for row in range(first, heading) for cell in sheet[row])
        assert picture.anchor.ext.width / EMU_PER_POINT <= width * 7 * 0.75


def _row_of(sheet: Worksheet, text: str) -> int:
    [row] = (row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == text)
    return row


NEGATIVE = {"−44.2": (-44.2, '"+"0.0;"−"0.0;0.0'), "■ −4.0": (-4.0, '"■ +"0.0;"■ −"0.0;"■ "0.0')}


@pytest.mark.parametrize(
    ("text", "value", "form"),
    [
        ("74.0%", 0.74, "0.0%"),
        ("99.96%", 0.9996, "0.00%"),
        ("1,234.5%", 12.345, "#,##0.0%"),
        ("27,117人", 27117, '#,##0"人"'),
        ("至少24,099人", 24099, '"至少"#,##0"人"'),
        ("71天", 71, '#,##0"天"'),
        ("2,109.45万元", 2109.45, '#,##0.00"万元"'),
        ("2026", 2026, "0"),
        ("0", 0, "#,##0"),
        ("+6.5", 6.5, '"+"0.0;"−"0.0;0.0'),
        ("✓ 0.0", 0.0, '"✓ "#,##0.0'),
        *((text, *held) for text, held in NEGATIVE.items()),
    ],
)
def test_a_figure_is_a_number_in_the_format_that_prints_its_text(text: str, value: float, form: str) -> None:
    found = figure(text)
    assert found is not None and (found.value, found.number_format) == (value, form)
    cell = Workbook().create_sheet().cell(1, 1, found.value)
    cell.number_format = found.number_format
    assert printed(cell) == text


@pytest.mark.parametrize(
    "text",
    [
        "—",
        "",
        "达标",
        "007",
        "12,34",
        "−0.0",
        "3/5",
        "1-5",
        "-5",
        "第1季度3个",
        "2026年2月26日",
        ".5",
        "５户",
        "(5)",
        '"5"',
        "1234567890123456",
        f"{'长' * 300}5",
    ],
)
def test_what_is_not_exactly_one_figure_stays_text(text: str) -> None:
    assert figure(text) is None


def _paper(*rows: tuple[Runs, ...], title: str = "表") -> Paper:
    table = Table(("单位", "数"), (1.0, 1.0), (False, True), rows)
    blocks = (Paragraph("annex", plain("附件1")), Paragraph("caption", plain(title)), table)
    return Paper("通报", blocks)


def test_text_of_people_never_becomes_a_formula(villages: Villages) -> None:
    book = _read(_paper((plain("=1+1"), plain("@SUM(1)")), (plain("镇"), plain("+cmd"))), villages)
    cells = [cell for row in book.worksheets[0].iter_rows(min_row=4) for cell in row if cell.value]
    assert [cell.data_type for cell in cells if cell.value != "镇"] == ["s", "s", "s"]
    assert all(cell.quotePrefix for cell in cells if cell.value != "镇")


def test_the_name_of_a_sheet_is_one_that_programs_open(villages: Villages) -> None:
    [name] = _read(_paper((plain("镇"), plain("5")), title=f"甲/乙[丙]：*?{'长' * 40}'"), villages).sheetnames
    assert name == f"附件1 甲乙丙：{'长' * 23}"
    assert len(name) == 31


def test_a_number_always_fits_its_column(villages: Villages) -> None:
    long = f"至少123,456,789,012{'公' * 40}里"
    sheet = _read(_paper((plain("镇"), plain(long))), villages).worksheets[0]
    assert sheet.column_dimensions["B"].width > len(long)


def test_an_issued_notice_has_its_number_on_every_sheet(villages: Villages) -> None:
    number = Paragraph("number", blank_number(villages.county.frame.year))
    blank = Paper("通报", (number, *_paper((plain("镇"), plain("5"))).blocks))
    issued = blank.filled(said_at_issue("云政办通报〔2026〕3号", villages.county.frame.as_of))
    lines = [str(_read(paper, villages).worksheets[0]["A2"].value) for paper in (blank, issued)]
    assert lines[1] == lines[0].replace("通报 · ", "通报 · 云政办通报〔2026〕3号 · ")


def test_a_correction_has_its_table_and_a_paper_without_any_is_refused(villages: Villages) -> None:
    table = Table(("处", "更正为"), (1.0, 1.0), (False, True), ((plain("甲"), plain("5户")),))
    paper = Paper("更正", (Paragraph("body", plain("说明")), table, Paragraph("day", plain("日"))))
    assert _shown(_read(paper, villages)["更正"])[2:] == [["处", "更正为"], ["甲", "5户"]]
    bare = Paper("更正", (Paragraph("body", plain("说明")),))
    assert has_tables(paper) and not has_tables(bare)
    with pytest.raises(ValueError, match="no table"):
        annex_book(bare, villages.county)
