"""What must be true of the zeros that are counted."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from regviz.lessons import catalogue
from regviz.lessons.draws import Draws
from regviz.lessons.sparsity_count import FAR, KINDS, SEEN, claims, picture
from tests.examples import examples

settings = st.fixed_dictionaries(
    {
        "lam": st.floats(0.1, 1.0),
        "rho": st.floats(0.0, 0.6),
        "losses": st.integers(100, 300),
        "seed": st.integers(0, 2**32 - 1),
    }
)


def held(shown):
    """How many weights L1 holds at 0, by where a loss's lowest point is, without any solver.

    L1 holds the second weight alone where the pull of the loss on it, once the first has moved
    to its own soft threshold, is at most lambda; and the first likewise.
    """
    lam, r, (x, y) = shown.lam["l1"], shown.correlations, shown.centers.T
    first, second = x + r * y, r * x + y
    soft = [np.sign(b) * np.maximum(np.abs(b) - lam, 0.0) for b in (first, second)]
    both = (np.abs(first) <= lam) & (np.abs(second) <= lam)
    one = (np.abs(second - r * soft[0]) <= lam) | (np.abs(first - r * soft[1]) <= lam)
    return np.where(both, 2, np.where(one, 1, 0))


@examples(20)
@given(values=settings)
def test_zeros_are_those_of_the_optimality_conditions_and_l2_has_none(values):
    shown = catalogue.exhibit("sparsity-count", values)
    assert shown.certificate["kkt_residual"] < 1e-10
    np.testing.assert_array_equal(shown.zeros["l1"], held(shown))
    assert not shown.zeros["l2"].any()
    assert (shown.optima["l2"] != 0.0).all()
    assert (np.abs(shown.centers) <= FAR).all()
    assert (np.abs(shown.correlations) <= shown.parameters["rho"]).all()
    np.testing.assert_array_equal(shown.optima["l1"][0], shown.centers)


@examples(20)
@given(values=settings, at=st.integers(0, 99))
def test_counts_add_up_and_what_is_said_is_counted(values, at):
    shown = catalogue.exhibit("sparsity-count", values)
    at %= len(shown.many)
    many, counted = int(shown.many[at]), {name: of[at] for name, of in shown.counted.items()}
    assert counted["both"] == (shown.zeros["l1"][:many] == 2).sum()
    assert counted["l2-zero"] == 0
    said = claims(shown, {"n": at})
    zeros = int((shown.zeros["l1"][:many] > 0).sum())
    assert said["l1"].values["count"] == zeros == counted["one"] + counted["both"]
    assert abs(said["l1"].values["percent"] - 100 * zeros / many) <= 0.1
    assert said["l2"].values == {"n": many, "count": 0, "percent": 0.0}
    drawn = picture(shown)
    seen = sum(
        np.isfinite(drawn.points(drawn.mark(name), {"n": at})).all(axis=1).sum()
        for name in KINDS
    )
    assert seen == min(many, SEEN)


def test_first_losses_stay_as_more_are_drawn():
    few, many = (catalogue.exhibit("sparsity-count", {"losses": n}) for n in (200, 400))
    np.testing.assert_array_equal(few.centers, many.centers[:200])
    np.testing.assert_array_equal(
        Draws(few.parameters["seed"]).even(3) * 2 - 1,
        np.append(few.centers[0] / 3, few.correlations[0] / 0.5),
    )
