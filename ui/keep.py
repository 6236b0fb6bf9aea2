"""What has been made of the data, kept by key: made once, by one thread at a time.

Streamlit's own cache is not used for this: its lock on each key stands inside whatever makes another
key, so that two readers could wait for each other for ever, and it hashes every key anew on every run.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock, RLock
from typing import TypeVar, cast

T = TypeVar("T")
# Threads that compute side by side hand the interpreter to and fro and wait more than they work: one
# makes at a time, and whoever finds a thing kept waits for nobody.
MAKER = RLock()
_NOTHING = object()


class Keep:
    """The things used most recently, at most `size` of them. Nothing that is kept may be changed."""

    def __init__(self, size: int) -> None:
        """Keep nothing yet."""
        self._size = size
        self._held: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The thing of this key, made now if it is not kept; what `make` raises is not kept."""
        held = self._look(key)
        if held is _NOTHING:
            with MAKER:
                held = self._look(key)
                if held is _NOTHING:
                    held = make()
                    self._put(key, held)
        return cast("T", held)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._held.clear()

    def _look(self, key: Hashable) -> object:
        with self._lock:
            held = self._held.get(key, _NOTHING)
            if held is not _NOTHING:
                self._held.move_to_end(key)
            return held

    def _put(self, key: Hashable, held: object) -> None:
        with self._lock:
            self._held[key] = held
            while len(self._held) > self._size:
                self._held.popitem(last=False)
