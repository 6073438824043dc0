"""Whether two shares differ by more than chance would explain: the only ground on which the report may say so."""

import math
from typing import Final

EXACT_UP_TO: Final = 20_000
"""Sum of both bases up to which Fisher's exact test is worked out in full; above it the normal test differs little."""

UNLIKELY: Final = 0.01
"""Below this a difference is called unlikely to be chance. Stricter than the usual 0.05: a report makes many tests."""


def two_shares(first: tuple[int, int], second: tuple[int, int]) -> float:
    """The two-sided probability of a difference at least this large if both shares were really one.

    Each pair is (numerator, base), base above 0. Fisher's exact test; the normal test for large bases.
    """
    for numerator, base in (first, second):
        if not 0 <= numerator <= base or base == 0:
            raise ValueError(f"{numerator} of {base} is no share")
    if first[1] + second[1] <= EXACT_UP_TO:
        return _fisher(first, second)
    return _normal(first, second)


def _fisher(first: tuple[int, int], second: tuple[int, int]) -> float:
    """The probability of every split of the successes no more likely than the one observed."""
    base_1, base_2 = first[1], second[1]
    successes = first[0] + second[0]
    whole = _log_choose(base_1 + base_2, successes)

    def likelihood(in_first: int) -> float:
        return _log_choose(base_1, in_first) + _log_choose(base_2, successes - in_first) - whole

    # Equal likelihoods reached by different roundings must count as equal, hence the margin.
    observed = likelihood(first[0]) + 1e-7
    possible = range(max(0, successes - base_2), min(base_1, successes) + 1)
    return min(1.0, math.fsum(math.exp(each) for each in map(likelihood, possible) if each <= observed))


def _log_choose(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def _normal(first: tuple[int, int], second: tuple[int, int]) -> float:
    (k_1, n_1), (k_2, n_2) = first, second
    pooled = (k_1 + k_2) / (n_1 + n_2)
    spread = math.sqrt(pooled * (1 - pooled) * (1 / n_1 + 1 / n_2))
    if spread == 0:
        return 1.0
    return math.erfc(abs(k_1 / n_1 - k_2 / n_2) / spread / math.sqrt(2))
