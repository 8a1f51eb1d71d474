"""Numbers that a reader writes, and code to copy with them in its places."""

import pytest


def code(opened):
    return opened.run(
        "() => [...document.querySelectorAll('.snippet code')].map((c) => c.textContent)"
    )


def test_a_number_that_is_written_moves_lambda_and_fills_all_others(tab):
    opened = tab("conventions", "#free=1", motion="reduce")
    field = opened.page.locator("#field-sklearn-l2")
    field.fill("1")
    field.blur()
    opened.settle()
    lam, rows = opened.values()["lam"], opened.values()["rows"]
    assert lam == pytest.approx(0.5 / rows, rel=1e-5)
    shown = {
        name: opened.page.locator(f"#field-{name}").input_value()
        for name in ("sklearn-l2", "esl-l2", "glmnet-l2", "sklearn-l1")
    }
    assert shown["sklearn-l2"] == shown["esl-l2"] == "1"
    assert float(shown["glmnet-l2"]) == pytest.approx(2.0 * lam, rel=1e-4)
    assert float(shown["sklearn-l1"]) == pytest.approx(lam, rel=1e-4)
    python, r = code(opened)
    assert "Ridge(alpha=1)" in python
    assert f"Lasso(alpha={shown['sklearn-l1']})" in python
    assert f"alpha = 0, lambda = {shown['glmnet-l2']})" in r
    C = opened.page.locator("#field-logistic-l2")
    assert float(C.input_value()) == pytest.approx(0.5 / rows / lam, rel=1e-4)
    assert "{" not in python + r
    # What is no strength changes nothing.
    field.fill("-3")
    field.blur()
    opened.settle()
    assert opened.values()["lam"] == lam
    assert field.input_value() == "1"
    # One that has lambda below the line moves it, too.
    C.fill("0.25")
    C.blur()
    opened.settle()
    assert opened.values()["lam"] == pytest.approx(2.0 / rows, rel=1e-5)
    field.fill("-3")
    told = opened.page.locator(".fields output")
    assert told.inner_text() == f"Only from {0.0002 * rows:.5g} to {200 * rows:.5g} here"
    field.fill("2")
    assert not told.is_visible()
    assert opened.said == []


def test_each_of_the_two_numbers_of_a_net_leaves_the_other(tab):
    opened = tab("conventions", "#free=1", motion="reduce")
    given = {"sklearn-net": "0.3", "sklearn-share": "0.25", "glmnet-net": "0.2"}

    def now(*names):
        opened.settle()
        return [float(opened.page.locator(f"#field-{name}").input_value()) for name in names]

    for name, value in given.items():
        field = opened.page.locator(f"#field-{name}")
        field.fill(value)
        field.blur()
        opened.settle()
    # alpha (r |w| + (1 - r)/2 w^2) is lam (q |w| + (1 - q) w^2), lam q = alpha r.
    assert now("sklearn-net", "sklearn-share", "glmnet-share") == [0.2, 0.25, 0.25]
    assert now("source-net", "source-share") == pytest.approx([0.125, 0.4])
    assert opened.values()["l1_ratio"] == pytest.approx(0.4)
    opened.page.locator("#field-sklearn-share").fill("1.5")
    assert opened.page.locator(".fields output").inner_text() == "Only from 0 to 1 here"
    assert now("source-net", "source-share", "sklearn-net") == [0.2, 1.0, 0.2]


def test_they_are_there_in_free_play_alone_and_can_be_copied(tab):
    opened = tab("conventions", "?step=1", motion="reduce")
    box = opened.page.locator(".written")
    assert not box.is_visible()
    opened.to(0)
    assert box.is_visible()
    opened.run(
        "() => { navigator.clipboard.writeText = async (text) => { window.copied = text; }; }"
    )
    opened.page.locator(".snippet button >> nth=0").click()
    assert opened.run("() => window.copied") == code(opened)[0]
