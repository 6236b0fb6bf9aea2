"""Every screen, registered once: its key, its file, its address and whether the menu shows it.

The title of a page is the word `page.<key>` of the catalogue.
"""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Page:
    """One screen."""

    key: str
    in_menu: bool = True
    # Drawn over the whole screen, without the frame of a page.
    is_slide: bool = False

    @property
    def path(self) -> str:
        """Its address. The first page answers at `/` only: Streamlit knows no other name for it."""
        return "/" if self.key == HOME else f"/{self.key}"

    @property
    def file(self) -> Path:
        """Its file under pages/."""
        return ROOT / "pages" / f"{self.key}.py"


HOME, MEETING = "overview", "meeting"
PAGES = (
    Page("overview"),
    Page("townships"),
    Page("departments"),
    Page("indicators"),
    Page("villages"),
    Page("rectification"),
    Page("reporting"),
    Page("snapshots"),
    Page("notice"),
    Page("settings"),
    Page("targets", in_menu=False),
    Page("figure", in_menu=False),
    Page(MEETING, in_menu=False, is_slide=True),
    Page("changes", in_menu=False),
)
BY_KEY = {page.key: page for page in PAGES}
PATHS = {page.path for page in PAGES}
