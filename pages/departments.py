"""部门: every department by the figures it leads, or one department with its townships and items."""

from ui import guard
from ui.frame import close_page, open_page
from ui.html import show
from ui.panels import department, departments
from ui.sentences import department_sentence, departments_sentence
from ui.views import county_view, drawn, said

here = guard.require("departments")
view = county_view(here)
code = here.address.get("d")

if code in set(view.directory.departments["code"]):
    crumbs = [(here.words("page.departments"), here.address.link("departments"))]
    open_page(here, view, said(here, department_sentence, view, code), crumbs)
    show(drawn(here, department.whole_page, view, code))
else:
    open_page(here, view, said(here, departments_sentence, view))
    show(drawn(here, departments.whole_page, view))
close_page(here, view)
