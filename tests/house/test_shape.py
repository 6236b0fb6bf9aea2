"""The shape of the code: sizes, return types, excepts."""

import ast

from tests.house.tree import at, files, name, parsed, product

LONGEST_MODULE = 400
LONGEST_FUNCTION = 50
# Lists of declarations without a branch, which are read like a table and gain nothing from being cut.
LISTS = {
    "data_access/schema.py": "every table, in one metadata",
    "data_access/migrations/versions/": "every table as it was created, never edited again",
}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def test_no_module_is_too_long() -> None:
    lengths = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in files(".py")}
    too_long = {path: n for path, n in lengths.items() if n > LONGEST_MODULE and not _is_list(path)}
    assert too_long == {}


def test_no_function_is_too_long() -> None:
    wrong = [
        f"{at(path, node)} {node.name}: {_lines(node)} lines"
        for path in product()
        for node in ast.walk(parsed(path))
        if isinstance(node, Function) and _lines(node) > LONGEST_FUNCTION and not _is_list(name(path))
    ]
    assert wrong == []


def test_every_function_says_what_it_returns() -> None:
    wrong = [
        f"{at(path, node)} {node.name}"
        for path in product()
        for node in ast.walk(parsed(path))
        if isinstance(node, Function) and node.returns is None
    ]
    assert wrong == []


def test_nothing_swallows_every_error() -> None:
    wrong = [
        at(path, node)
        for path in product()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ExceptHandler) and _catches_everything(node.type)
    ]
    assert wrong == []


def test_no_room_called_common() -> None:
    dumps = {"utils.py", "util.py", "helpers.py", "common.py", "misc.py"}
    assert [name(path) for path in product() if path.name in dumps] == []


def _is_list(path: str) -> bool:
    return path.startswith(tuple(LISTS))


def _lines(node: Function) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _catches_everything(caught: ast.expr | None) -> bool:
    if caught is None:
        return True
    each = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(ast.unparse(one).split(".")[-1] in ("Exception", "BaseException") for one in each)
