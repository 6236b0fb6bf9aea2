"""Names to open pages with, taken from the pages themselves."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from tests.pages.markup import Node


@dataclass(frozen=True)
class Places:
    """A lagging township, one of its villages, a figure they have, a department and an item."""

    county: str
    township: str
    village: str
    indicator: str
    department: str
    issue: str


def param(link: str, name: str) -> str:
    """A parameter of a link, empty where it has none."""
    return parse_qs(urlsplit(link).query).get(name, [""])[0]


def links_to(page: Node, path: str, name: str) -> list[str]:
    """The links to a page that name something by this parameter, in their order."""
    hrefs = [link.attrs.get("href", "") for link in page.find("a")]
    return [href for href in hrefs if urlsplit(href).path == f"/{path}" and param(href, name)]


def red_cells(page: Node) -> list[str]:
    """The links of the matrix's red cells."""
    cells = page.find("td", "m-red")
    return [link.attrs["href"] for cell in cells for link in cell.find("a")]
