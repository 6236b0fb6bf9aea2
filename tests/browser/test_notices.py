"""The clerk at six in the evening: a snapshot, a notice in Word, an edited file compared, another person checks."""

import io
import re
import zipfile
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Page

from tests.browser.conftest import Tab

BODY = "word/document.xml"


def _choose(page: Page, label: str, text: str) -> None:
    box = page.get_by_role("combobox", name=re.compile(label))
    box.click()
    box.press_sequentially(text)
    page.get_by_role("option").first.click()


def _press(tab: Tab, name: str) -> Page:
    tab.page.get_by_role("button", name=name, exact=True).click()
    return tab.settle()


def _downloaded(page: Page, name: str) -> bytes:
    with page.expect_download() as started:
        page.get_by_role("button", name=name, exact=True).click()
    return Path(started.value.path()).read_bytes()


def _edited(content: bytes, was: str, now: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as held, zipfile.ZipFile(out, "w") as made:
        for name in held.namelist():
            part = held.read(name).decode() if name == BODY else held.read(name)
            if isinstance(part, str):
                assert was in part
                part = part.replace(was, now, 1)
            made.writestr(name, part)
    return out.getvalue()


def test_from_a_snapshot_to_a_checked_notice(desk: Tab) -> None:
    page = desk.open("/snapshots")
    _choose(page, "办理人", "许成飞")
    page = _press(desk, "存档：截至2026年10月31日")
    page.wait_for_selector("text=已生成第1号快照")
    page = desk.open("/notice")
    _all_chosen_are_seen(page)
    _choose(page, "办理人", "许成飞")
    page.get_by_role("button", name="起草通报", exact=True).click()
    page.get_by_role("link", name="打开第1号通报").click()
    page.wait_for_selector(".xs .paper h3")
    drafted = _downloaded(page, "下载 Word 文件")
    assert zipfile.is_zipfile(io.BytesIO(drafted))
    assert _downloaded(page, "PDF").startswith(b"%PDF")
    book = load_workbook(io.BytesIO(_downloaded(page, "Excel 附表")))
    assert len(book.sheetnames) == 5
    with zipfile.ZipFile(io.BytesIO(_downloaded(page, "督办单、提醒函"))) as slips:
        assert all(name.startswith(("督办单_", "提醒函_")) for name in slips.namelist())
    total = page.locator("[title='count|township|total']").first.inner_text()
    _hand_in(page, _edited(drafted, f">{total}<", ">9999<"), "许成飞")
    page.wait_for_selector("text=文件中是“9999”")
    _hand_in(page, _edited(drafted, "总体情况", "总体进展"), "许成飞")
    page.wait_for_selector("text=文件中的数字与快照全部一致")
    page = _press(desk, "核稿")
    page.wait_for_selector("text=须由起草和修改以外的另一人办理")
    _choose(page, "办理人", "吴正祥")
    page.get_by_role("button", name="核稿", exact=True).click()
    page.wait_for_selector("text=核稿人须写明已逐处核实")
    page.get_by_label("说明或理由").fill("改写的标题已核")
    page.get_by_role("button", name="核稿", exact=True).click()
    page.wait_for_selector("text=状态：已核稿")
    assert desk.errors == []


def _all_chosen_are_seen(page: Page) -> None:
    """Whom a demand is asked of stands on as many lines as it needs, also where the form is narrow."""
    fields, desk = page.locator("[data-testid=stMultiSelectTagsContainer]"), page.viewport_size
    fields.last.wait_for()
    page.set_viewport_size({"width": 700, "height": 768})
    hidden = "all => all.filter(each => each.scrollWidth > each.clientWidth).map(each => each.innerText)"
    assert fields.evaluate_all(hidden) == []
    assert desk is not None
    page.set_viewport_size(desk)


def _hand_in(page: Page, content: bytes, person: str) -> None:
    _choose(page, "办理人", person)
    page.set_input_files(
        "[data-testid=stFileUploaderDropzoneInput]",
        {"name": "通报.docx", "mimeType": "application/zip", "buffer": content},
    )
    page.get_by_role("button", name="上传并核对", exact=True).click()
    page.wait_for_selector("text=已上传；核对结果")
