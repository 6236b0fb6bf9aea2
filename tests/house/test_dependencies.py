"""What is written down as needed is what is needed, complete and pinned."""

import re
import sys
import tomllib
from importlib.metadata import requires, version

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.tree import ROOT, at, imports, product

FILES = ("requirements.txt", "requirements-dev.txt", "requirements-mutation.txt")


def test_every_direct_dependency_has_its_reason() -> None:
    reasons = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    explained = {each.lower() for each in re.findall(r"^\| ([A-Za-z][\w.-]*) \|", reasons, re.MULTILINE)}
    explained.discard("package")
    assert set().union(*map(_direct, FILES)) == explained


def _direct(file: str) -> set[str]:
    text = (ROOT / file).read_text(encoding="utf-8")
    section = text.split("# direct\n")[1].split("# what those need")[0]
    return {re.split(r"[\[=;]", line)[0].lower() for line in section.splitlines() if line}


def test_every_direct_dependency_is_imported_and_every_import_is_direct() -> None:
    """Names of distributions and modules differ; the table says how."""
    modules = {
        "fonttools": "fontTools",
        "fpdf2": "fpdf",
        "python-docx": "docx",
        "markupsafe": "markupsafe",
        "opencc-py": "opencc",
        "pydantic-settings": "pydantic_settings",
        "sqlalchemy": "sqlalchemy",
        "vl-convert-python": "vl_convert",
    }
    # Loaded by others at our wish: the driver by SQLAlchemy, the time zones by zoneinfo, brotli by fontTools.
    by_others = {"psycopg", "tzdata", "brotli"}
    direct = {modules.get(each, each) for each in _direct("requirements.txt") - by_others}
    ours = {path.relative_to(ROOT).parts[0].removesuffix(".py") for path in product()}
    imported: dict[str, str] = {}
    for path in product():
        for module, node in imports(path):
            imported.setdefault(module.split(".")[0], at(path, node))
    foreign = {top: where for top, where in imported.items() if top not in _standard() | ours | by_others}
    assert {top: where for top, where in foreign.items() if top not in direct} == {}
    assert direct - set(foreign) == set()


def _standard() -> set[str]:
    return set(sys.stdlib_module_names) | {"__future__"}


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_requirements_are_complete_and_pinned(file: str) -> None:
    """Everything that a listed package needs on this machine is listed with one exact version."""
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    if file != "requirements.txt":
        lines += (ROOT / file).read_text(encoding="utf-8").splitlines()
    listed = [Requirement(line) for line in lines if line and line[0] not in "#-"]
    pins = {canonicalize_name(each.name): each for each in listed}
    missing = []
    for each in listed:
        if each.marker is not None and not each.marker.evaluate():
            continue
        assert [spec.operator for spec in each.specifier] == ["=="], f"{each} is not pinned"
        assert version(each.name) in each.specifier, f"{each.name} installed is {version(each.name)}"
        for line in requires(each.name) or []:
            need = Requirement(line)
            extras = each.extras or {""}
            wanted = need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in extras)
            if wanted and canonicalize_name(need.name) not in pins:
                missing.append(f"{each.name} needs {need.name}")
    assert missing == []


def test_what_is_only_installed_for_a_mutation_run_is_pinned() -> None:
    lines = (ROOT / "requirements-mutation.txt").read_text(encoding="utf-8").splitlines()
    listed = [Requirement(line) for line in lines if line and line[0] not in "#-"]
    assert listed
    assert [each for each in listed if [spec.operator for spec in each.specifier] != ["=="]] == []


def test_streamlit_is_set_to_ask_nobody() -> None:
    """The settings that keep the browser and the server from asking the internet, and the cheapest speed."""
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["server"]["address"] == "127.0.0.1"
    assert settings["client"]["disableDataExport"] is True
    assert settings["client"]["showErrorDetails"] == "none"
    assert settings["runner"]["postScriptGC"] is False
