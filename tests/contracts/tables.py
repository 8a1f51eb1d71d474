"""The contract tables: one row per penalty and per descent method of regmath.

A new penalty or method needs a row here; `test_tables.py` fails until it has one.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

import regmath
from regmath import L0, L1, L2, MCP, SCAD, ElasticNet, Penalty

# Name of the exported class -> the instances, at lam = 1, that stand for it.
PENALTIES: dict[str, list[Penalty]] = {
    "L0": [L0(1.0)],
    "L1": [L1(1.0)],
    "L2": [L2(1.0)],
    "ElasticNet": [ElasticNet(1.0, ratio) for ratio in (0.0, 0.3, 1.0)],
    "MCP": [MCP(1.0), MCP(1.0, 1.2)],
    "SCAD": [SCAD(1.0), SCAD(1.0, 2.1)],
}


#: those that have one optimum, which the solvers find and descent ends at, and a ball
CONVEX = [penalty for rows in PENALTIES.values() for penalty in rows if penalty.convex]


@dataclass(frozen=True)
class Method:
    """How to run a method: `run(loss, penalty, start)` with a step size that converges."""

    run: Callable
    penalized: bool = True  # it minimises loss + penalty and ends at the exact optimum
    monotone: bool = False


LEVEL = 0.7


def _half(loss):
    return 0.5 / np.asarray(loss.smoothness)


def _parts(loss):
    """Two losses whose mean has the loss's gradient, each with a minimiser of its own."""
    if not isinstance(loss, regmath.Quadratic):
        return [loss, loss]
    return [regmath.Quadratic(loss.hessian, loss.center + off) for off in (0.5, -0.5)]


METHODS: dict[str, Method] = {
    "gradient_descent": Method(
        lambda loss, penalty, start: regmath.gradient_descent(loss, start, _half(loss)),
        penalized=False,
        monotone=True,
    ),
    "subgradient_descent": Method(
        lambda loss, penalty, start: regmath.subgradient_descent(
            loss, penalty, start, _half(loss)
        ),
        penalized=False,
    ),
    "ista": Method(regmath.ista, monotone=True),
    "fista": Method(regmath.fista),
    "projected_gradient": Method(
        lambda loss, penalty, start: regmath.projected_gradient(
            loss, penalty, LEVEL, start, _half(loss)
        ),
        penalized=False,
    ),
    "coordinate_descent": Method(regmath.coordinate_descent, monotone=True),
    "momentum": Method(
        lambda loss, penalty, start: regmath.momentum(loss, start, _half(loss), 0.6),
        penalized=False,
    ),
    "nesterov": Method(
        lambda loss, penalty, start: regmath.nesterov(loss, start, _half(loss), 0.6),
        penalized=False,
    ),
    "sgd": Method(
        lambda loss, penalty, start: regmath.sgd(_parts(loss), start, _half(loss), seed=3),
        penalized=False,
    ),
    "adam": Method(
        lambda loss, penalty, start: regmath.adam(loss, start, 0.05), penalized=False
    ),
    "adamw": Method(
        # A step that takes off more than the whole weight would turn it over and over.
        lambda loss, penalty, start: regmath.adamw(
            loss, start, 0.05, weight_decay=min(2.0 * penalty.lam, 10.0)
        ),
        penalized=False,
    ),
}
