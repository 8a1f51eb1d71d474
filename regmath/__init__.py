"""The mathematics of regularization: losses, penalties, descent, geometry, certificates."""

from regmath._arrays import Array
from regmath.certificates import (
    constrained_duality_gap,
    constrained_kkt_residual,
    duality_gap,
    kkt_residual,
)
from regmath.conventions import NOTATIONS, Notation, convert, convert_elastic_net
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
from regmath.dropout import (
    Moments,
    dropout_covariance,
    dropout_moments,
    dropout_optima,
    dropout_quadratic,
)
from regmath.errors import SeparableError, UncertifiedError
from regmath.filters import descent_filter, ridge_distance, ridge_filter
from regmath.freedom import (
    lasso_freedom,
    measured_freedom,
    relaxed_fits,
    ridge_freedom,
    ridge_leverages,
)
from regmath.geometry import (
    LqBall,
    Optimum,
    budget_from_lambda,
    constrained_optimum,
    corner_lambdas,
    half_plane_edges,
    half_planes,
    in_normal_cone,
    l1_level_sets,
    lambda_from_budget,
    level_set,
    level_sets,
    magnified_tip,
    normal_cone,
    normal_cone_distance,
    objective_gap,
    penalized_optima,
    penalized_optimum,
    planar_knots,
    tangency,
    tip_angle,
    tip_tangent,
    zero_zones,
)
from regmath.logistic import Logistic
from regmath.logistic_knots import logistic_knots
from regmath.losses import LeastSquares, Loss, Quadratic
from regmath.noise import noise_moments, noise_quadratic, ridge_rows
from regmath.paths import (
    Absence,
    ElasticNetPath,
    LassoPath,
    NearlyDependent,
    RidgeRefits,
    elastic_net_path,
    lasso_path,
    longest_absence,
    ridge_fit,
    ridge_path,
)
from regmath.paths.triangle import triangle
from regmath.penalties.base import Penalty
from regmath.penalties.elastic_net import ElasticNet
from regmath.penalties.l0 import L0
from regmath.penalties.l1 import L1
from regmath.penalties.l2 import L2
from regmath.penalties.mcp import MCP
from regmath.penalties.norm_ball import NormBall
from regmath.penalties.scad import SCAD
from regmath.penalties.soft_threshold import soft_threshold
from regmath.posterior import PosteriorMean, laplace_mean, laplace_posterior_mean
from regmath.proximal_newton import logistic_optima, logistic_optimum
from regmath.risk import lasso_risk, ridge_risk
from regmath.separation import separating_direction
from regmath.statistics import ridge_bias_variance, standardize, unstandardize
from regmath.validation import (
    CrossValidation,
    HeldOut,
    Split,
    held_out_rows,
    lasso_fit,
    ridge_null_from,
    split_rows,
)

__all__ = [
    "L0",
    "L1",
    "L2",
    "MCP",
    "NOTATIONS",
    "SCAD",
    "Absence",
    "Array",
    "CrossValidation",
    "ElasticNet",
    "ElasticNetPath",
    "FistaState",
    "HeldOut",
    "LassoPath",
    "LeastSquares",
    "Logistic",
    "Loss",
    "LqBall",
    "Moments",
    "NearlyDependent",
    "NormBall",
    "Notation",
    "Optimum",
    "Penalty",
    "PosteriorMean",
    "Quadratic",
    "RidgeRefits",
    "SeparableError",
    "Split",
    "State",
    "UncertifiedError",
    "adam",
    "adamw",
    "budget_from_lambda",
    "constrained_duality_gap",
    "constrained_kkt_residual",
    "constrained_optimum",
    "convert",
    "convert_elastic_net",
    "coordinate_descent",
    "corner_lambdas",
    "descent_filter",
    "dropout_covariance",
    "dropout_moments",
    "dropout_optima",
    "dropout_quadratic",
    "duality_gap",
    "elastic_net_path",
    "fista",
    "gradient_descent",
    "half_plane_edges",
    "half_planes",
    "held_out_rows",
    "in_normal_cone",
    "ista",
    "kkt_residual",
    "l1_level_sets",
    "lambda_from_budget",
    "laplace_mean",
    "laplace_posterior_mean",
    "lasso_fit",
    "lasso_freedom",
    "lasso_path",
    "lasso_risk",
    "level_set",
    "level_sets",
    "logistic_knots",
    "logistic_optima",
    "logistic_optimum",
    "longest_absence",
    "magnified_tip",
    "measured_freedom",
    "momentum",
    "nesterov",
    "noise_moments",
    "noise_quadratic",
    "normal_cone",
    "normal_cone_distance",
    "objective_gap",
    "penalized_optima",
    "penalized_optimum",
    "planar_knots",
    "projected_gradient",
    "record",
    "relaxed_fits",
    "ridge_bias_variance",
    "ridge_distance",
    "ridge_filter",
    "ridge_fit",
    "ridge_freedom",
    "ridge_leverages",
    "ridge_null_from",
    "ridge_path",
    "ridge_risk",
    "ridge_rows",
    "separating_direction",
    "sgd",
    "soft_threshold",
    "split_rows",
    "standardize",
    "subgradient_descent",
    "tangency",
    "tip_angle",
    "tip_tangent",
    "trajectory",
    "triangle",
    "unstandardize",
    "until",
    "zero_zones",
]
