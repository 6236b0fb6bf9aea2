"""The long form of the mutation run: every fault that mutmut knows to make in `metrics/`, one at a time.

`make mutation` runs it in a copy of the tree under build/, so that nothing else meets the copies that mutmut
makes of the code. `make mutation MODULES="ranks pace"` tries these modules alone. A run that was ended is gone
on with by the next one; a module that was changed since is tried anew. What survived is printed as a
difference; docs/mutation.md explains what may.
"""

import ast
import difflib
import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).parents[2]
COPY = ROOT / "build" / "mutation"
LEFT_OUT = (".git", ".venv", "build", "var", "*_cache", "__pycache__", ".coverage*", ".hypothesis")
# The share of mutants that the tests must notice: what was measured last, less the equivalent ones of new code.
FLOOR = 0.95
SETTINGS = """
[tool.mutmut]
source_paths = ["metrics"]
also_copy = [{rooms}]
pytest_add_cli_args_test_selection = ["tests/metrics"]
pytest_add_cli_args = ["-m", "not long", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:cov"]
"""
# What mutmut writes for a mutant: the exit code of pytest, or of what ended it.
SURVIVED, NO_TEST = 0, 33
HUNG = (24, 36, 152, 255, -24)


def main(modules: list[str]) -> int:
    """Run mutmut over these modules, or all of them, and print the score and the survivors."""
    _copy()
    wanted = [f"metrics.{module}.*" for module in modules]
    # The copies of mutants stand in the way of nobody: a whole run takes hours.
    command = ["nice", sys.executable, "-m", "mutmut", "run", *wanted]
    subprocess.run(command, cwd=COPY, check=False, stdout=subprocess.DEVNULL)
    held = {path.name.removesuffix(".py.meta"): _codes(path) for path in _metas()}
    tried = {module: codes for module, codes in held.items() if not modules or module in modules}
    for module, codes in tried.items():
        for mutant in (name for name, code in codes.items() if code in (SURVIVED, NO_TEST)):
            print("\n".join([mutant, *_difference(module, mutant)]))
    total: Counter[str] = Counter()
    for module, codes in tried.items():
        counted = Counter(map(_outcome, codes.values()))
        total += counted
        print(f"{module:20}", _line(counted))
    print(f"{'metrics':20}", _line(total))
    return 0 if total["noticed"] >= FLOOR * total.total() else 1


def _copy() -> None:
    """The tree as it is, beside what an ended run has tried of the modules that are still the same."""
    for held in _metas():
        now = ROOT / "metrics" / held.name.removesuffix(".meta")
        was = COPY / "metrics" / now.name
        if not now.exists() or now.read_bytes() != was.read_bytes():
            for each in (held, held.with_suffix("")):
                each.unlink(missing_ok=True)
    mutants = COPY / "mutants"
    for path in mutants.iterdir() if mutants.exists() else ():
        if path.name != "metrics":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for path in ROOT.iterdir():
        if any(fnmatch(path.name, pattern) for pattern in LEFT_OUT):
            continue
        if path.is_dir():
            shutil.copytree(
                path, COPY / path.name, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*LEFT_OUT)
            )
        else:
            COPY.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, COPY / path.name)
    rooms = sorted(path.name for path in COPY.iterdir() if path.name not in ("mutants", "tests"))
    with (COPY / "pyproject.toml").open("a", encoding="utf-8") as settings:
        settings.write(SETTINGS.format(rooms=", ".join(f'"{room}"' for room in rooms)))


def _metas() -> list[Path]:
    return sorted((COPY / "mutants" / "metrics").glob("*.meta"))


def _codes(meta: Path) -> dict[str, int | None]:
    codes: dict[str, int | None] = json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"]
    return codes


def _outcome(code: int | None) -> str:
    if code is None:
        return "untried"
    if code in (SURVIVED, NO_TEST):
        return "survived"
    return "hung" if code in HUNG else "noticed"


def _line(counted: Counter[str]) -> str:
    parts = [f"{name} {counted[name]:6}" for name in ("noticed", "hung", "survived", "untried")]
    share = counted["noticed"] / counted.total() if counted else 1.0
    return "  ".join([*parts, f"{share:7.1%}"])


def _difference(module: str, mutant: str) -> Iterator[str]:
    """What a mutant changed, line by line."""
    tree = ast.parse((COPY / "mutants" / "metrics" / f"{module}.py").read_text(encoding="utf-8"))
    functions = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    name = mutant.rsplit(".", 1)[-1]
    pair = (functions.get(re.sub(r"__mutmut_\d+$", "__mutmut_orig", name)), functions.get(name))
    before, after = ([] if each is None else ast.unparse(each).splitlines()[1:] for each in pair)
    for line in difflib.unified_diff(before, after, lineterm="", n=0):
        if not line.startswith(("---", "+++", "@@")):
            yield f"    {line}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
