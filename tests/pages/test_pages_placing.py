"""The label placer of pages is that of the figures and videos."""

import numpy as np

from regviz.lessons.placing import Sight, Wish, place


def crowd(rng):
    """A frame with numbers, lines and labels in it, now and then more than find room."""
    frame = [0.0, 0.0, *rng.uniform(80.0, 400.0, 2).round(2).tolist()]
    inside = np.array(frame[2:])
    low = rng.uniform(0.0, 1.0, (rng.integers(0, 6), 2)) * inside
    boxes = np.hstack([low, low + rng.uniform(5.0, 40.0, low.shape)])
    walk = np.cumsum(rng.uniform(-40.0, 40.0, (rng.integers(2, 30), 2)), axis=0) + inside / 2
    lines = np.stack([walk[:-1], walk[1:]], axis=1)
    if rng.uniform() < 0.5:
        lines[0, 1, 0] = lines[0, 0, 0]  # upright, as axes are
    wishes = [
        Wish(
            (float(rng.uniform(10.0, 90.0)), 18.0),
            rng.uniform(0.0, 1.0, (1, rng.integers(1, 5), 2)) * inside,
            float(rng.choice([0.0, 6.0])),
        )
        for _ in range(rng.integers(1, 7))
    ]
    return frame, wishes, Sight(boxes.reshape(-1, 4), lines)


def test_both_place_alike(twin):
    placer = twin("place", "numbers.js", "placing.js")
    rng = np.random.default_rng(11)
    led = 0
    for _ in range(200):
        frame, wishes, sight = crowd(rng)
        ours = place(frame, wishes, [sight], 16.0)
        theirs = placer(
            frame,
            [
                {"size": list(w.size), "anchors": w.anchors[0].tolist(), "reach": w.reach}
                for w in wishes
            ],
            {"boxes": sight.boxes.tolist(), "lines": sight.lines.tolist()},
            16.0,
        )
        for our, their in zip(ours, theirs, strict=True):
            np.testing.assert_allclose(their["middle"], our.middles[0], rtol=1e-12, atol=1e-9)
            assert (their["leader"] is None) == (our.leaders is None)
            if our.leaders is not None:
                led += 1
                np.testing.assert_allclose(their["leader"], our.leaders[0], atol=1e-9)
    assert led > 10
