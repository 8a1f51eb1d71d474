"""Feature selection: as lambda grows, L1 drops features one by one and L2 keeps them all."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

import regmath as rm
from regviz.lessons import feature_story
from regviz.lessons.few_or_many import WORLDS, World, WorldDrawn, few_or_many
from regviz.lessons.held_out import Folds, HeldOut
from regviz.lessons.knob_groups import PathKnobs
from regviz.lessons.markup import literal
from regviz.lessons.numbers import to_digits
from regviz.lessons.paths_drawn import Bars, Paths
from regviz.lessons.picture import Driver, nearest
from regviz.lessons.sides import PENALTIES, gathered
from regviz.lessons.story import Voice
from regviz.lessons.told_apart import told_apart
from regviz.lessons.validation import both_validated, choices
from regviz.lessons.weight_paths import BothPaths, both_paths, lasso_on, path_grid, strengths

if TYPE_CHECKING:
    from regviz.lessons.picture import Picture, Positions, Said
    from regviz.lessons.story import Story

TOPIC = "features"
NEEDS = ("l1-loss", "l2-loss")
ORDER = 80

say = Voice("feature-selection")

#: the paths reach as far as lambda ever does, by its bounds
STRONGEST = 130.0


@dataclass(frozen=True)
class Parameters(PathKnobs):
    """Knobs of the feature-selection lesson."""


@dataclass(frozen=True, kw_only=True)
class FeatureSelection(BothPaths):
    """Both paths over all features of a data set, standardized.

    Attributes
    ----------
    held_out
        By penalty: the error in cross-validation, in units of the target's variance, at
        strengths from next to none to where both choices are decided, equally far.
    kept
        By penalty: how many weights are not 0 at the strength of the least error, and at the
        one that the one-standard-error rule chooses.
    worlds
        A world in which few features matter, and one in which many do: which penalty errs
        less in each.
    """

    held_out: Mapping[str, rm.CrossValidation]
    kept: Mapping[str, tuple[int, int]]
    worlds: tuple[World, World]

    @property
    def gone_from(self) -> float:
        """The strength from which on L1 keeps nothing, rounded up to two digits, to be told."""
        power = math.floor(math.log10(self.lasso.lambda_max)) - 1
        return to_digits(math.ceil(self.lasso.lambda_max / 10.0**power) * 10.0**power, 2)


def exhibit(parameters: Parameters) -> FeatureSelection:
    """Compute both paths.

    Raises
    ------
    BadInput
        If the data cannot be used.
    """
    given = lasso_on(parameters)
    design, X, y, lasso, still, _ = given
    with told_apart(design.features):
        held_out = both_validated(X, y)
    lambdas = strengths(lasso, still)
    grid = path_grid(lasso, float(lambdas[0]), STRONGEST)
    at, ridge = int(np.searchsorted(lambdas, still)), rm.ridge_fit(X, y)
    found = both_paths(parameters, given, lambdas, at, grid, lam=still)
    fits = {"l1": lasso.at, "l2": ridge}

    def kept(name: str, lam: float) -> int:
        """Return how many weights are not 0; at an infinite strength all are."""
        return int(np.count_nonzero(fits[name](np.array([lam])))) if lam < math.inf else 0

    return FeatureSelection(
        lesson="feature-selection",
        held_out=held_out,
        kept={
            name: (kept(name, each.chosen[0]), kept(name, each.chosen[1]))
            for name, each in held_out.items()
        },
        worlds=few_or_many(),
        **found,
    )


def claims(exhibit: FeatureSelection, at: Positions) -> dict[str, Said]:
    """Return what is true at these positions, and what cross-validation chooses."""
    lam, n = float(exhibit.lambdas[at["lam"]]), len(exhibit.features)
    zeros = {name: int(exhibit.n_zeros[name][at["lam"]]) for name in PENALTIES}
    said = {
        f"verdict-{name}": say(f"claim.{name}", zeros=zeros[name], n=n) for name in PENALTIES
    }
    kind = "gone" if lam >= exhibit.lasso.lambda_max else "left"
    target = literal(exhibit.target)
    said["foot-lam"] = say(f"claim.lam.{kind}", lam=lam, gone=exhibit.gone_from, target=target)
    shown = {"rows": len(exhibit.rows), "drawn": len(exhibit.drawn), "n": n}
    said["foot-drawn"] = say(f"claim.drawn.{exhibit.extent}", **shown)
    for name in PENALTIES:
        said |= _choice(exhibit, name)
    return said | {"alt": say("alt", lam=lam, n=n, **zeros)}


def _choice(exhibit: FeatureSelection, name: str) -> dict[str, Said]:
    """Return what cross-validation says of a penalty: the least error, and with the rule."""
    kind, told = choices(exhibit.held_out[name], *exhibit.kept[name])
    of = "found" if "least" in told else "useless"
    own, n = name.upper(), len(exhibit.features)
    return {
        f"least-{name}": say(f"claim.least.{of}", penalty=own, n=n, **told),
        f"foot-{name}": say(f"claim.choice.{kind}", penalty=own, n=n, **told),
    }


def picture(exhibit: FeatureSelection) -> Picture:
    """Describe the weights of both penalties as bars and paths, and what tells which to use."""
    own, folds = exhibit.lesson, np.arange(1.0, len(exhibit.held_out["l1"].errors) + 1.0)
    paths = [Paths(exhibit, name, gone=exhibit.gone_from) for name in PENALTIES]
    bars = [Bars(exhibit, name) for name in PENALTIES]
    held_out = [HeldOut(own, name, exhibit.held_out, swept(exhibit)) for name in PENALTIES]
    worlds = [WorldDrawn(own, name, exhibit.worlds) for name in WORLDS]
    return gathered(
        [*paths, *bars, *held_out, Folds(own, exhibit.n_rows, len(folds)), *worlds],
        free=("bars", "paths"),
        readouts=(exhibit.readout(),),
        drivers=(
            exhibit.driver(paths[0].now.round(3)),
            Driver("fold", folds, 0, told=True),
            Driver("closer", np.array([0.0, 1.0]), 0, told=True),
        ),
        says=("verdict-l1", "verdict-l2", "foot-lam", "foot-drawn", "foot-l1", "foot-l2"),
        presets=_presets(exhibit),
    )


def _presets(exhibit: FeatureSelection) -> dict[str, dict[str, float]]:
    """Return what cross-validation chooses for L1, if it chooses, and the last one left."""
    found, left = (
        exhibit.held_out["l1"],
        np.flatnonzero(exhibit.n_zeros["l1"] < len(exhibit.features)),
    )
    chosen, lambdas = zip(("least", "rule"), found.chosen, strict=True), exhibit.lambdas
    at = {name: nearest(lambdas, lam) for name, lam in chosen if lam <= lambdas[-1]}
    return {name: {"lam": float(lambdas[i])} for name, i in (at | {"last": left[-1]}).items()}


def swept(exhibit: FeatureSelection) -> tuple[float, float]:
    """Return the ends of the strengths of which weights are shown."""
    return float(exhibit.grid[0]), 2.0 * exhibit.lasso.lambda_max


def story(exhibit: FeatureSelection) -> Story:
    """Tell what lambda does to all weights, where each penalty errs less, and how to choose."""
    said = claims(exhibit, {"lam": exhibit.at})
    return feature_story.story(exhibit, picture(exhibit), said)
