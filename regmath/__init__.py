"""The mathematics of regularization: losses, penalties, descent, geometry, certificates."""

from regmath.descent.coordinate_descent import coordinate_descent
from regmath.descent.fista import FistaState, fista
from regmath.descent.gradient_descent import gradient_descent
from regmath.descent.ista import ista
from regmath.descent.projected_gradient import projected_gradient
from regmath.descent.record import record, trajectory, until
from regmath.descent.state import State
from regmath.descent.subgradient_descent import subgradient_descent
from regmath.losses import LeastSquares, Loss, Quadratic
from regmath.paths import LassoPath, lasso_path, ridge_path
from regmath.penalties.base import Penalty
from regmath.penalties.elastic_net import ElasticNet
from regmath.penalties.l1 import L1
from regmath.penalties.l2 import L2
from regmath.penalties.soft_threshold import soft_threshold
from regmath.statistics import standardize

__all__ = [
    "L1",
    "L2",
    "ElasticNet",
    "FistaState",
    "LassoPath",
    "LeastSquares",
    "Loss",
    "Penalty",
    "Quadratic",
    "State",
    "coordinate_descent",
    "fista",
    "gradient_descent",
    "ista",
    "lasso_path",
    "projected_gradient",
    "record",
    "ridge_path",
    "soft_threshold",
    "standardize",
    "subgradient_descent",
    "trajectory",
    "until",
]
