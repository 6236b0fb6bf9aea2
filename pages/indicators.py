"""指标: every figure of the county with its forecast, or one with its year, its townships and its villages."""

from ui import guard, screens
from ui.panels import figure
from ui.views import present

here = guard.require("indicators")
present(here, screens.indicators_upper)
figure.chart(here)
present(here, screens.indicators_lower)
