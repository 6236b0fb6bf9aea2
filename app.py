"""The door: the served application over `ui/router.py`. Started by `streamlit run app.py`."""

from pathlib import Path

import streamlit as st

from ui.door import MIDDLEWARE, ROUTES
from ui.warmup import warmed

app = st.App(
    Path(__file__).parent / "ui" / "router.py", routes=ROUTES, middleware=MIDDLEWARE, lifespan=warmed
)
