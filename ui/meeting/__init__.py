"""会议模式: one question a slide, read from the back of a room, the same figures however long it lasts."""
