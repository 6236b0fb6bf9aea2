"""serve says in the user's language why it cannot begin; nothing is started then."""

import socket
from collections.abc import Iterator

import pytest

from tests.commands.conftest import Manage


@pytest.fixture(autouse=True)
def _starts_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(*_: object, **__: object) -> None:
        raise AssertionError("the dashboard was started")

    monkeypatch.setattr("commands.serve.subprocess.run", run)


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket(socket.AF_INET) as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        yield held.getsockname()[1]


def test_a_port_that_is_taken_is_named_with_a_way_out(manage: Manage, taken: int) -> None:
    ran = manage("serve", "--port", str(taken))
    assert ran.code == 3 and f"端口 {taken} 已被占用" in ran.err and "--port" in ran.err


@pytest.mark.parametrize("port", ["0", "65536", "99999", "-1"])
def test_a_number_that_is_no_port_is_refused(manage: Manage, port: str) -> None:
    ran = manage("serve", "--port", port)
    assert ran.code == 2 and f"端口 {port} 不能用" in ran.err


def test_a_free_port_is_served(manage: Manage, taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []

    class Ended:
        returncode = 0

    def run(command: list[str], **_: object) -> type[Ended]:
        started.append(command)
        return Ended

    monkeypatch.setattr("commands.serve.subprocess.run", run)
    with socket.socket(socket.AF_INET) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert manage("serve", "--port", str(port)).code == 0
    assert started[0][-2:] == ["--server.port", str(port)] and "127.0.0.1" in started[0]
