"""Durations as the figures that are quoted."""

from collections.abc import Sequence
from statistics import median


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least that share of all values do not exceed (nearest rank)."""
    ordered = sorted(values)
    rank = max(1, -(-len(ordered) * round(share * 1000) // 1000))
    return ordered[rank - 1]


def summary(seconds: Sequence[float]) -> dict[str, float]:
    """Count, median, 95th percentile and extremes, in seconds to the millisecond."""
    return {
        "count": len(seconds),
        "p50_s": round(median(seconds), 4),
        "p95_s": round(percentile(seconds, 0.95), 4),
        "min_s": round(min(seconds), 4),
        "max_s": round(max(seconds), 4),
    }
