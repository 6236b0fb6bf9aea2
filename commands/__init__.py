"""The administrator's commands: one module for what belongs together, all called from manage.py."""
