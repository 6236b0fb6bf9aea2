"""Every word people read stands in a catalogue, in both languages, with the same gaps to fill."""

import ast
import re
import string
from pathlib import Path

import pytest

from tests.house.tree import CHINESE, at, calls, name, parsed, product, room, texts
from ui.words import CATALOGUES

# Where Chinese may stand outside the screens' catalogue, and why.
CHINESE_ALLOWED = {
    "ui/words/": "the catalogue of the screens",
    "metrics/words.py": "the words of states and kinds that screens, workbooks and commands share",
    "metrics/wording.py": "targets and what stands beside their figures, which pages and papers share",
    "metrics/rule_words.py": "what the entries of a rule document are called, and its faults in words",
    "metrics/legend.py": "the thresholds in words, both languages side by side",
    "metrics/grid.py": "the units of measure that are parts of one, which are data",
    "metrics/plans.py": "the name of the plan weighted from below, printed like a curve's",
    "metrics/figures.py": "how figures and days are printed",
    "metrics/rules.py": "the titles of the shipped rules, which are data",
    "metrics/control_points.py": "how people write the days of a plan",
    "metrics/notice_steps.py": "how the number of a document ends",
    "metrics/curves.py": "the names of the shipped plan curves, which are data",
    "intake/words": "the catalogue of the problems of a workbook, and how people write cells",
    "intake/sheets": "the sheets and columns of the workbooks, as they are printed",
    "data_access/errors.py": "the terms that errors name things by",
    "notices/words": "the catalogue of documents",
    "notices/sentences.py": "the sentences of notices, which a county may write anew",
    "notices/refusals.py": "why a step may not be taken, both languages side by side",
    "notices/reading.py": "why a file is not read, both languages side by side",
    "notices/wording.py": "what is wrong with a wording, both languages side by side",
    "notices/numbers.py": "how numerals are written, and which words only look like one",
    "notices/lines.py": "how days and document numbers are written, which stand on one line",
    "notices/screening.py": "the signs of personal data",
    "notices/layout.py": "the names of the fonts and styles of official documents",
    "notices/excel.py": "the names of the fonts that official documents are set in",
    "commands/words.py": "the catalogue of the administrator's commands",
    "demo/": "the invented county is data",
}


def test_chinese_stands_in_catalogues_and_data_only() -> None:
    wrong = [
        f"{at(path, text)} {text.value}"
        for path in product()
        if not name(path).startswith(tuple(CHINESE_ALLOWED))
        for text in texts(path)
        if CHINESE.search(str(text.value)) and text not in _sentences_of_errors(path)
    ]
    assert wrong == []


def test_an_error_speaks_both_languages() -> None:
    """An error carries its sentence and its remedy itself: never in one language only."""
    wrong = [
        f"{at(path, body)} {body.name}"
        for path in product()
        for body in ast.walk(parsed(path))
        if isinstance(body, ast.ClassDef)
        for given in [set(_texts_of_class(body))]
        if given & {"zh", "en"} and given < {"zh", "en", "remedy_zh", "remedy_en"}
    ]
    assert wrong == []


def test_no_permission_is_left_over() -> None:
    """A place that holds no Chinese any more needs no permission."""
    held = {
        allowed
        for path in product()
        for allowed in CHINESE_ALLOWED
        if name(path).startswith(allowed) and any(CHINESE.search(str(text.value)) for text in texts(path))
    }
    assert set(CHINESE_ALLOWED) - held == set()


def test_both_languages_have_the_same_keys() -> None:
    zh, en = CATALOGUES["zh"], CATALOGUES["en"]
    assert sorted(set(zh) ^ set(en)) == []


def test_both_languages_fill_the_same_gaps() -> None:
    zh, en = CATALOGUES["zh"], CATALOGUES["en"]
    assert {key: (_gaps(zh[key]), _gaps(en[key])) for key in zh if _gaps(zh[key]) != _gaps(en[key])} == {}


def test_english_is_english_and_chinese_is_chinese() -> None:
    foreign = [key for key, text in CATALOGUES["en"].items() if CHINESE.search(_without_names(text))]
    untranslated = [
        key
        for key, text in CATALOGUES["zh"].items()
        if re.search(r"[A-Za-z]{4,}", _without_names(_without_gaps(text))) and not CHINESE.search(text)
    ]
    assert (foreign, untranslated) == ([], [])


def test_every_key_said_exists() -> None:
    wrong = [
        f"{at(path, node)} {ast.unparse(node)}"
        for path in room("ui", "pages")
        for _, call in calls(path)
        if _says(call) and call.args
        for node in _choices(call.args[0])
        if not _matches(node)
    ]
    assert wrong == []


def test_every_key_is_said() -> None:
    constants: set[str] = set()
    patterns: list[re.Pattern[str]] = []
    for path in room("ui", "pages"):
        if name(path).startswith("ui/words/"):
            continue
        constants |= {str(text.value) for text in texts(path)}
        patterns += _patterns(path)
    silent = [
        key
        for key in CATALOGUES["zh"]
        if key not in constants and not any(pattern.fullmatch(key) for pattern in patterns)
    ]
    assert silent == []


def _texts_of_class(body: ast.ClassDef) -> dict[str, ast.expr]:
    """The plain string attributes of a class."""
    return {
        target.id: line.value
        for line in body.body
        if isinstance(line, ast.Assign) and isinstance(line.value, ast.Constant)
        for target in line.targets
        if isinstance(target, ast.Name)
    }


def _sentences_of_errors(path: Path) -> list[ast.expr]:
    bodies = (node for node in ast.walk(parsed(path)) if isinstance(node, ast.ClassDef))
    return [text for body in bodies for name, text in _texts_of_class(body).items() if name.endswith("zh")]


def _says(call: ast.Call) -> bool:
    called = call.func
    said = (
        called.attr
        if isinstance(called, ast.Attribute)
        else called.id
        if isinstance(called, ast.Name)
        else ""
    )
    return said in ("words", "say")


def _choices(node: ast.expr) -> list[ast.expr]:
    if isinstance(node, ast.IfExp):
        return [*_choices(node.body), *_choices(node.orelse)]
    return [node]


def _matches(node: ast.expr) -> bool:
    if isinstance(node, ast.Constant):
        return node.value in CATALOGUES["zh"]
    if isinstance(node, ast.JoinedStr):
        return any(_pattern(node).fullmatch(key) for key in CATALOGUES["zh"])
    return True


def _patterns(path: Path) -> list[re.Pattern[str]]:
    """Every f-string that could be a key: one whose fixed text has the dot that all keys have."""
    found = [node for node in ast.walk(parsed(path)) if isinstance(node, ast.JoinedStr)]
    return [_pattern(node) for node in found if _is_like_a_key(node)]


def _is_like_a_key(node: ast.JoinedStr) -> bool:
    fixed = "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
    return re.fullmatch(r"[a-z_0-9]+\.[a-z_0-9.]*", fixed) is not None


def _pattern(node: ast.JoinedStr) -> re.Pattern[str]:
    parts = (
        re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[\w.]+" for part in node.values
    )
    return re.compile("".join(parts))


def _gaps(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}


def _without_gaps(text: str) -> str:
    return re.sub(r"\{[^}]*\}", "", text)


def _without_names(text: str) -> str:
    """Xushi's own name and the languages' names are written alike in both."""
    return text.replace("序时", "").replace("中文", "").replace("English", "")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_sentence_can_be_said(lang: str) -> None:
    for key, text in CATALOGUES[lang].items():
        assert "" not in _gaps(text), f"{key}: a gap without a name cannot be filled in both languages"


def test_catalogues_are_the_only_long_texts() -> None:
    """A sentence of a page belongs into the catalogue whatever its language."""
    wrong = [
        f"{at(path, text)} {text.value}"
        for path in room("pages")
        for text in texts(path)
        if len(str(text.value).split()) > 4
    ]
    assert wrong == []


def test_no_choice_of_several_brings_the_english_of_its_own() -> None:
    """Streamlit would put "Choose options" and "Select all" into it, in English alone."""
    asked = {"placeholder", "select_all"}
    held = [
        (at(path, call), {keyword.arg for keyword in call.keywords})
        for path in product()
        for called, call in calls(path)
        if called.endswith(".multiselect")
    ]
    assert held
    assert [where for where, given in held if not asked <= given] == []
