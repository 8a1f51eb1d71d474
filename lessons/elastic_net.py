"""The elastic net: all penalties between L1 and L2, and what they make of groups."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property, partial
from itertools import chain

import numpy as np

import regmath as rm
from regviz.lessons.base import Exhibit
from regviz.lessons.data import read_design
from regviz.lessons.data.frames import Frame
from regviz.lessons.elastic_net_told import ALIKE, RATIOS, claims, picture, story
from regviz.lessons.errors import BadInput
from regviz.lessons.fitted import certified, of_data
from regviz.lessons.knob_groups import DataKnobs
from regviz.lessons.numbers import snap, to_digits
from regviz.lessons.parameters import File, Number, Strength, knob
from regviz.lessons.picture import Positions, with_own
from regviz.lessons.told_apart import told_apart
from regviz.lessons.two_weights import LARGEST_CORRELATION, most_alike, refuse_strays
from regviz.lessons.weight_paths import survival

__all__ = ["Net", "Parameters", "claims", "exhibit", "picture", "story"]

TOPIC = "features"
NEEDS = ("twin-features", "lq-balls")
ORDER = 180

#: strengths from so much below the lasso's largest to so much above, and how many
BELOW, ABOVE, STEPS = 30.0, 4.0, 45
#: the still's strength in shares of that, if none is asked for
STILL = 0.45
#: of more features no more are drawn
MOST = 12
#: the made data: rows, correlation in a group, what of the target each independent part makes
ROWS, RHO = 60, 0.9
SHARED, OWN = (0.62, -0.48), (0.24, 0.12, 0.06, -0.06, -0.22, -0.11)
OTHERS = (0.10, -0.08, 0.06, -0.04)
NAMES = ("a1", "a2", "a3", "b1", "b2", "b3", "c", "d", "e", "f")


@dataclass(frozen=True)
class Parameters(DataKnobs):
    """Knobs of the net; by default the data are made, with two groups of three features."""

    lam: float | None = knob(
        None, Strength(0.0001, 100.0), "penalty strength of the still picture"
    )
    l1_ratio: float = knob(
        0.5, Number(0.1, 0.9), "share of L1 in the still picture; the rest is L2"
    )
    data: str | Frame | None = knob(None, File(), "learn from these data, not from made ones")


@dataclass(frozen=True, kw_only=True)
class Net(Exhibit):
    """Weights of all features at every share of L1 and every strength.

    Attributes
    ----------
    features
        Names of the columns.
    groups
        Columns that correlate, each with another of its group; the first has the column that
        survives longest under L1.
    rows
        Columns that are drawn: groups first, then those that survive longest.
    loss
        Least squares on all features, standardized.
    ratios, lambdas
        Shares of L1 and strengths to move through, ascending.
    at
        Positions of the parameters' own, by driver.
    even
        Strengths between which paths are drawn whatever is asked for: all others of `lambdas`.
    nets
        The path of each share.
    weights
        Shape `(n_ratios, n_lambdas, n_features)`.
    twins, pair
        Two columns that are much alike, and the loss of these alone.
    optima
        Its optima, shape `(n_ratios, n_lambdas, 2)`.
    usual
        The strength that is looked at unless another is asked for.
    """

    features: tuple[str, ...]
    groups: tuple[tuple[int, ...], ...]
    rows: tuple[int, ...]
    loss: rm.LeastSquares
    ratios: rm.Array
    lambdas: rm.Array
    even: rm.Array
    at: Positions
    nets: tuple[rm.ElasticNetPath, ...]
    weights: rm.Array
    twins: tuple[int, int]
    pair: rm.Quadratic
    optima: rm.Array
    usual: float

    @property
    def members(self) -> list[int]:
        """All columns that are in groups."""
        return list(chain(*self.groups))

    @property
    def peak(self) -> float:
        """The strength from which on the lasso keeps nothing."""
        return self.nets[-1].lambda_max

    @cached_property
    def grid(self) -> rm.Array:
        """Strengths of the paths, as many for each share, with all knots between."""
        low, high = self.even[[0, -1]]
        knots = [net.lambdas[(net.lambdas > low) & (net.lambdas < high)] for net in self.nets]
        most = max(map(len, knots))
        fill = np.full(most, high)
        return np.stack([np.sort([*self.even, *own, *fill[len(own) :]]) for own in knots])

    @cached_property
    def paths(self) -> rm.Array:
        """Weights of the drawn features, shape `(n_ratios, n_grid, n_rows)`."""
        pairs = zip(self.nets, self.grid, strict=True)
        return np.stack([net.at(lams)[:, list(self.rows)] for net, lams in pairs])

    def kept(self, ratio: int, lam: int) -> tuple[int, int]:
        """Return how many features in groups, and how many others, have a weight."""
        is_kept = self.weights[ratio, lam] != 0.0
        inside = int(is_kept[self.members].sum())
        return inside, int(is_kept.sum()) - inside


def exhibit(parameters: Parameters) -> Net:
    """Compute all weights.

    Raises
    ------
    BadInput
        If the data cannot be used.
    """
    design, loss = None if parameters.data is None else read_design(parameters), _made()
    if design is None:
        refuse_strays(parameters)
    else:
        loss = rm.LeastSquares(rm.standardize(design.X), rm.standardize(design.y))
    features = NAMES if design is None else design.features
    fit = _made_net if design is None else partial(rm.elastic_net_path, loss.X, loss.y)
    share = snap(parameters.l1_ratio)
    ratios, at_share = with_own(RATIOS, share)
    with told_apart(features):
        nets = tuple(map(fit, ratios.tolist()))
    peak = nets[-1].lambda_max
    usual = to_digits(STILL * peak, 2)
    own = usual if parameters.lam is None else snap(parameters.lam)
    low, high = peak / BELOW, ABOVE * peak
    even = np.unique([to_digits(lam, 2) for lam in np.geomspace(low, high, STEPS)])
    lambdas, at_own = with_own(even, own)
    at = {"ratio": at_share, "lam": at_own}
    order = survival(nets[-1])
    groups = _groups(loss.hessian, order)
    twins = _twins(loss.hessian, groups)
    pair = rm.LeastSquares(loss.X[:, twins], loss.y).quadratic()
    penalties = [rm.ElasticNet(own, ratio) for ratio in ratios.tolist()]
    optima = np.stack([rm.penalized_optima(pair, each, lambdas) for each in penalties])
    weights = np.stack([net.at(lambdas) for net in nets])
    found = {name: weights[place, at["lam"]]
             for name, place in (("l1", -1), ("net", at["ratio"]), ("l2", 0))}  # fmt: skip
    return Net(
        **of_data(parameters, design, found, lam=own, l1_ratio=share),
        lesson="elastic-net",
        points={f"weights-{name}": each for name, each in found.items()},
        lam={"l1": own, "l2": own},
        budget={"l1": float(np.abs(found["l1"]).sum()),
                "l2": float(np.linalg.norm(found["l2"]))},
        certificate=certified(*(
            (of, penalty, each[at["lam"]])
            for of, every in ((loss, weights), (pair, optima))
            for penalty, each in zip(penalties, every, strict=True)
        )),
        features=features,
        groups=groups,
        # Groups first, then what survives longest.
        rows=tuple(dict.fromkeys([*chain(*groups), *order]))[:MOST],
        loss=loss,
        ratios=ratios,
        lambdas=lambdas,
        even=even,
        at=at,
        nets=nets,
        weights=weights,
        twins=twins,
        pair=pair,
        optima=optima,
        usual=usual,
    )  # fmt: skip


@cache
def _made() -> rm.LeastSquares:
    """Return the loss of features in two groups and of some that tell next to nothing.

    They are sums of cosines, which do not correlate over the rows: so the correlations are what
    they are said to be.
    """
    angles = np.pi * (np.arange(ROWS) + 0.5) / ROWS
    parts = np.sqrt(2.0) * np.cos(np.outer(angles, np.arange(1, 14)))
    alike, apart = np.sqrt(RHO), np.sqrt(1.0 - RHO)
    in_groups = [alike * parts[:, k // 3] + apart * parts[:, 2 + k] for k in range(6)]
    X = np.column_stack([*in_groups, *parts[:, 8:12].T])
    loads = np.array([*SHARED, *OWN, *OTHERS])
    rest = np.sqrt(1.0 - loads @ loads)
    return rm.LeastSquares(X, parts[:, :12] @ loads + rest * parts[:, 12])


@cache
def _made_net(ratio: float) -> rm.ElasticNetPath:
    """Return a path of the made data, which many exhibits share."""
    loss = _made()
    return rm.elastic_net_path(loss.X, loss.y, ratio)


def _groups(gram: rm.Array, order: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
    """Return columns that correlate, directly or by way of others; whose survives is first."""
    linked = np.linalg.matrix_power(np.abs(gram) >= ALIKE, len(gram))
    found = dict.fromkeys(tuple(np.flatnonzero(linked[column]).tolist()) for column in order)
    return tuple(group for group in found if len(group) > 1)


def _twins(gram: rm.Array, groups: tuple[tuple[int, ...], ...]) -> tuple[int, int]:
    """Return two columns of the first group, or elsewhere, that correlate most.

    Raises
    ------
    BadInput
        If all correlate so much that a plane cannot show their loss.
    """
    sizes = np.where(np.abs(gram) <= LARGEST_CORRELATION, np.abs(gram), 0.0)
    inside = np.isin(np.arange(len(gram)), groups[:1])
    found = most_alike(sizes * np.outer(inside, inside)) or most_alike(sizes)
    if found is None:
        raise BadInput(
            f"no two features correlate less than {LARGEST_CORRELATION}; give some that do."
        )
    return found
