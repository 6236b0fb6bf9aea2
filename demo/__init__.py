"""An invented county, the same each time, that looks and behaves like a real one."""
