"""整改: the ledger with its clock, or one item with its history."""

from ui import guard
from ui.frame import close_page, open_page
from ui.html import show
from ui.panels import issues, ledger
from ui.sentences import ledger_sentence
from ui.views import county_view, drawn, said

here = guard.require("rectification")
view = county_view(here)
number = here.address.get("n")
found = view.issues[view.issues["number"] == number]

if len(found):
    crumbs = [(here.words("page.rectification"), here.address.link("rectification"))]
    open_page(here, view, f"{number} {found.iloc[0]['title']}", crumbs)
    show(drawn(here, issues.whole_page, view, number))
else:
    open_page(here, view, said(here, ledger_sentence, view))
    show(drawn(here, ledger.whole_page, view))
close_page(here, view)
