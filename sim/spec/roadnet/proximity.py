"""The Gabriel graph: which of many points are neighbors, so that roads between neighbors make a planar net."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def gabriel_edges(points: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Return the pairs of points between which no third point lies inside the circle over the two.

    After Gabriel and Sokal (1969). It holds the shortest tree over all points, so it is connected, and no two of its
    edges cross. In whole numbers the result is exact: the same on every machine.

    Args:
        points: Different points as whole coordinates below 10⁹, one row each.
    """
    edges = []
    for here in range(len(points)):
        offset = points - points[here]
        squared = (offset * offset).sum(axis=1)
        order = np.argsort(squared, kind="stable")[1:]
        alive = order
        for other in order.tolist():
            if squared[other] > squared[alive[-1]]:
                break
            alive = alive[offset[alive] @ offset[other] <= squared[other]]
        edges += [(here, int(other)) for other in alive if here < other]
    return sorted(edges)
