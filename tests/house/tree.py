"""The tree as the house tests see it: which files belong to which room, parsed once."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("metrics", "data_access", "briefing", "intake", "notices", "demo", "ui", "pages", "commands")
DOORS = ("app.py", "manage.py")
NOT_OURS = {".git", ".venv", "build", "var", "node_modules", "__pycache__"}
CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


@cache
def files(*suffixes: str) -> tuple[Path, ...]:
    """Every file of the project with one of these suffixes, caches and environments left out."""
    found = (path for path in ROOT.rglob("*") if path.is_file() and path.suffix in suffixes)
    return tuple(sorted(path for path in found if not _is_foreign(path)))


def _is_foreign(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts
    return any(part in NOT_OURS or part.endswith("_cache") for part in parts)


@cache
def product() -> tuple[Path, ...]:
    """Every module that ships: the rooms, the door and the commands."""
    return tuple(
        path for path in files(".py") if name(path) in DOORS or path.relative_to(ROOT).parts[0] in ROOMS
    )


def room(*names: str) -> tuple[Path, ...]:
    """Every module of these rooms."""
    return tuple(path for path in product() if path.relative_to(ROOT).parts[0] in names)


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def at(path: Path, node: ast.expr | ast.stmt | ast.excepthandler) -> str:
    """Where a node stands, as an editor jumps to it."""
    return f"{name(path)}:{node.lineno}"


def imports(path: Path) -> Iterator[tuple[str, ast.stmt]]:
    """Every module imported, with the names taken from it as `module.name`."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = path.relative_to(ROOT).parts[: -node.level] if node.level else ()
            module = ".".join([*above, *([node.module] if node.module else [])])
            yield from ((f"{module}.{alias.name}", node) for alias in node.names)


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every call with what is called written as text, such as `st.html`."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def texts(path: Path) -> Iterator[ast.Constant]:
    """Every string in the code, pieces of f-strings included; docstrings and bare strings left out."""
    tree = parsed(path)
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare:
            yield node
