"""What every descent method must satisfy; a new one joins by its row in tables.py."""

from itertools import islice, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regmath import (
    L1,
    L2,
    ElasticNet,
    LeastSquares,
    Quadratic,
    adam,
    adamw,
    coordinate_descent,
    fista,
    gradient_descent,
    ista,
    momentum,
    nesterov,
    projected_gradient,
    record,
    sgd,
    subgradient_descent,
    trajectory,
    until,
)

from .tables import CONVEX, LEVEL, METHODS

every = pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
penalized = pytest.mark.parametrize("name", [n for n, m in METHODS.items() if m.penalized])
monotone = pytest.mark.parametrize("name", [n for n, m in METHODS.items() if m.monotone])
penalties = st.builds(
    lambda unit, lam: unit.with_lambda(lam), st.sampled_from(CONVEX), st.floats(0.01, 2)
)
seeds = st.integers(0, 10_000)


def bowl(seed, n_weights=3, batch=()):
    """A well-conditioned random quadratic: methods converge in a few hundred steps."""
    rng = np.random.default_rng(seed)
    root = rng.normal(size=(*batch, n_weights, n_weights))
    hessian = root @ np.swapaxes(root, -1, -2) / n_weights + 0.3 * np.eye(n_weights)
    return Quadratic(hessian, rng.normal(size=(*batch, n_weights)) * 2)


def starts(seed, n_starts=5, n_weights=3):
    return np.random.default_rng(seed + 1).normal(size=(n_starts, n_weights)) * 3


def kkt(loss, penalty, w):
    return penalty.subdifferential_distance(w, -loss.gradient(w)).max()


def optimum(loss, penalty, n_weights=3):
    """The exact minimiser, by enumerating signs: no descent method takes part."""
    r = getattr(penalty, "l1_ratio", 1.0 if isinstance(penalty, L1) else 0.0)
    hessian = loss.hessian + 2 * penalty.lam * (1 - r) * np.eye(n_weights)
    best, least = np.zeros(n_weights), np.inf
    for signs in np.stack(np.meshgrid(*[[-1, 0, 1]] * n_weights), -1).reshape(-1, n_weights):
        used, w = np.flatnonzero(signs) if r else np.arange(n_weights), np.zeros(n_weights)
        right = (loss.hessian @ loss.center - penalty.lam * r * signs)[used]
        w[used] = np.linalg.solve(hessian[np.ix_(used, used)], right)
        objective = loss.value(w) + penalty.value(w)
        if objective < least:
            best, least = w, objective
    return best, least


@every
@given(penalty=penalties, seed=seeds)
def test_start_is_kept_and_states_do_not_alias(method, penalty, seed):
    for start in (starts(seed), np.asfortranarray(starts(seed)), starts(seed)[0]):
        before = start.tobytes()
        states = list(islice(method.run(bowl(seed), penalty, start), 5))
        copies = [state.weights.copy() for state in states]
        list(islice(method.run(bowl(seed), penalty, start), 8))
        assert start.tobytes() == before
        assert np.array_equal(states[0].weights, start)
        for i, state in enumerate(states):
            assert state.step == i
            assert not np.shares_memory(state.weights, start)
            assert not any(np.shares_memory(state.weights, s.weights) for s in states[:i])
            assert np.array_equal(state.weights, copies[i])


@every
def test_states_are_immutable(method):
    for state in islice(method.run(bowl(0), L1(0.5), starts(0)), 4):
        with pytest.raises(ValueError, match="read-only"):
            state.weights[0] = 1.0
        with pytest.raises(AttributeError):
            state.step = 7


@every
@given(penalty=penalties, seed=seeds)
def test_same_bytes(method, penalty, seed):
    runs = [record(method.run(bowl(seed), penalty, starts(seed)), 10) for _ in range(2)]
    assert runs[0].tobytes() == runs[1].tobytes()


@every
@given(penalty=penalties, seed=seeds)
def test_a_batch_of_starts_and_of_problems_is_the_single_runs(method, penalty, seed):
    loss, many = bowl(seed), starts(seed, 6)
    single = [record(method.run(loss, penalty, w), 6) for w in many]
    for shape in ((6, 3), (2, 3, 3)):
        together = record(method.run(loss, penalty, many.reshape(shape)), 6)
        assert together.shape == (7, *shape)
        np.testing.assert_allclose(together.reshape(7, 6, 3), np.stack(single, 1), atol=1e-12)
    losses = bowl(seed, batch=(6,))
    together = record(method.run(losses, penalty, many[0]), 6)
    for i in range(6):
        alone = Quadratic(losses.hessian[i], losses.center[i])
        one = record(method.run(alone, penalty, many[0]), 6)
        np.testing.assert_allclose(together[:, i], one, atol=1e-12)


@penalized
@given(penalty=penalties, seed=seeds)
def test_ends_at_the_certified_optimum(name, penalty, seed):
    loss = bowl(seed)
    run = METHODS[name].run(loss, penalty, starts(seed))
    *_, last = until(run, 1e-14, 4000)
    best, _ = optimum(loss, penalty)
    assert kkt(loss, penalty, last.weights) < 1e-10
    np.testing.assert_allclose(last.weights, np.broadcast_to(best, (5, 3)), atol=1e-9)
    # A weight whose optimum is 0 with room to spare is 0.0, to the last bit.
    pull = np.abs(loss.gradient(best))
    r = getattr(penalty, "l1_ratio", float(isinstance(penalty, L1)))
    surely_zero = (best == 0) & (pull < penalty.lam * r - 1e-6)
    zeros = last.weights[:, surely_zero]
    assert np.array_equal(zeros, np.zeros_like(zeros))
    assert not np.signbit(zeros).any()


@monotone
@given(penalty=penalties, seed=seeds)
def test_objective_never_rises(name, penalty, seed):
    loss, method = bowl(seed), METHODS[name]
    path = record(method.run(loss, penalty, starts(seed)), 60)
    height = loss.value(path) + (penalty.value(path) if method.penalized else 0)
    assert np.diff(height, axis=0).max() <= 1e-12 * (1 + np.abs(height).max())


@pytest.mark.parametrize(
    ("method", "bound"), [(ista, lambda k: 1 / (2 * k)), (fista, lambda k: 2 / (k + 1) ** 2)]
)
@given(penalty=penalties, seed=seeds, flat=st.floats(0.001, 1))
def test_proximal_methods_keep_their_rates(method, bound, penalty, seed, flat):
    loss, _, _ = narrow(seed, flat)  # ill-conditioned: the bound means something
    path = record(method(loss, penalty, starts(seed)), 80)[1:]
    best, least = optimum(loss, penalty)
    gap = loss.value(path) + penalty.value(path) - least
    k = np.arange(1, 81)[:, np.newaxis]
    distance = ((starts(seed) - best) ** 2).sum(axis=-1)
    assert np.all(gap <= loss.smoothness * distance * bound(k) + 1e-10)


def test_fista_beats_istas_bound_somewhere_and_is_not_monotone():
    loss, start = Quadratic(np.diag([1.0, 0.003]), [0.0, 0.0]), [1.0, 30.0]
    height = loss.value(record(fista(loss, L1(0.0), start), 300))
    assert np.diff(height).max() > 0
    assert height[60] < 0.2 * loss.value(record(ista(loss, L1(0.0), start), 60))[-1]


def test_fista_shows_where_it_looks():
    states = list(islice(fista(bowl(1), L1(0.3), starts(1)), 5))
    assert states[0].carry == states[1].carry == 0
    for before, state in pairwise(states):
        ahead = state.weights + state.carry * (state.weights - before.weights)
        np.testing.assert_array_equal(state.look_ahead, ahead)
        with pytest.raises(ValueError, match="read-only"):
            state.look_ahead[0] = 0.0
    assert not np.shares_memory(states[0].look_ahead, states[0].weights)


@given(seed=seeds, share=st.floats(0.05, 1.95))
def test_gradient_descent_multiplies_the_error_by_a_matrix(seed, share):
    loss, start = bowl(seed), starts(seed)
    eta = share / loss.smoothness
    path = record(gradient_descent(loss, start, eta), 12)
    factor = np.eye(3) - eta * loss.hessian
    for k, weights in enumerate(path):
        error = (start - loss.center) @ np.linalg.matrix_power(factor, k)
        np.testing.assert_allclose(weights, loss.center + error, atol=1e-11)


def narrow(seed, flat):
    """An ill-conditioned quadratic, its least curvature and its greatest."""
    squeeze = np.diag([1.0, flat, flat**2])
    loss = Quadratic(squeeze @ bowl(seed).hessian @ squeeze, bowl(seed).center)
    return loss, np.linalg.eigvalsh(loss.hessian)[0], loss.smoothness


@pytest.mark.parametrize("method", [momentum, nesterov])
@given(seed=seeds, share=st.floats(0.05, 1.5))
def test_without_a_carried_share_it_is_gradient_descent(method, seed, share):
    loss, start = bowl(seed), starts(seed)
    eta = share / loss.smoothness
    plain = record(gradient_descent(loss, start, eta), 20)
    np.testing.assert_array_equal(record(method(loss, start, eta, 0.0), 20), plain)


@given(seed=seeds, flat=st.floats(0.05, 1), share=st.floats(0.05, 1), beta=st.floats(0, 0.99))
def test_momentum_keeps_its_rate_along_every_eigenvector(seed, flat, share, beta):
    loss, _, most = narrow(seed, flat)
    eta, (curvatures, directions) = share / most, np.linalg.eigh(loss.hessian)
    path = record(momentum(loss, starts(seed), eta, beta), 80)
    parts = np.abs((path - loss.center) @ directions)
    k = np.arange(81)[:, np.newaxis, np.newaxis]
    roots = [np.abs(np.roots([1, -(1 + beta - eta * h), beta])).max() for h in curvatures]
    rate = np.array(roots) * (1 + 1e-9)  # a double root is found to half of the digits
    assert np.all(parts <= (2 * k + 1) * rate**k * parts[0] * (1 + 1e-6) + 1e-12)
    if beta >= (1 - np.sqrt(eta * curvatures[0])) ** 2:
        np.testing.assert_allclose(roots, np.sqrt(beta), rtol=1e-6)
    assert np.all(np.diff(roots) <= 1e-6)


@given(seed=seeds, flat=st.floats(0.05, 1), share=st.floats(0.05, 1))
def test_nesterov_keeps_its_rate(seed, flat, share):
    loss, least, most = narrow(seed, flat)
    eta = share / most
    root = np.sqrt(eta * least)
    path = record(nesterov(loss, starts(seed), eta, (1 - root) / (1 + root)), 80)
    gap, distance = loss.value(path), ((path[0] - loss.center) ** 2).sum(axis=-1)
    k = np.arange(81)[:, np.newaxis]
    bound = (1 - root) ** k * (gap[0] + least / 2 * distance)
    assert np.all(gap <= bound * (1 + 1e-9) + 1e-13 * gap[0])


def test_momentum_and_nesterov_swing_where_gradient_descent_crawls():
    loss, start = Quadratic(np.diag([1.0, 0.01]), [0.0, 0.0]), [1.0, 10.0]
    slow = loss.value(record(gradient_descent(loss, start, 1.0), 100))
    for method in (momentum, nesterov):
        height = loss.value(record(method(loss, start, 1.0, 0.9), 100))
        assert np.diff(height).max() > 0
        assert height[-1] < 0.01 * slow[-1]


@given(seed=seeds, eta=st.floats(0.01, 0.5))
def test_sgd_takes_every_part_once_before_any_again(seed, eta):
    rng = np.random.default_rng(seed)
    losses = [Quadratic.one_dimensional(1.0, center) for center in rng.normal(size=4)]
    path = record(sgd(losses, [2.0], eta, seed), 12)[:, 0]
    # The step tells whose it was.
    centers = path[:-1] + np.diff(path) / eta
    known = np.array([loss.center[0] for loss in losses])
    taken = np.abs(centers[:, np.newaxis] - known).argmin(axis=1)
    np.testing.assert_allclose(known[taken], centers, atol=1e-10)
    assert all(sorted(epoch) == [0, 1, 2, 3] for epoch in taken.reshape(3, 4).tolist())


def test_sgd_ends_where_all_parts_agree_and_in_a_cloud_where_they_do_not():
    rng = np.random.default_rng(0)
    X, w = rng.normal(size=(30, 3)), np.array([1.0, -2.0, 0.5])
    for noise in (0.0, 1.0):
        y = X @ w + noise * rng.normal(size=30)
        rows = [LeastSquares(X[i : i + 1], y[i : i + 1]) for i in range(30)]
        best, spreads = LeastSquares(X, y).center, []
        for eta in (0.05, 0.01):
            late = record(sgd(rows, np.zeros(3), eta), 12_000)[9_000:]
            np.testing.assert_allclose(late.mean(axis=0), best, atol=0.1 * noise + 1e-10)
            spreads.append(late.std(axis=0).max())
        assert spreads[1] < 0.6 * spreads[0] if noise else max(spreads) < 1e-10
    orders = [record(sgd(rows, np.zeros(3), 0.01, seed), 50).tobytes() for seed in (1, 1, 2)]
    assert orders[0] == orders[1] != orders[2]


def test_sgd_spreads_over_the_batches_of_all_its_parts():
    losses = [bowl(0), bowl(1, batch=(4,))]
    path = record(sgd(losses, np.zeros(3), 0.1), 7)
    assert path.shape == (8, 4, 3)
    alone = [losses[0], Quadratic(losses[1].hessian[2], losses[1].center[2])]
    np.testing.assert_allclose(path[:, 2], record(sgd(alone, np.zeros(3), 0.1), 7), atol=1e-12)


@given(seed=seeds, eta=st.floats(0.001, 0.5), decay=st.floats(0, 2))
def test_adamw_is_its_formula(seed, eta, decay):
    loss, w = bowl(seed), starts(seed)
    path = record(adamw(loss, w, eta, weight_decay=decay, betas=(0.8, 0.95)), 15)
    m, v = np.zeros_like(w), np.zeros_like(w)
    for k, found in enumerate(path[1:], start=1):
        g = loss.gradient(w)
        m, v = 0.8 * m + 0.2 * g, 0.95 * v + 0.05 * g * g
        step = m / (1 - 0.8**k) / (np.sqrt(v / (1 - 0.95**k)) + 1e-8)
        w = (1 - eta * decay) * w - eta * step
        np.testing.assert_allclose(found, w, atol=1e-12 * (1 + np.abs(w).max()))


@given(seed=seeds, eta=st.floats(0.001, 0.5))
def test_adamw_without_decay_is_adam(seed, eta):
    loss, start = bowl(seed), starts(seed)
    bare = record(adamw(loss, start, eta, weight_decay=0.0), 20)
    assert bare.tobytes() == record(adam(loss, start, eta), 20).tobytes()


def test_adam_goes_as_far_in_any_unit_of_the_loss():
    loss = Quadratic(np.diag([1.0, 100.0]), [3.0, -2.0])
    first = np.diff(record(adam(loss, [0.0, 0.0], 0.1), 1), axis=0)[0]
    np.testing.assert_allclose(first, [0.1, -0.1], rtol=1e-7)
    other = Quadratic(1e4 * loss.hessian, loss.center)
    paths = [record(adam(each, [0.0, 0.0], 0.1), 50) for each in (loss, other)]
    np.testing.assert_allclose(*paths, atol=1e-7)


def test_decay_beside_adam_is_no_penalty_in_the_loss():
    loss = Quadratic(np.diag([1.0, 100.0]), [3.0, -2.0])
    inside = Quadratic(loss.hessian + np.eye(2), loss.hessian @ loss.center / [2.0, 101.0])
    decayed = record(adamw(loss, [0.0, 0.0], 0.01, weight_decay=1.0), 3000)[-1]
    penalized = record(adam(inside, [0.0, 0.0], 0.01), 3000)[-1]
    np.testing.assert_allclose(penalized, inside.center, atol=1e-6)
    # Where adamw rests, decay meets a step of size 1 at most: no weight is beyond 1.
    assert np.abs(decayed).max() <= 1.0 + 1e-9
    assert np.abs(decayed - penalized).max() > 0.3


@pytest.mark.parametrize("solver", ["momentum", "nesterov", "adam"])
def test_the_peer_takes_the_same_steps(solver):
    from sklearn.neural_network import MLPRegressor

    rng = np.random.default_rng(2)
    X = rng.normal(size=(40, 3))
    X -= X.mean(axis=0)
    y = X @ [1.0, -2.0, 0.5] + rng.normal(size=40)
    y -= y.mean()
    model = MLPRegressor(
        hidden_layer_sizes=(),
        solver="adam" if solver == "adam" else "sgd",
        nesterovs_momentum=solver == "nesterov",
        alpha=0.0,
        batch_size=40,
        shuffle=False,
        learning_rate_init=0.01,
        epsilon=1e-12,  # the peer adds it before v is corrected
        random_state=0,
    )
    model.partial_fit(X, y)
    model.coefs_[0][:], model.intercepts_[0][:] = 0.0, 0.0
    del model._optimizer  # from rest
    loss, found = LeastSquares(X, y), []
    for _ in range(30):
        model.partial_fit(X, y)
        found.append(model.coefs_[0][:, 0].copy())
    run = {"momentum": momentum, "nesterov": nesterov}.get(
        solver, lambda *args: adam(*args, epsilon=1e-12)
    )
    path = record(run(loss, np.zeros(3), 0.01), 30)
    if solver == "nesterov":  # the peer keeps the points ahead
        path[1:] += 0.9 * np.diff(path, axis=0)
    np.testing.assert_allclose(found, path[1:], atol=1e-9)


@pytest.mark.parametrize("beta", [-0.1, 1.0, np.nan])
def test_bad_shares_are_refused_at_once(beta):
    for call in (
        lambda: momentum(bowl(0), np.zeros(3), 0.1, beta),
        lambda: nesterov(bowl(0), np.zeros(3), 0.1, beta),
        lambda: adam(bowl(0), np.zeros(3), betas=(0.9, beta)),
    ):
        with pytest.raises(ValueError, match=r"must be in \[0, 1\)"):
            call()
    for wrong in (0.0, -1.0, np.nan):
        with pytest.raises(ValueError, match="epsilon must be"):
            adam(bowl(0), np.zeros(3), epsilon=wrong)
    with pytest.raises(ValueError, match="weight_decay must be"):
        adamw(bowl(0), np.zeros(3), weight_decay=-0.1)
    with pytest.raises(ValueError, match="at least one"):
        sgd([], np.zeros(3), 0.1)


@given(seed=seeds, lam=st.floats(0, 3), eta=st.floats(0.001, 0.2))
def test_subgradient_descent_is_the_sources_update(seed, lam, eta):
    loss, W = bowl(seed), starts(seed)
    W[0, 0] = 0.0
    dL = (W - loss.center) @ loss.hessian
    l1 = record(subgradient_descent(loss, L1(lam), W, eta), 1)[1]
    l2 = record(subgradient_descent(loss, L2(lam), W, eta), 1)[1]
    np.testing.assert_allclose(l1, W - eta * dL - eta * lam * np.sign(W), atol=1e-12)
    np.testing.assert_allclose(l2, W - eta * dL - 2 * eta * lam * W, atol=1e-12)


def test_the_sign_step_chatters_in_its_band_where_the_proximal_step_lands():
    loss, penalty, eta = Quadratic.one_dimensional(1.0, 0.5), L1(1.0), 0.05
    pull = abs(loss.gradient([0.0])[0])
    chatter = record(subgradient_descent(loss, penalty, [2.0], eta), 2000)[500:]
    assert np.all(chatter != 0)
    assert chatter.min() >= -eta * (penalty.lam - pull) - 1e-12
    assert chatter.max() <= eta * (penalty.lam + pull) + 1e-12
    landed = record(ista(loss, penalty, [2.0], eta), 2000)
    assert np.flatnonzero(landed == 0.0)[0] < 60
    assert not landed[60:].any()


@given(seed=seeds, share=st.floats(0.05, 0.95))
def test_projected_gradient_ends_at_the_constrained_optimum(seed, share):
    loss = bowl(seed)
    for unit in CONVEX:
        level = share * float(unit.level(loss.center))
        run = projected_gradient(loss, unit, level, starts(seed), 1 / loss.smoothness)
        path = trajectory(until(run, 1e-15, 4000))
        assert np.all(unit.level(path[1:]) <= level * (1 + 1e-12))
        pull = -loss.gradient(path[-1])
        # Hoelder's equality: no point of the ball lies further along the pull.
        gap = unit.support(pull, level) - (pull * path[-1]).sum(-1)
        np.testing.assert_allclose(gap, 0, atol=1e-10)


def test_projected_gradient_keeps_a_start_outside():
    path = record(projected_gradient(bowl(2), L1(1.0), LEVEL, [9.0, 9.0, 9.0], 0.1), 2)
    assert path[0].tolist() == [9.0, 9.0, 9.0]


@given(seed=seeds, penalty=penalties)
def test_coordinate_descent_finishes_an_orthonormal_design_in_one_sweep(seed, penalty):
    rng = np.random.default_rng(seed)
    X = np.linalg.qr(rng.normal(size=(8, 3)))[0] * np.sqrt(8)
    loss = LeastSquares(X, rng.normal(size=8) * 2)
    after_one = record(coordinate_descent(loss, penalty, starts(seed)), 1)[1]
    assert kkt(loss, penalty, after_one) < 1e-12


@given(seed=seeds, penalty=penalties)
def test_coordinate_descent_minimises_over_each_weight(seed, penalty):
    loss = bowl(seed, n_weights=1)
    swept = record(coordinate_descent(loss, penalty, [[3.0], [-0.1]]), 1)[1]
    assert kkt(loss, penalty, swept) < 1e-12


def test_coordinate_descent_sends_an_unseen_weight_to_zero():
    loss = Quadratic(np.diag([1.0, 0.0]), [2.0, 5.0])
    for penalty in CONVEX:
        assert record(coordinate_descent(loss, penalty, [1.0, 3.0]), 1)[1, 1] == 0.0


def test_coordinate_descent_names_what_it_cannot_do():
    class Bent:
        smoothness = 1.0

    class Grouped(L2):
        separable = False

    with pytest.raises(TypeError, match=r"quadratic loss.*got Bent"):
        coordinate_descent(Bent(), L1(1.0), [0.0])
    with pytest.raises(TypeError, match="separable penalty, got Grouped"):
        coordinate_descent(bowl(0), Grouped(1.0), np.zeros(3))


@pytest.mark.parametrize("method", [ista, fista, coordinate_descent])
@given(seed=seeds)
def test_nothing_moves_from_zero_at_lambda_max(method, seed):
    loss = bowl(seed)
    for unit in (L1(1.0), ElasticNet(1.0, 0.3)):
        lam = float(unit.lambda_max(loss.gradient(np.zeros(3))))
        assert not record(method(loss, unit.with_lambda(lam), np.zeros(3)), 3).any()
        below = unit.with_lambda(lam * (1 - 1e-6))
        assert record(method(loss, below, np.zeros(3)), 3)[-1].any()


class Valley:
    """A loss that is not quadratic: `sum of log cosh(w - 1)`."""

    smoothness = 1.0

    def value(self, w):
        return np.log(np.cosh(np.asarray(w) - 1)).sum(axis=-1)

    def gradient(self, w):
        return np.tanh(np.asarray(w) - 1)


@pytest.mark.parametrize("name", [n for n in METHODS if n != "coordinate_descent"])
def test_any_loss_will_do(name):
    method = METHODS[name]
    start = np.array([[3.0, -2.0], [0.0, 0.5]])
    *_, last = until(method.run(Valley(), L2(0.1), start), 1e-15, 3000)
    if method.penalized or name == "subgradient_descent":
        assert kkt(Valley(), L2(0.1), last.weights) < 1e-10


@pytest.mark.parametrize("step_size", [0.0, -1.0, np.nan, np.inf, [0.1, -0.1]])
def test_bad_steps_are_refused_at_once(step_size):
    loss = bowl(0, batch=(2,))
    for call in (
        lambda: gradient_descent(loss, np.zeros(3), step_size),
        lambda: subgradient_descent(loss, L1(1.0), np.zeros(3), step_size),
        lambda: ista(loss, L1(1.0), np.zeros(3), step_size),
        lambda: fista(loss, L1(1.0), np.zeros(3), step_size),
        lambda: projected_gradient(loss, L1(1.0), 1.0, np.zeros(3), step_size),
        lambda: momentum(loss, np.zeros(3), step_size),
        lambda: nesterov(loss, np.zeros(3), step_size),
        lambda: sgd([loss], np.zeros(3), step_size),
        lambda: adam(loss, np.zeros(3), step_size),
        lambda: adamw(loss, np.zeros(3), step_size),
    ):
        with pytest.raises(ValueError, match="step_size must be positive and finite"):
            call()


def test_other_bad_input_is_refused_at_once():
    with pytest.raises(ValueError, match="step_size"):
        ista(Quadratic([[0.0]], [1.0]), L1(1.0), [0.0])
    for start in (1.0, [np.nan, 0.0, 0.0]):
        with pytest.raises(ValueError, match="start must be finite"):
            ista(bowl(0), L1(1.0), start)
    with pytest.raises(ValueError, match="must have 3 weights, got 1"):
        ista(bowl(0), L1(1.0), [[0.0], [1.0]])
    with pytest.raises(ValueError, match=r"shape \(2,\) does not fit"):
        ista(bowl(0), L1(1.0), [0.0, 1.0])
    with pytest.raises(ValueError, match="level"):
        projected_gradient(bowl(0), L1(1.0), -1.0, np.zeros(3), 0.1)


def test_record_until_and_trajectory():
    loss, start = Quadratic.one_dimensional(1.0, 0.0), [8.0]

    def halving():
        return gradient_descent(loss, start, 0.5)

    assert record(halving(), 3)[:, 0].tolist() == [8, 4, 2, 1]
    assert record(halving(), 0).tolist() == [[8.0]]
    stopped = list(until(halving(), 1.0, 50))
    assert [state.weights[0] for state in stopped] == [8, 4, 2, 1]
    assert trajectory(stopped)[:, 0].tolist() == [8, 4, 2, 1]
    assert len(list(until(halving(), 0.0, 5))) == 6
    assert len(list(until(halving(), 0.0, 0))) == 1
    # The whole batch has to rest.
    pair = gradient_descent(loss, [[0.0], [8.0]], 0.5)
    assert len(list(until(pair, 1.0, 50))) == 4
    with pytest.raises(ValueError, match="ended after 3 of 4 steps"):
        record(stopped, 4)
    for empty in (lambda: record([], 0), lambda: trajectory([])):
        with pytest.raises(ValueError, match="no states"):
            empty()
    for bad in (
        lambda: record(stopped, -1),
        lambda: until(stopped, 0.1, -1),
        lambda: until(stopped, -0.1, 1),
    ):
        with pytest.raises(ValueError, match="must be"):
            bad()
