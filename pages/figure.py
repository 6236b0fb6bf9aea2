"""One figure: why it has its colour, its year against the plan, what it is made of, every version of it."""

from ui import guard, screens
from ui.panels import figure
from ui.views import present

here = guard.require("figure")
present(here, screens.figure_upper)
figure.chart(here)
present(here, screens.figure_lower)
