"""Exact optima, contours, and normal cones: what the pictures of regularization show."""

from regmath.geometry.cone import in_normal_cone, normal_cone, normal_cone_distance, tangency
from regmath.geometry.corner import corner_lambdas
from regmath.geometry.half_planes import half_plane_edges, half_planes
from regmath.geometry.knots import planar_knots
from regmath.geometry.l1_level_set import l1_level_sets
from regmath.geometry.level_set import level_set, level_sets
from regmath.geometry.lq_ball import LqBall
from regmath.geometry.objective_gap import objective_gap
from regmath.geometry.optimum import (
    Optimum,
    budget_from_lambda,
    constrained_optimum,
    lambda_from_budget,
    penalized_optima,
    penalized_optimum,
)
from regmath.geometry.tips import magnified_tip, tip_angle, tip_tangent
from regmath.geometry.zones import zero_zones

__all__ = [
    "LqBall",
    "Optimum",
    "budget_from_lambda",
    "constrained_optimum",
    "corner_lambdas",
    "half_plane_edges",
    "half_planes",
    "in_normal_cone",
    "l1_level_sets",
    "lambda_from_budget",
    "level_set",
    "level_sets",
    "magnified_tip",
    "normal_cone",
    "normal_cone_distance",
    "objective_gap",
    "penalized_optima",
    "penalized_optimum",
    "planar_knots",
    "tangency",
    "tip_angle",
    "tip_tangent",
    "zero_zones",
]
