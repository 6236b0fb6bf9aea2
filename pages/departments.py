"""部门: every department by the figures it leads, or one department with its townships and items."""

from ui import guard
from ui.frame import close_page, open_page
from ui.html import element, show
from ui.panels import department, departments
from ui.sentences import department_sentence, departments_sentence
from ui.views import county_view

here = guard.require("departments")
view = county_view(here)
code = here.address.get("d")

if code in set(view.directory.departments["code"]):
    crumbs = [(here.words("page.departments"), here.address.link("departments"))]
    open_page(here, view, department_sentence(here.words, view, code), crumbs)
    show(department.whole_page(here, view, code))
else:
    open_page(here, view, departments_sentence(here.words, view))
    show(element("div", departments.listing(here, view), class_="xs"))
close_page(here, view)
