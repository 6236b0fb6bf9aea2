"""A paper on the screen as it will be read, each figure leading to where it comes from."""

import re
from collections.abc import Callable

from notices.content import Chart, Paper, Paragraph, Run, Runs, Table, text_of
from ui.html import Markup, element, join, void

# The tag of a style on the screen; everything else is a paragraph.
TAGS = {"title": "h3", "heading": "h4", "topic": "h5", "caption": "h4"}
Lead = Callable[[str], str]
# What a number is written with; whoever has more beside it than a mark and a unit is read as words.
OF_NUMBERS, MOST_BESIDE = re.compile(r"[\d.,%+\u2212\s-]"), 5


def shown(paper: Paper, lead: Lead) -> Markup:
    """The paper; `lead` gives the address of what is behind a key, empty where there is no page for it."""
    return element("article", join(_block(block, lead) for block in paper.blocks), class_="paper")


def _block(block: Paragraph | Table | Chart, lead: Lead) -> Markup:
    if isinstance(block, Paragraph):
        return element(TAGS.get(block.style, "p"), _runs(block.runs, lead), class_=f"p-{block.style}")
    if isinstance(block, Chart):
        return element("p", block.title, class_="quiet")
    return _table(block, lead)


def _table(block: Table, lead: Lead) -> Markup:
    """A table as wide as the paper, its columns shared out as in the Word file."""
    whole = sum(block.widths)
    shares = (void("col", style=f"width:{share / whole:.2%}") for share in block.widths)
    head = element(
        "tr",
        *(
            element("th", title, scope="col", class_="num" if is_figure else None)
            for title, is_figure in zip(block.heads, block.numeric, strict=True)
        ),
    )
    body = join(
        element(
            "tr",
            *(
                element("td", _runs(cell, lead), class_="num" if is_figure and _is_short(cell) else None)
                for cell, is_figure in zip(row, block.numeric, strict=True)
            ),
        )
        for row in block.rows
    )
    return element("table", element("colgroup", join(shares)), element("thead", head), element("tbody", body))


def _is_short(cell: Runs) -> bool:
    """Whether a cell of a column of numbers holds one, and not names or a sentence: those wrap."""
    return len(OF_NUMBERS.sub("", text_of(cell))) <= MOST_BESIDE


def _runs(runs: Runs, lead: Lead) -> Markup:
    return join(_run(run, lead) for run in runs)


def _run(run: Run, lead: Lead) -> Markup | str:
    if not run.key:
        return run.text
    href = lead(run.key)
    if not href:
        return element("span", run.text, class_="bound", title=run.key)
    return element("a", run.text, class_="bound", href=href, title=run.key)
