"""What the solvers need to know of a loss and a penalty: a few arrays and two numbers."""

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from regmath.losses import LeastSquares, Quadratic
from regmath.penalties.elastic_net import ElasticNet
from regmath.penalties.l1 import L1
from regmath.penalties.l2 import L2

Mask: TypeAlias = NDArray[np.bool_]
QuadraticLoss: TypeAlias = Quadratic | LeastSquares
NormPenalty: TypeAlias = L1 | L2 | ElasticNet


class Mix(NamedTuple):
    """A penalty as `lam * (l1 |w|_1 + l2 |w|_2**2)`."""

    l1: float
    l2: float


def mix_of(penalty: NormPenalty) -> Mix:
    """Return the two coefficients of a penalty at `lam = 1`."""
    match penalty:
        case L1():
            return Mix(1.0, 0.0)
        case L2():
            return Mix(0.0, 1.0)
        case ElasticNet():
            return Mix(penalty.l1_ratio, 1.0 - penalty.l1_ratio)
    raise TypeError(
        f"exact optima are known for L1, L2 and ElasticNet, not for {type(penalty).__name__}"
    )


def quadratic_of(loss: QuadraticLoss) -> Quadratic:
    """Return the loss as a `Quadratic`."""
    if isinstance(loss, Quadratic):
        return loss
    if isinstance(loss, LeastSquares):
        return loss.quadratic()
    raise TypeError(f"this needs a quadratic loss, and {type(loss).__name__} is not one")
