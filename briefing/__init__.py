"""Facts meet formulas: the judged view of a county on a day that pages, commands and notices all read."""
