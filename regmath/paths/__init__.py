"""Paths: the optimum as a function of `lambda`, computed once for all of them."""

from regmath.paths.dependence import NearlyDependent
from regmath.paths.lasso import LassoPath, lasso_path
from regmath.paths.ridge import ridge_fit, ridge_path

__all__ = ["LassoPath", "NearlyDependent", "lasso_path", "ridge_fit", "ridge_path"]
