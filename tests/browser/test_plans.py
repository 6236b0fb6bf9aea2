"""The office changes the year: a curve is redrawn in the page, a target is raised, and the figures follow."""

from contextlib import suppress

from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.browser.conftest import Tab

FRAME = "y=2026&asof=2026-10-31"
TOWN = "990521201"
TOILETS, HOUSES = "XC01", "ZF01"
TRIES = 5
ROW = 35


def _fact(tab: Tab, path: str, name: str) -> str:
    """One named fact in the box of a figure."""
    page = tab.open(path)
    label = page.locator(".box dt", has_text=name).first
    return label.locator("xpath=following-sibling::dd[1]").inner_text()


def _write(page: Page, row: int, column: float, text: str) -> None:
    """Write into a cell of the table of points, which is drawn, not made of elements."""
    box = page.locator("[data-testid=stDataFrame] canvas").first.bounding_box()
    assert box is not None
    editor = page.locator("#portal :is(input, textarea)")
    for _ in range(TRIES):
        page.mouse.click(box["x"] + box["width"] * column, box["y"] + ROW * (row + 0.5))
        page.keyboard.press("Enter")
        # The editor of a cell is loaded when it is first opened; a press while the table is drawn anew is lost.
        with suppress(PlaywrightTimeout):
            editor.wait_for(timeout=10_000)
            break
    page.keyboard.press("Control+A")
    page.keyboard.type(text, delay=40)
    page.keyboard.press("Enter")
    editor.wait_for(state="detached")


def _day(page: Page, digits: str) -> None:
    page.locator("[data-testid=stDateInput] [role=spinbutton]").first.click()
    page.keyboard.type(digits, delay=40)
    # What is typed counts once the field is left.
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")


def _picture(page: Page) -> bytes:
    return page.locator("[data-testid=stVegaLiteChart]").screenshot()


def test_points_are_edited_the_picture_follows_and_the_figure_has_the_new_curve(desk: Tab) -> None:
    figure = f"/figure?{FRAME}&u={TOWN}&i={TOILETS}"
    before = _fact(desk, figure, "计划曲线")
    page = desk.open(f"/settings?{FRAME}&s=curves&i={TOILETS}")
    page.wait_for_selector("[data-testid=stVegaLiteChart] :is(canvas, svg)")
    desk.settle()
    drawn = _picture(page)
    _write(page, 3, 0.8, "4")
    page.locator(".xs p.fault", has_text="第 3 行的 4% 低于上一行").wait_for()
    desk.settle()
    assert page.locator(".xs h2", has_text="保存后的变化").count() == 0
    desk.settle()
    assert _picture(page) != drawn

    _write(page, 3, 0.8, "20")
    page.locator(".xs h2", has_text="保存后的变化").wait_for()
    assert page.locator(".xs p.fault").count() == 0
    page.get_by_label("曲线名称").fill("农闲集中")
    _day(page, "20261001")
    desk.settle()
    page.get_by_label("录入人").fill("农业农村局 周明")
    page.get_by_label("录入人").press("Enter")
    desk.settle()
    page.get_by_role("button", name="保存为新版本").click()
    page.locator(".xs p.fine", has_text="已保存：农闲集中，自 2026-10-01 起生效").wait_for()
    assert _fact(desk, figure, "计划曲线") == "农闲集中" != before
    assert _fact(desk, figure.replace("10-31", "09-30"), "计划曲线") == before


def test_a_target_is_raised_and_counts_from_its_day_on(desk: Tab) -> None:
    figure = f"/figure?{FRAME}&u={TOWN}&i={HOUSES}"
    before = _fact(desk, figure, "目标 T")
    page = desk.open(f"/settings?{FRAME}&s=targets&i={HOUSES}&u={TOWN}")
    page.get_by_label("新目标").fill("1200")
    page.get_by_label("新目标").press("Enter")
    _day(page, "20261001")
    page.locator(".xs h2", has_text="保存后的变化").wait_for()
    for label, text in (
        ("文号", "云办〔2026〕20号"),
        ("原因", "省里追加任务"),
        ("录入人", "农业农村局 陈春义"),
    ):
        page.get_by_label(label).fill(text)
        page.get_by_label(label).press("Enter")
        desk.settle()
    page.get_by_role("button", name="保存为新版本").click()
    page.locator(".xs p.fine", has_text="追加").wait_for()
    assert "1,200" in _fact(desk, figure, "目标 T")
    assert _fact(desk, figure, "文号") == "云办〔2026〕20号"
    assert _fact(desk, figure.replace("10-31", "09-30"), "目标 T") == before
