"""Keep what is computed from a briefing for as long as the briefing itself is kept."""

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Keeper(Protocol):
    """Anything that never changes and has a place to keep what was computed from it."""

    @property
    def kept(self) -> dict[Hashable, object]:
        """What was computed so far."""


K = TypeVar("K", bound=Keeper)


def once(compute: Callable[Concatenate[K, P], T]) -> Callable[Concatenate[K, P], T]:
    """Compute once for each briefing and further (hashable) arguments; the result is shared, never changed."""

    @wraps(compute)
    def kept(keeper: K, /, *args: P.args, **kwargs: P.kwargs) -> T:
        key = (compute.__module__, compute.__qualname__, args, tuple(sorted(kwargs.items())))
        if key not in keeper.kept:
            keeper.kept[key] = compute(keeper, *args, **kwargs)
        return keeper.kept[key]  # type: ignore[return-value]

    return kept


def keep(compute: Callable[..., T], keeper: Keeper, value: T) -> None:
    """Put a result in the place of what `compute` (made with `once`) would find for a keeper alone."""
    keeper.kept[compute.__module__, compute.__qualname__, (), ()] = value
