"""Tables: figures to the right, never an empty cell."""

from ui.tables import Column, GroupRow, Row, table

COLUMNS = [Column("单位"), Column("实际(户)", is_figure=True)]


def test_an_empty_cell_shows_a_dash() -> None:
    drawn = table(COLUMNS, [Row(("石门乡", ""))])
    assert '<td class="num">—</td>' in drawn


def test_figures_and_their_heads_stand_to_the_right() -> None:
    drawn = table(COLUMNS, [Row(("石门乡", "12"))])
    assert '<th scope="col" class="num">实际(户)</th>' in drawn
    assert '<th scope="row">石门乡</th>' in drawn


def test_a_group_spans_the_table() -> None:
    assert '<td colspan="2">住房</td>' in table(COLUMNS, [GroupRow("住房")])
