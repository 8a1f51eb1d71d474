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
    assert "{" not in python + r
    # What is no strength changes nothing.
    field.fill("-3")
    field.blur()
    opened.settle()
    assert opened.values()["lam"] == lam
    assert field.input_value() == "1"
    told = opened.page.locator(".fields output")
    assert told.inner_text() == f"Only from {0.0002 * rows:.5g} to {200 * rows:.5g} here"
    field.fill("2")
    assert not told.is_visible()
    assert opened.said == []


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
