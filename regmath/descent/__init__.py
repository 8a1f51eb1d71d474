"""Descent methods, one per file, and what records and stops them."""

from regmath.descent.adam import adam
from regmath.descent.adamw import adamw
from regmath.descent.coordinate_descent import coordinate_descent
from regmath.descent.fista import FistaState, fista
from regmath.descent.gradient_descent import gradient_descent
from regmath.descent.ista import ista
from regmath.descent.momentum import momentum
from regmath.descent.nesterov import nesterov
from regmath.descent.projected_gradient import projected_gradient
from regmath.descent.record import record, trajectory, until
from regmath.descent.sgd import sgd
from regmath.descent.state import State
from regmath.descent.subgradient_descent import subgradient_descent

__all__ = [
    "FistaState",
    "State",
    "adam",
    "adamw",
    "coordinate_descent",
    "fista",
    "gradient_descent",
    "ista",
    "momentum",
    "nesterov",
    "projected_gradient",
    "record",
    "sgd",
    "subgradient_descent",
    "trajectory",
    "until",
]
