"""How a total is shared out: whole multiples, nothing lost, the largest remainders first."""

from collections.abc import Sequence


def share_out(total: int, weights: Sequence[float], quantum: int = 1) -> list[int]:
    """Parts that add to `total`, in proportion to the weights, each a multiple of `quantum`.

    What is less than one quantum goes to the first part with a weight. ValueError if nobody has one.
    """
    whole = sum(weights)
    if whole <= 0:
        raise ValueError("nobody to share with")
    pieces = total // quantum
    exact = [pieces * weight / whole for weight in weights]
    parts = [int(value) for value in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in by_remainder[: pieces - sum(parts)]:
        parts[i] += 1
    shared = [part * quantum for part in parts]
    first = next(i for i, weight in enumerate(weights) if weight > 0)
    shared[first] += total - pieces * quantum
    return shared
