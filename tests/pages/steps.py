"""What the page's script makes of numbers that come as the steps between them."""


def summed(found):
    """Return the numbers, or points; what has no steps as it is."""
    if not isinstance(found, dict) or "steps" not in found:
        return found
    decimals, wide, *steps = found["steps"]
    taken = [
        one
        for step in steps
        for one in ([step[0]] * step[1] if isinstance(step, list) else [step])
    ]
    values = [sum(taken[i % wide : i + 1 : wide]) / 10**decimals for i in range(len(taken))]
    return values if wide == 1 else [values[i : i + wide] for i in range(0, len(values), wide)]
