"""What the documents say is there, and what is there is in the documents."""

import re
from pathlib import Path

from commands.console import Console
from manage import parser
from tests.house.tree import ROOT, files, name

DOCUMENTS = tuple(path for path in files(".md") if path.name != "CHANGELOG.md")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def _said(*folders: str) -> str:
    chosen = [path for path in DOCUMENTS if not folders or name(path).startswith(folders)]
    return "\n".join(path.read_text(encoding="utf-8") for path in chosen)


def _commands() -> set[str]:
    """The commands of manage.py, read off its own help."""
    text = parser(Console("en")).format_help()
    return set(re.findall(r"^    ([a-z-]+)  ", text, re.MULTILINE))


def test_every_page_is_in_the_user_guide() -> None:
    from ui.registry import PAGES
    from ui.words import words_of

    guide = _said("docs/user-guide")
    missing = [page.key for page in PAGES if words_of("zh")(f"page.{page.key}") not in guide]
    assert missing == []


def test_every_setting_is_documented() -> None:
    from data_access.settings import Settings

    said = _said()
    names = [field.validation_alias or field_name for field_name, field in Settings.model_fields.items()]
    prefix = str(Settings.model_config.get("env_prefix", ""))
    wanted = [alias if isinstance(alias, str) else str(alias) for alias in names]
    missing = [each for each in wanted if each.upper() not in said and f"{prefix}{each}".upper() not in said]
    assert missing == []


def test_every_command_is_documented() -> None:
    said = _said()
    assert len(_commands()) > 5, "the commands were not found: this test would prove nothing"
    assert sorted(each for each in _commands() if f"manage.py {each}" not in said) == []


def test_every_command_in_the_documents_exists() -> None:
    targets = set(re.findall(r"^([a-z][a-z-]*):", MAKEFILE, re.MULTILINE))
    wrong = [
        f"{name(path)}: make {target}"
        for path in DOCUMENTS
        for target in re.findall(r"(?:^|`)make ([a-z-]+)", path.read_text(encoding="utf-8"), re.MULTILINE)
        if target not in targets
    ]
    wrong += [
        f"{name(path)}: manage.py {command}"
        for path in DOCUMENTS
        for command in re.findall(r"manage\.py ([a-z][a-z-]*)", path.read_text(encoding="utf-8"))
        if command not in _commands()
    ]
    assert wrong == []


def test_every_file_named_in_the_documents_exists() -> None:
    wrong = [
        f"{name(path)}: {target}"
        for path in DOCUMENTS
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", path.read_text(encoding="utf-8"))
        if not (path.parent / target).exists()
    ]
    assert wrong == []


def test_the_makefile_explains_every_command() -> None:
    declared = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    assert declared is not None
    explained = set(re.findall(r"^([a-z-]+):.*## ", MAKEFILE, re.MULTILINE))
    assert set(declared[1].split()) == explained


def test_no_path_of_a_machine_in_the_tree() -> None:
    places = "|".join(("work", "farm", "root", "home/[a-z]", "tmp/bash", "Users/[A-Za-z]"))
    pattern = re.compile(rf"(?<![\w.\-\]])/(?:{places})/")
    kinds = (
        ".py",
        ".md",
        ".toml",
        ".txt",
        ".css",
        ".js",
        ".json",
        ".ini",
        ".yml",
        ".sh",
        ".service",
        ".conf",
    )
    every = [*files(*kinds), ROOT / "Makefile", ROOT / ".ci" / "run"]
    wrong = [
        f"{name(path)}: {found[0]}"
        for path in every
        if path != Path(__file__)
        for found in [pattern.search(path.read_text(encoding="utf-8"))]
        if found
    ]
    assert wrong == []
