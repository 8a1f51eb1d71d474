"""Paths: the optimum as a function of `lambda`, computed once for all of them."""

from regmath.paths.absence import Absence, longest_absence
from regmath.paths.dependence import NearlyDependent
from regmath.paths.elastic_net import ElasticNetPath, elastic_net_path
from regmath.paths.lasso import LassoPath, lasso_path
from regmath.paths.refits import RidgeRefits
from regmath.paths.ridge import ridge_fit, ridge_path

__all__ = [
    "Absence",
    "ElasticNetPath",
    "LassoPath",
    "NearlyDependent",
    "RidgeRefits",
    "elastic_net_path",
    "lasso_path",
    "longest_absence",
    "ridge_fit",
    "ridge_path",
]
