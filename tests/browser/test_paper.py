"""A notice on the screen: every column of its tables stands within the paper, and no number is parted."""

import pytest
from playwright.sync_api import Browser

from notices.content import Paper, Run, Table, plain
from ui.html import element
from ui.panels.paper import shown
from ui.theme import style

NAMES = "、".join(f"第{number}号乡镇" for number in range(60))
WIDTHS = (2.2, 1.2, 1.3, 1.3, 1.1)
CORRECTED = Table(
    ("单位、事项", "所在部分", "原文", "更正为", "变化"),
    WIDTHS,
    (False, False, True, True, True),
    (
        (plain("滞后单位名单"), plain("第四部分"), plain(NAMES), (Run(NAMES, "list|flagged"),), plain(NAMES)),
        (
            plain("云岭县 资金"),
            plain("附件1"),
            plain("至少1,202.50万元"),
            plain("−2,109.45万元"),
            plain("+0.5%"),
        ),
    ),
)
# Which pieces of the paper's numbers stand on more than one line.
PARTED = """paper => {
    const walker = document.createTreeWalker(paper, NodeFilter.SHOW_TEXT), found = [];
    while (walker.nextNode())
        for (const at of walker.currentNode.data.matchAll(/[−+]?\\d[\\d.,]*%?/g)) {
            const range = document.createRange();
            range.setStart(walker.currentNode, at.index);
            range.setEnd(walker.currentNode, at.index + at[0].length);
            if (range.getClientRects().length > 1) found.push(at[0]);
        }
    return found;
}"""


@pytest.mark.parametrize("width", [700, 1030])
def test_long_names_wrap_and_every_column_is_within_the_paper(browser: Browser, width: int) -> None:
    page = browser.new_page()
    paper = element("div", shown(Paper("更正", (CORRECTED,)), lambda key: ""), class_="xs")
    page.set_content(f"{style()}<div style='width: {width}px'>{paper}</div>")
    drawn = page.locator(".paper")
    assert drawn.evaluate("paper => paper.scrollWidth - paper.clientWidth") == 0
    heads = page.locator("thead th").evaluate_all("all => all.map(each => each.offsetWidth)")
    # Shared out as in the Word file, to a few points.
    shares = [head / sum(heads) for head in heads]
    assert shares == pytest.approx([each / sum(WIDTHS) for each in WIDTHS], abs=0.03)
    assert drawn.evaluate(PARTED) == []
    page.close()
