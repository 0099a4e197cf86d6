"""Integrals of smooth curves by halving panels until two looks agree.

Gauss-Legendre with 16 points a panel; a panel that disagrees with its two halves is halved again.
"""

import math
from collections.abc import Callable, Sequence
from itertools import pairwise

_POINTS = 16
_TOLERANCE = 1e-13
_MOST_PANELS = 5_000


def _legendre(order: int, at: float) -> tuple[float, float]:
    """Return the Legendre polynomial of *order* and its slope *at* a point."""
    before, value = 1.0, at
    for degree in range(2, order + 1):
        before, value = value, ((2 * degree - 1) * at * value - (degree - 1) * before) / degree
    return value, order * (at * value - before) / (at * at - 1)


def _gauss(order: int) -> tuple[tuple[float, float], ...]:
    """Return the points and weights of Gauss-Legendre of an even *order* on -1 to 1."""
    found = []
    for place in range(1, order // 2 + 1):
        point = math.cos(math.pi * (place - 0.25) / (order + 0.5))
        for _ in range(20):
            value, slope = _legendre(order, point)
            point -= value / slope
        _, slope = _legendre(order, point)
        weight = 2 / ((1 - point * point) * slope * slope)
        found += [(point, weight), (-point, weight)]
    return tuple(found)


_GAUSS = _gauss(_POINTS)


def _panel(curve: Callable[[float], float], start: float, end: float) -> float:
    middle, half = (start + end) / 2, (end - start) / 2
    return half * math.fsum(weight * curve(middle + half * point) for point, weight in _GAUSS)


def integrate(curve: Callable[[float], float], edges: Sequence[float]) -> float:
    """Return the integral of *curve* from the first to the last of the rising *edges*.

    *curve* is smooth and 0 or more between any two edges; the result is good to about twelve
    digits. Edges that do not rise add nothing.
    """
    waiting = [
        (start, end, _panel(curve, start, end)) for start, end in pairwise(edges) if end > start
    ]
    scale = math.fsum(whole for _, _, whole in waiting)
    done: list[float] = []
    for _ in range(_MOST_PANELS):
        if not waiting:
            break
        start, end, whole = waiting.pop()
        middle = (start + end) / 2
        left, right = _panel(curve, start, middle), _panel(curve, middle, end)
        scale = max(scale, left + right)
        if abs(left + right - whole) <= _TOLERANCE * scale or not start < middle < end:
            done.append(left + right)
        else:
            waiting += [(start, middle, left), (middle, end, right)]
    return math.fsum(done) + math.fsum(whole for _, _, whole in waiting)
