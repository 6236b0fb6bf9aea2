"""The real application as a process of its own, for browser tests and measurements."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
# The shell first: the same engine without the windows of a desktop, for a fifth less processor time.
CHROMIUM_NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)


@dataclass(frozen=True)
class Served:
    """A running application: its address (no slash at the end), its process and what it printed."""

    url: str
    pid: int
    log: Path

    def printed(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")


def free_port() -> int:
    """A port of the loopback address that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def find_chromium() -> str | None:
    """The installed browser's executable, None where there is none."""
    return next((found for found in map(shutil.which, CHROMIUM_NAMES) if found), None)


def sqlite_url(path: Path) -> str:
    return f"sqlite:///{path}"


@contextmanager
def served(
    database_url: str, log: Path, *, script: str = "app.py", environment: Mapping[str, str] | None = None
) -> Iterator[Served]:
    """Run `streamlit run` on a free port until the block ends; RuntimeError where it does not start."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)]
    variables = {**os.environ, "DATABASE_URL": database_url, "PYTHONUNBUFFERED": "1", **(environment or {})}
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=variables, stdout=out, stderr=subprocess.STDOUT)
        try:
            running = Served(f"http://127.0.0.1:{port}", process.pid, log)
            _wait_until_healthy(running, process)
            yield running
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_until_healthy(running: Served, process: subprocess.Popen[bytes], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{running.url}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    raise RuntimeError(f"the application did not start:\n{running.printed()[-3000:]}")
