"""Parameters that the tests of the corner scene run through."""

#: parameters that together reach every case of an optimum
CASES = {
    "default": {},
    "edge": {"lam": 0.2},
    "origin": {"lam": 2.4},
    "free": {"lam": 0},
    "axis": {"rho": 0, "center": (0, 2)},
    "budget": {"budget": 0.8, "curvature": (3, 0.4), "center": (-2, 1), "rho": -0.6},
    "data": {"data": "diabetes"},
    "outside": {"start": (1.5, 1.0)},
    "ista": {"method": "ista"},
    "coordinate": {"rho": 0.9, "center": (2, -0.5), "method": "coordinate"},
}
