"""总览: who must be asked today, and what about."""

from ui import guard
from ui.frame import close_page, open_page
from ui.html import show
from ui.panels import overview
from ui.sentences import overview_sentence
from ui.views import county_view, drawn, said

here = guard.require("overview")
view = county_view(here)

# 1. The answer in one sentence
open_page(here, view, said(here, overview_sentence, view))

# 2. Every judged cell counted once; on the left what to decide, on the right the picture
show(drawn(here, overview.whole_page, view))
close_page(here, view)
