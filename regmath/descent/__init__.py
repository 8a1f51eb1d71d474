"""Descent methods, one per file, and what records and stops them."""

from regmath.descent.coordinate_descent import coordinate_descent
from regmath.descent.fista import FistaState, fista
from regmath.descent.gradient_descent import gradient_descent
from regmath.descent.ista import ista
from regmath.descent.projected_gradient import projected_gradient
from regmath.descent.record import record, trajectory, until
from regmath.descent.state import State
from regmath.descent.subgradient_descent import subgradient_descent

__all__ = [
    "FistaState",
    "State",
    "coordinate_descent",
    "fista",
    "gradient_descent",
    "ista",
    "projected_gradient",
    "record",
    "subgradient_descent",
    "trajectory",
    "until",
]
