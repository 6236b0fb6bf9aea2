"""The script Streamlit runs: opens the address, draws the frame, hands over to one page."""

import sys
from pathlib import Path

import streamlit as st

# Streamlit puts the script's own folder on the path, not the project's.
ROOT = Path(__file__).parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from data_access.errors import UserFacing  # noqa: E402
from ui import guard  # noqa: E402
from ui.registry import HOME, PAGES  # noqa: E402
from ui.words import words_of  # noqa: E402

words = words_of(st.query_params.get("lang", "zh"))
st.set_page_config(
    page_title=words("app.title"), page_icon=str(ROOT / "ui" / "static" / "icon.png"), layout="wide"
)
guard.admit()
chosen = st.navigation(
    [
        st.Page(
            page.file,
            title=words(f"page.{page.key}"),
            url_path=None if page.key == HOME else page.key,
            default=page.key == HOME,
        )
        for page in PAGES
    ],
    position="hidden",
)
try:
    chosen.run()
except UserFacing as fault:
    guard.refuse(fault)
