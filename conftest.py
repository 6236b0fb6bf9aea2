"""What every test run shares: the demo county made once, and no skipping where nothing may be skipped."""

import gc
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy.engine import Engine
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache

ROOT = Path(__file__).parent
# Both halves of `make test` use the same demo county.
KEPT = ROOT / "build" / "tests"
MAKES_THE_DEMO = ("demo", "commands", "intake", "data_access", "metrics")

# A run holds whole counties in memory: to look through them for cycles after every few hundred objects, as Python
# does by itself, costs a seventh of its time.
gc.set_threshold(100_000, 20, 50)

# Every test has databases of its own, and an engine compiles each statement anew for itself: half of the time of a
# small county. Engines of one kind talk to servers of one kind here, so what one has compiled holds for all.
_compiled: dict[type, LRUCache[Any, Any]] = {}
_make_engine = Engine.__init__


def _with_shared_statements(engine: Engine, *args: Any, **options: Any) -> None:
    _make_engine(engine, *args, **options)
    engine._compiled_cache = _compiled.setdefault(type(engine.dialect), LRUCache(3000))


# The dialect is part of what a compiled statement is found by.
Engine.__init__ = _with_shared_statements  # type: ignore[method-assign]
DefaultDialect.__eq__ = lambda one, other: type(one) is type(other)  # type: ignore[method-assign,assignment]
DefaultDialect.__hash__ = lambda one: hash(type(one))  # type: ignore[method-assign,assignment]

# No test may fail because the machine is busy: neither an example nor its making has a time limit.
_patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("xushi", _patient, max_examples=50)
settings.register_profile("long", _patient, max_examples=500)
settings.load_profile("xushi")


@pytest.fixture(scope="session")
def demo_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite database with the demo county, made once for all workers. Only for reading."""
    # Workers of one run have base folders of their own beside each other.
    is_worker = "PYTEST_XDIST_WORKER" in os.environ
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if is_worker else base) / "demo_database"
    return _made_once(folder, "xushi.db", lambda path: _kept("demo", path, _make_demo))


@pytest.fixture
def demo_copy(demo_database: Path, tmp_path: Path) -> Path:
    """A copy of the demo county that a test may write to."""
    return Path(shutil.copyfile(demo_database, tmp_path / "xushi.db"))


@pytest.fixture(scope="session")
def small_database(demo_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo county with six of its townships, made once for all workers. Only for reading."""
    from tests.trimmed import trim

    folder = demo_database.parent.with_name("small_database")
    return _made_once(
        folder, "xushi.db", lambda path: _kept("small", path, lambda begun: trim(demo_database, begun))
    )


@pytest.fixture
def small_copy(small_database: Path, tmp_path: Path) -> Path:
    """A copy of the smaller county that a test may write to."""
    return Path(shutil.copyfile(small_database, tmp_path / "xushi.db"))


def _make_demo(path: Path) -> None:
    variables = {**os.environ, "DATABASE_URL": f"sqlite:///{path}"}
    subprocess.run([sys.executable, "manage.py", "demo"], cwd=ROOT, env=variables, check=True)


def _kept(name: str, path: Path, make: Callable[[Path], None]) -> None:
    """Copy what an earlier run has made out of the very same sources to `path`; make it where none has."""
    held = KEPT / f"{name}-{_sources()}.db"
    if not held.exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        for older in KEPT.glob(f"{name}-*.db"):
            older.unlink()
        begun = KEPT / f"{os.getpid()}.db"
        make(begun)
        begun.replace(held)
    shutil.copyfile(held, path)


def _sources() -> str:
    """A name for all that the demo county is made by."""
    read = [each for room in MAKES_THE_DEMO for each in (ROOT / room).rglob("*.py")]
    digest = sha256(sys.version.encode())
    for source in sorted([*read, ROOT / "requirements.txt", ROOT / "tests" / "trimmed.py"]):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


def _made_once(folder: Path, name: str, make: Callable[[Path], None], seconds: float = 300) -> Path:
    """The file `name`, made by the first process that gets here; the others wait for it."""
    done, failed = folder / "done", folder / "failed"
    try:
        folder.mkdir()
    except FileExistsError:
        deadline = time.monotonic() + seconds
        while not done.exists():
            if failed.exists() or time.monotonic() > deadline:
                raise RuntimeError(f"another process could not make {folder / name}") from None
            time.sleep(0.1)
        return folder / name
    outcome = failed
    try:
        make(folder / name)
        outcome = done
    finally:
        outcome.touch()
    return folder / name


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """With XUSHI_NO_SKIP=1 turn a run with skipped tests red: a check that did not run proves nothing."""
    if os.environ.get("XUSHI_NO_SKIP") != "1" or hasattr(session.config, "workerinput"):
        return
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and reporter.stats.get("skipped") and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say why a run without failures is red."""
    skipped = terminalreporter.stats.get("skipped", [])
    if os.environ.get("XUSHI_NO_SKIP") == "1" and skipped:
        terminalreporter.write_line(f"{len(skipped)} skipped, and XUSHI_NO_SKIP=1 allows none", red=True)
