"""Penalties, one per file."""

from regmath.penalties.base import Penalty
from regmath.penalties.elastic_net import ElasticNet
from regmath.penalties.l1 import L1
from regmath.penalties.l2 import L2
from regmath.penalties.soft_threshold import soft_threshold

__all__ = ["L1", "L2", "ElasticNet", "Penalty", "soft_threshold"]
