"""会议模式: one question a slide, from an agenda, the same figures however long the meeting lasts."""

from ui import guard
from ui.meeting import page

here = guard.require("meeting")
page.draw(here)
