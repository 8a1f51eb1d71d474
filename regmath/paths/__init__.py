"""Paths: the optimum as a function of `lambda`, computed once for all of them."""

from regmath.paths.lasso import LassoPath, lasso_path
from regmath.paths.ridge import ridge_path

__all__ = ["LassoPath", "lasso_path", "ridge_path"]
