"""What holds for every test run: where nothing may be skipped, a skipped test fails the run."""

import os

import pytest


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
