"""Feature selection: every weight against lambda under L1 and L2, and how many are zero."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from regviz.figures.canvas import Box, Page, Panel, Picture
from regviz.figures.chart import Chart
from regviz.figures.plane import PATHS
from regviz.lessons.markup import literal
from regviz.lessons.names import short_names
from regviz.lessons.numbers import significant

if TYPE_CHECKING:
    from regviz.lessons.feature_selection import FeatureSelection

#: a marker has the shape of its penalty's ball
MARKERS = {"l1": "D", "l2": "o"}
#: size of a weight's marker, in body type sizes
WEIGHT = 0.42
#: shares of a panel's height: the weights above, the count below, and the gap between
ABOVE, BELOW = 0.66, 0.32
#: lengths of the lines from curves to their names, in note type sizes
JOINT = 1.6
#: where the count stands from its marker: clear of the upright and of the staircase
COUNTED = (50, -50, 130, -130, 30, 150)
#: air above and below the weights, and above the count, in parts of the whole
AIR = 0.06


def draw(exhibit: FeatureSelection, page: Page) -> Picture:
    """Draw both paths over one lambda, and the number of exact zeros below each.

    Artists are named `weight-`, `optimum-` and `zeros-`, each with `l1` or `l2`, the first two
    also with the feature's place in the data; `zero-` is the ring where weights are exactly 0,
    and `still-` the upright at the still's lambda.
    Of a wide file the features that survive longest are drawn, and said to be so many.
    A feature that L1 has dropped there is grey and dashed under L1, and thin under L2.
    """
    figure = page.figure()
    figure.title = page.text("feature-selection.figure.title")
    sentences = []
    for name, panel in zip(("l1", "l2"), page.panels(2), strict=True):
        sentences += _write(exhibit, name, page, figure, panel)
        chart = _draw_weights(exhibit, name, page, figure, panel.plane)
        _draw_count(exhibit, name, page, figure, panel.plane, chart)
    figure.description = " ".join(sentences)
    return figure


def _write(
    exhibit: FeatureSelection, name: str, page: Page, figure: Picture, panel: Panel
) -> list[str]:
    n_features, n_zeros = len(exhibit.features), int(exhibit.n_zeros[name][exhibit.at])
    values = {
        "n": n_features,
        "zeros": n_zeros,
        "drawn": len(exhibit.drawn),
        "named": len(exhibit.named),
        "kept": n_features - n_zeros,
        "lam": f"{exhibit.lam[name]:.4g}",
        "gone": f"{exhibit.gone_from:g}",
        "residual": significant(exhibit.certificate["kkt_residual"]),
    }
    heading, summary, foot = sentences = [
        page.text(f"feature-selection.figure.{line}", **values)
        for line in (f"heading.{name}", f"summary.{_shown(exhibit)}", f"foot.{name}")
    ]
    theme = page.theme
    page.write(figure, panel.heading, heading, getattr(theme, name), bold=True)
    page.write(figure, panel.summary, summary, theme.ink)
    page.write(figure, panel.foot, foot, theme.muted)
    return sentences


def _shown(exhibit: FeatureSelection) -> str:
    """Say whether all features are named, all drawn, or neither."""
    if len(exhibit.drawn) < len(exhibit.features):
        return "some"
    return "named" if len(exhibit.named) < len(exhibit.features) else "all"


def _draw_weights(
    exhibit: FeatureSelection, name: str, page: Page, figure: Picture, box: Box
) -> Chart:
    names = [
        literal(name) for name in short_names([exhibit.features[f] for f in exhibit.named])
    ]
    lambdas, weights = exhibit.lambdas, exhibit.weights[name]
    chart = Chart(
        page,
        figure,
        Box(box.left, box.bottom + (1 - ABOVE) * box.height, box.width, ABOVE * box.height),
        (lambdas[0], lambdas[-1]),
        _limits(exhibit),
        f"chart-weights-{name}",
        names=("", page.text("feature-selection.figure.weight")),
        log_x=True,
        x_ticks=(),
        cross=(None, 0.0),
        ends=[*names, page.text("feature-selection.figure.zeros")],
        ends_on="left",
        end_size="note",
        joint=JOINT,
    )
    for feature in reversed(exhibit.drawn):
        _draw_feature(exhibit, name, chart, feature)
    _draw_still(exhibit, chart)
    _mark_weights(exhibit, name, chart)
    chart.name_ends(
        [
            (float(weights[0, feature]), short, _color(exhibit, name, chart, feature))
            for feature, short in zip(exhibit.named, names, strict=True)
        ]
    )
    _name_still(exhibit, name, chart)
    return chart


def _limits(exhibit: FeatureSelection) -> tuple[float, float]:
    """Return limits for the weights, the same under both penalties."""
    both = np.concatenate(list(exhibit.weights.values()))[:, exhibit.drawn]
    low, high = min(0.0, float(both.min())), max(0.0, float(both.max()))
    return low - AIR * (high - low), high + AIR * (high - low)


def _is_gone(exhibit: FeatureSelection, name: str, feature: int) -> bool:
    return name == "l1" and feature not in exhibit.survivors


def _color(exhibit: FeatureSelection, name: str, chart: Chart, feature: int) -> str:
    theme = chart.page.theme
    gone = _is_gone(exhibit, name, feature)
    color: str = theme.muted if gone else getattr(theme, name)
    return color


def _draw_feature(exhibit: FeatureSelection, name: str, chart: Chart, feature: int) -> None:
    gone = _is_gone(exhibit, name, feature)
    is_strong = feature in exhibit.survivors
    chart.curve(
        exhibit.lambdas,
        exhibit.weights[name][:, feature],
        gid=f"weight-{name}-{feature}",
        color=_color(exhibit, name, chart, feature),
        width=1.2 if is_strong else 0.6,
        dashes=(4.0, 2.0) if gone else None,
        zorder=PATHS + (0.5 if is_strong else 0.0),
    )


def _mark_weights(exhibit: FeatureSelection, name: str, chart: Chart) -> None:
    """Mark the named weights at the still's strength, those that survive longest on top."""
    weights = exhibit.weights[name][exhibit.at]
    style: dict[str, Any] = {"marker": MARKERS[name], "size": WEIGHT}
    places = {at: np.array([exhibit.lambdas[exhibit.at], weights[at]]) for at in exhibit.named}
    for feature in reversed(exhibit.named):
        chart.marker(
            places[feature],
            gid=f"optimum-{name}-{feature}",
            **style,
            **_marking(exhibit, name, chart, feature),
        )
    zeros = [feature for feature in exhibit.named if weights[feature] == 0.0]
    if zeros:
        # The ring once more: a weight close to 0 must not hide that others are exactly 0.
        color = _color(exhibit, name, chart, zeros[0])
        chart.marker(places[zeros[0]], gid=f"zero-{name}", color=color, fill="none", **style)


def _marking(
    exhibit: FeatureSelection, name: str, chart: Chart, feature: int
) -> dict[str, str]:
    """Return a marker's colours: a weight that is exactly 0 is hollow."""
    color, ground = _color(exhibit, name, chart, feature), chart.page.theme.background
    if exhibit.weights[name][exhibit.at, feature] == 0.0:
        return {"color": color, "fill": ground}
    return {"color": ground, "fill": color}


def _draw_still(exhibit: FeatureSelection, chart: Chart) -> None:
    chart.rule(
        gid=f"still-{chart.axes.get_gid()}",
        color=chart.page.theme.ink,
        x=float(exhibit.lambdas[exhibit.at]),
        avoid=12.0,
    )


def _name_still(exhibit: FeatureSelection, name: str, chart: Chart) -> None:
    lam = f"{exhibit.lam[name]:.4g}"
    chart.label(
        rf"$\lambda = {lam}$",
        [np.array([exhibit.lam[name], level]) for level in np.linspace(chart.y[1], 0.0, 9)],
        color=chart.page.theme.ink,
        size="note",
        directions=(0, 180, -15, 195),
        gaps=(0.3,),
    )


def _draw_count(
    exhibit: FeatureSelection, name: str, page: Page, figure: Picture, box: Box, above: Chart
) -> None:
    """Draw the number of exact zeros as a staircase under the weights."""
    n_features, at = len(exhibit.features), exhibit.at
    theme, color = page.theme, getattr(page.theme, name)
    lam, zeros = float(exhibit.lambdas[at]), int(exhibit.n_zeros[name][at])
    chart = Chart(
        page,
        figure,
        Box(box.left, box.bottom, box.width, BELOW * box.height),
        (exhibit.lambdas[0], exhibit.lambdas[-1]),
        (-AIR * n_features, (1.0 + AIR) * n_features),
        f"chart-zeros-{name}",
        names=(page.text("feature-selection.figure.strength"), ""),
        log_x=True,
        y_ticks=(0, n_features),
        ends_on="left",
        end_size="note",
        joint=JOINT,
        head=0.4,
        like=above,
    )
    chart.curve(
        *exhibit.zero_steps[name].T, gid=f"zeros-{name}", color=color, width=1.2, avoid=8.0
    )
    _draw_still(exhibit, chart)
    at_still = np.array([lam, zeros])
    chart.marker(
        at_still,
        gid=f"optimum-zeros-{name}",
        marker=MARKERS[name],
        size=WEIGHT,
        color=theme.background,
        fill=color,
    )
    count = page.text("feature-selection.figure.count", zeros=zeros, n=n_features)
    chart.label(count, [at_still], color=color, radius=WEIGHT, bold=True, directions=COUNTED)
    start = float(exhibit.zero_steps[name][0, 1])
    chart.name_ends([(start, page.text("feature-selection.figure.zeros"), theme.muted)])
