"""Penalties, one per file, and the norm balls that some of them bound."""

from regmath.penalties.base import Penalty
from regmath.penalties.elastic_net import ElasticNet
from regmath.penalties.l0 import L0
from regmath.penalties.l1 import L1
from regmath.penalties.l2 import L2
from regmath.penalties.mcp import MCP
from regmath.penalties.norm_ball import NormBall
from regmath.penalties.scad import SCAD
from regmath.penalties.soft_threshold import soft_threshold

__all__ = [
    "L0",
    "L1",
    "L2",
    "MCP",
    "SCAD",
    "ElasticNet",
    "NormBall",
    "Penalty",
    "soft_threshold",
]
