"""Which room may hold what: read off the syntax tree, so that it holds in files nobody has run."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT, at, calls, imports, name, parsed, product, room, texts

COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})(?![0-9A-Za-z])|\b(?:rgb|hsl)a?\(")
CLOCKS = re.compile(
    r"\b(?:datetime|dt)\.(?:now|utcnow|today)$|\bdate\.today$|\bTimestamp\.(?:now|today|utcnow)$"
    r"|\btime\.(?:time|time_ns|localtime|gmtime|ctime|strftime)$|\bfunc\.(?:now|current_\w+|localtime\w*)$"
)
FORMULA = (ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.Sub)
# What a page may hold in its hands; everything else it asks one of these rooms for.
PAGE_IMPORTS = ("ui", "briefing", "intake", "notices", "metrics", "data_access.errors", "streamlit")
STANDARD = sys.stdlib_module_names


def test_arrows_between_rooms_are_kept() -> None:
    run = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-2000:]


def test_a_page_begins_with_its_guard() -> None:
    assert room("pages"), "no page found: this test would prove nothing"
    for path in room("pages"):
        body = [node for node in parsed(path).body if not isinstance(node, ast.Import | ast.ImportFrom)]
        first = body[1] if ast.get_docstring(parsed(path)) is not None else body[0]
        assert isinstance(first, ast.Assign | ast.Expr), at(path, first)
        assert isinstance(first.value, ast.Call), at(path, first)
        assert ast.unparse(first.value.func) == "guard.require", at(path, first)
        given = first.value.args[0]
        assert isinstance(given, ast.Constant) and given.value == path.stem, (
            f"{at(path, first)}: the guard must be asked for this page's own key"
        )


def test_a_page_imports_only_what_pages_may() -> None:
    wrong = [
        f"{at(path, node)} {module}"
        for path in room("pages")
        for module, node in imports(path)
        if module.split(".")[0] not in STANDARD
        and not any(module == allowed or module.startswith(f"{allowed}.") for allowed in PAGE_IMPORTS)
    ]
    assert wrong == []


def test_a_page_holds_no_formula() -> None:
    wrong = [
        f"{at(path, node)} {ast.unparse(node)}"
        for path in room("pages")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, FORMULA)
    ]
    assert wrong == []


def test_colours_stand_in_the_theme_only() -> None:
    wrong = [
        f"{at(path, text)} {text.value}"
        for path in room("pages", "briefing", "metrics", "data_access", "intake", "commands", "ui")
        if not name(path).startswith(("ui/theme", "intake/style"))
        for text in texts(path)
        if COLOUR.search(str(text.value))
    ]
    assert wrong == []


def test_html_is_drawn_in_one_place() -> None:
    wrong = []
    for path in product():
        for called, node in calls(path):
            drawn = called in ("st.html", "streamlit.html") or called.endswith("components.v1.html")
            if (drawn and name(path) != "ui/html.py") or any(
                k.arg == "unsafe_allow_html" for k in node.keywords
            ):
                wrong.append(f"{at(path, node)} {called}")
    assert wrong == []


def test_markup_is_made_of_literals_outside_the_helper() -> None:
    """`Markup(value)` switches escaping off; only text that stands in the code may be declared safe."""
    wrong = [
        f"{at(path, node)} {ast.unparse(node)}"
        for path in product()
        if name(path) not in ("ui/html.py", "ui/theme.py")
        for called, node in calls(path)
        if called.split(".")[-1] == "Markup" and not all(isinstance(arg, ast.Constant) for arg in node.args)
    ]
    assert wrong == []


def test_one_module_asks_what_time_it_is() -> None:
    wrong = [
        f"{at(path, node)} {called}"
        for path in product()
        if name(path) != "ui/clock.py"
        for called, node in calls(path)
        if CLOCKS.search(called)
    ]
    wrong += [
        f"{at(path, text)} {text.value}"
        for path in product()
        for text in texts(path)
        if re.search(r"\bCURRENT_(?:TIMESTAMP|DATE|TIME)\b", str(text.value), re.IGNORECASE)
    ]
    assert wrong == []


def test_the_clock_is_asked_by_screens_and_commands_only() -> None:
    wrong = [
        f"{at(path, node)} {module}"
        for path in room("metrics", "data_access", "briefing", "intake", "notices", "demo")
        for module, node in imports(path)
        if module.startswith("ui.")
    ]
    assert wrong == []


def test_no_statement_is_written_as_text() -> None:
    wrong = [
        f"{at(path, node)} {module}"
        for path in product()
        for module, node in imports(path)
        if module in ("sqlalchemy.text", "sqlalchemy.sql.text", "sqlalchemy.literal_column")
    ]
    assert wrong == []


@pytest.mark.parametrize("command", ["manage.py", "commands"])
def test_commands_do_not_load_the_dashboard(command: str) -> None:
    wrong = [
        f"{at(path, node)} {module}"
        for path in product()
        if name(path).split("/")[0] == command
        for module, node in imports(path)
        if module.split(".")[0] in ("streamlit", "altair")
        or (module.startswith("ui.") and not module.startswith("ui.clock"))
    ]
    assert wrong == []
