"""Print every benchmark: ours and a public peer on the same problems, in one run."""

import os

# One thread for every BLAS, set before NumPy is loaded: the ratios are of algorithms.
for name in ("OPENBLAS", "OMP", "MKL", "BLIS", "VECLIB_MAXIMUM"):
    os.environ[f"{name}_NUM_THREADS"] = "1"

from benchmarks import (  # noqa: E402
    constrained,
    descent,
    logistic,
    pages,
    paths,
    penalized,
    posterior,
)

HEADER = ("what", "ours ms", "peer", "peer ms", "ratio", "our residual", "peer apart")


def main() -> None:
    """Run all and print one row each."""
    print(f"{HEADER[0]:46}{HEADER[1]:>9}  {HEADER[2]:34}", end="")
    print("".join(f"{title:>14}" for title in HEADER[3:]))
    for module in (constrained, penalized, descent, paths, logistic, posterior):
        for row in module.rows():
            print(row)
    pages.report()


if __name__ == "__main__":
    main()
