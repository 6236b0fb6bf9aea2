"""An invented county, the same each time, that looks and behaves like a real one."""

from demo.county import SEED, batches, records
from demo.loading import DemoAlreadyThere, load

__all__ = ["SEED", "DemoAlreadyThere", "batches", "load", "records"]
