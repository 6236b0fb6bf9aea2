"""serve: the dashboard, on this machine only."""

import argparse
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

from commands.console import Command, Console, Exit

ROOT = Path(__file__).parent.parent
LOOPBACK = "127.0.0.1"
DEFAULT_PORT = 8501
ABOVE_PORTS = 65536


def register(commands: Any, console: Console) -> None:
    """Add the command."""
    parser = Command("serve", serve).add(commands, console)
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help=console.words("serve.port"))


def serve(args: argparse.Namespace, console: Console) -> int:
    """Run the dashboard until it is stopped; its own exit code."""
    if not 0 < args.port < ABOVE_PORTS:
        console.say("serve.bad_port", port=args.port, last=ABOVE_PORTS - 1)
        return Exit.USAGE
    if _is_taken(args.port):
        console.say("serve.taken", port=args.port, other=args.port % (ABOVE_PORTS - 1) + 1)
        return Exit.REFUSED
    console.say("serve.address", port=args.port)
    # The address stands here as well as in the configuration: no configuration file may open the door.
    where = ["--server.address", LOOPBACK, "--server.port", str(args.port)]
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), *where]
    try:
        return subprocess.run(command, cwd=ROOT, check=False).returncode
    except KeyboardInterrupt:
        # Stopping is how serving ends, not an interruption.
        return Exit.DONE


def _is_taken(port: int) -> bool:
    """Whether something answers there: what serves would say it in English, and late."""
    with socket.socket(socket.AF_INET) as probe:
        return probe.connect_ex((LOOPBACK, port)) == 0
