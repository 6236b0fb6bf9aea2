"""serve: the dashboard, on this machine only."""

import argparse
import subprocess
import sys
from pathlib import Path
from typing import Any

from commands.console import Command, Console, Exit

ROOT = Path(__file__).parent.parent
DEFAULT_PORT = 8501


def register(commands: Any, console: Console) -> None:
    """Add the command."""
    parser = Command("serve", serve).add(commands, console)
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help=console.words("serve.port"))


def serve(args: argparse.Namespace, console: Console) -> int:
    """Run the dashboard until it is stopped; its own exit code."""
    console.say("serve.address", port=args.port)
    # The address stands here as well as in the configuration: no configuration file may open the door.
    where = ["--server.address", "127.0.0.1", "--server.port", str(args.port)]
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), *where]
    try:
        return subprocess.run(command, cwd=ROOT, check=False).returncode
    except KeyboardInterrupt:
        # Stopping is how serving ends, not an interruption.
        return Exit.DONE
