"""manage.py run inside the test's own process, over a database of the test's own."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from data_access.engine import make_engine
from data_access.migrate import migrate
from data_access.settings import settings
from manage import main
from tests.intake import county as small

# After the day on which reports for March were due: until then nobody is called silent.
REPORTED = datetime(2026, 4, 8, 2, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Ran:
    """What a command came to."""

    code: int
    out: str
    err: str


Manage = Callable[..., Ran]


@pytest.fixture
def manage(capsys: pytest.CaptureFixture[str]) -> Iterator[Manage]:
    """Run a command: `manage("cells", "--format", "json")`."""

    def run(*arguments: str) -> Ran:
        settings.cache_clear()
        capsys.readouterr()
        try:
            code = main(arguments)
        except SystemExit as end:
            # argparse ends the process itself for help and for a wrong command line.
            code = int(end.code or 0)
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    yield run
    settings.cache_clear()


@pytest.fixture
def empty(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The place of a database that does not exist yet."""
    path = tmp_path / "new" / "xushi.db"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def small_county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the small county, its targets and one accepted report. Only for copying."""
    path = tmp_path_factory.mktemp("small") / "xushi.db"
    engine = make_engine(f"sqlite:///{path}")
    migrate(engine)
    small.load(engine, small.setup_workbook())
    villages = [row["code"] for row in small.unit_rows() if row["level"] == "village"]
    goals = [small.target("ZF01", code, 10) for code in villages]
    small.load(engine, small.breakdown_workbook([*goals, small.target("ZF01", small.COUNTY, 180)]))
    figures = [small.figure("ZF01", code, 2) for code in villages if code.startswith(small.TOWNSHIPS[0])]
    small.load(engine, small.report_workbook(figures), now=REPORTED)
    engine.dispose()
    return path


@pytest.fixture
def county(small_county: Path, empty: Path) -> Path:
    """A copy of the small county of the test's own."""
    empty.parent.mkdir()
    return Path(shutil.copyfile(small_county, empty))
