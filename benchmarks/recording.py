"""The application with one listener more: every SELECT goes to the file named by XUSHI_STATEMENTS."""

import json
import os
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

sys.path.insert(0, str(Path(__file__).parent.parent))

from app import app

__all__ = ["app"]


@event.listens_for(Engine, "before_cursor_execute")
def record(_1: Any, _2: Any, statement: str, parameters: Any, _3: Any, is_many: bool) -> None:
    """Append a statement with its parameters."""
    if not is_many and statement.lstrip().upper().startswith(("SELECT", "WITH")):
        with Path(os.environ["XUSHI_STATEMENTS"]).open("a", encoding="utf-8") as out:
            out.write(json.dumps([statement, list(parameters)], default=str) + "\n")
