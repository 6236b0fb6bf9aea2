"""The application with one listener more: every SELECT goes to the file named by XUSHI_STATEMENTS."""

import json
import os
import sys
from pathlib import Path
from typing import Any

import streamlit as st
from sqlalchemy import Engine, event

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from ui.door import MIDDLEWARE, ROUTES  # noqa: E402

# Written out, not imported from app.py: Streamlit finds an application only where it is made.
app = st.App(ROOT / "ui" / "router.py", routes=ROUTES, middleware=MIDDLEWARE)


@event.listens_for(Engine, "before_cursor_execute")
def record(_1: Any, _2: Any, statement: str, parameters: Any, _3: Any, is_many: bool) -> None:
    """Append a statement with its parameters."""
    if not is_many and statement.lstrip().upper().startswith(("SELECT", "WITH")):
        with Path(os.environ["XUSHI_STATEMENTS"]).open("a", encoding="utf-8") as out:
            out.write(json.dumps([statement, list(parameters)], default=str) + "\n")
