"""What is said of bias and variance, and how: fits scatter, a penalty calms them, at a cost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from regviz.lessons import swept
from regviz.lessons.numbers import snap, three
from regviz.lessons.picture import Positions, Said
from regviz.lessons.story import Question, Section, Step, Story, Voice, asking
from regviz.lessons.swept import told

if TYPE_CHECKING:
    from regviz.lessons.bias_variance import BiasVariance

say = Voice("bias-variance")
#: refits that are drawn
N_DRAWN = 30


def claims(exhibit: BiasVariance, at: Positions) -> dict[str, Said]:
    """Return what is true of the error with the strength at this position."""
    now, lam, world = at["lam"], float(exhibit.lambdas[at["lam"]]), exhibit.world
    choice, names = exhibit.choice(now), world.names
    values = {
        "bias": told(exhibit.bias_squared, now),
        "variance": told(exhibit.variance, now),
        "noise": three(exhibit.noise),
        "total": told(exhibit.judged, now),
    }
    larger = max(("variance", "bias"), key=values.__getitem__)
    more = larger if values["bias"] != values["variance"] else "equal"
    count = exhibit.number("n_refits")
    knobs = {"rows": len(world.rows), "degree": exhibit.number("degree")}
    columns = {"feature": world.design.features[0], "target": world.design.target}
    best = "best" if now == exhibit.best else "other"
    return {
        **choice,
        "stands": say(f"claim.stands.{best}", lam=lam),
        "parts": say(f"claim.parts.{more}", **values),
        "total": say("claim.total", **values),
        "variance": say("claim.variance", **values, **names),
        "measured": say("claim.measured", count=count),
        "sample": say("claim.sample", **knobs, **names),
        "drawn": say("claim.drawn", count=count, drawn=N_DRAWN),
        "alt": say("alt", lam=lam, count=count, **columns, **knobs, **values,
                   **choice["least"].values),
    }  # fmt: skip


def story(exhibit: BiasVariance) -> Story:
    """Tell of fits that scatter, of the penalty that makes them agree, and of what it costs."""
    last = exhibit.last
    stop = exhibit.best if exhibit.best < last else last // 2
    free, there, far, still = (
        claims(exhibit, {"lam": at}) for at in (0, stop, last, exhibit.at)
    )
    values, beyond = free["sample"].values, "inner" if exhibit.case == "inner" else "other"
    old = tuple(f"{name}-{part}" for name in ("bias", "variance") for part in ("free", "now"))
    return Story((
        Section("sample", (
            say.step("sample.rows", "sample", panels=("fits",), put={"lam": 0, "refits": 0},
                     show=("rows",), seconds=0.8, hold=1.6),
            say.step("sample.truth", show=("truth",), hold=2.6,
                     tell={"fits": say("tell.truth", **values)}),
            say.step("sample.points", values=values, hide=("rows",), show=("sample",),
                     seconds=0.8, tell={"fits": free["sample"]}, hold=2.2),
            Step(show=("fit",), seconds=1.0, hold=2.6,
                 tell={"fits": say("tell.fit", **values)}),
        )),
        Section("scatter", (
            say.step("scatter.refits", "scatter", panels=("fits", "errors"), hide=("sample",),
                     morph={"fit": "free"}, tell={"fits": free["drawn"]}),
            Step(run={"refits": N_DRAWN - 1}, seconds=4.0, even=True, hold=0.4),
            say.step("scatter.variance", show=("free-mean",), seconds=0.8, hold=1.2),
            Step(show=("spread", "variance-free", "variance-now"),
                 tell={"errors": free["variance"]}, hold=2.2),
        )),
        Section("calm", (
            say.step("calm.penalty", "calm", show=("lam",), hold=2.6,
                     tell={"errors": say("tell.penalty")}, hide=("free-mean",),
                     morph={"free": "refits"}),
            say.step("calm.sweep", show=("variance-so-far",), run={"lam": stop}, seconds=4.0,
                     even=True),
            Step(tell={"errors": there["variance"]}, hold=1.6),
        )),
        *asking(*_of_the_mean(exhibit)),
        Section("strong", (
            say.step("strong.mean", "strong", hold=1.6,
                     show=("mean", "bracket", "bias-free", "bias-so-far", "bias-now")),
            Step(run={"lam": last}, seconds=3.2, even=True),
            say.step("strong.bias", emphasise=("mean", "bias-now"),
                     tell={"errors": far["parts"]}, hold=2.6),
        )),
        say.section("noise", far["total"].values, show=("noise",), seconds=0.8, hold=2.4),
        *asking(_of_the_error(far["total"])),
        Section("sum", (
            say.step("sum.parts", "sum", hide=old, show=("stack-noise",), seconds=1.6, hold=1.2,
                     morph={"bias-so-far": "stack-bias", "variance-so-far": "stack-variance"}),
            Step(show=("test",), seconds=1.2, hold=2.0),
            say.step("sum.measured", show=("whiskers", "measured"), seconds=0.8,
                     tell={"errors": free["measured"]}, hold=3.4, task=exhibit.sets_task(say)),
        )),
        Section("still", (
            say.step(f"still.{exhibit.still}", heading=still["verdict"], hide=("stack-noise",),
                     show=("bias-free", "variance-free"), hold=0.2,
                     morph={"stack-bias": "bias", "stack-variance": "variance"}),
            Step(run={"lam": exhibit.at}, seconds=2.4),
            Step(show=("drop", "best"), seconds=0.8, hold=1.6),
            say.step(f"beyond.{beyond}", run={"lam": last}, seconds=1.8, hold=0.8),
            Step(run={"lam": exhibit.at}, seconds=1.4,
                 tell={"fits": still["parts"], "errors": still["least"]}, hold=3.0),
        )),
    ))  # fmt: skip


def _of_the_mean(exhibit: BiasVariance) -> Iterator[Question]:
    """Ask what becomes of the mean fit under a penalty, if anything does, before it is seen."""
    if exhibit.bias_squared[-1] > swept.EXACT:
        yield say.choice("mean", "leaves", ("stays", "scatters", "leaves"), panel="fits",
                         sees=("truth", "free-mean"))  # fmt: skip


def _of_the_error(total: Said) -> Question:
    """Ask what bias, variance and noise come to."""
    parts = {name: total.values[name] for name in ("bias", "variance", "noise")}
    bias, variance, noise = map(float, parts.values())
    error = snap(bias + variance + noise)
    near = min(0.05 * error, 0.4 * noise)
    wrongs = {"fits": snap(bias + variance), "noise": snap(noise)}
    return say.guess("adds", error, near, wrongs, parts, high=three(2 * error), panel="errors")
