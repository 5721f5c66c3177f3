"""Why the rows of a table do not add up to its total, said before anybody asks. PURE."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from broadcast.reports.facts import Difference, Figures, GroupBy, GroupRow, Reason

_COUNTED_PER_ZONE = (
    "new_items", "airings", "net_ms", "gross_ms", "relay_ms", "speaker_ms", "partial", "missed",
    "late", "unplanned", "estimates", "notices", "relays", "estimated_sessions",
)  # fmt: skip
_COUNTED_PER_BOX = ("reached", "expected")
_ROUNDED = ("net_ms", "gross_ms", "relay_ms", "speaker_ms")


def explain(
    by: tuple[GroupBy, ...], rows: Sequence[GroupRow], total: Figures
) -> tuple[Difference, ...]:
    """Every measure whose rows do not add up, each with its reason; empty without a grouping."""
    if not by:
        return ()
    found = [_compare("items", rows, total, Reason.SAME_ITEM)]
    found += [_compare(name, rows, total, Reason.SEVERAL_ZONES) for name in _COUNTED_PER_ZONE]
    found += [_compare(name, rows, total, Reason.NESTED_ZONES) for name in _COUNTED_PER_BOX]
    found += [_rounded(name, rows, total) for name in _ROUNDED]
    return tuple(difference for difference in found if difference is not None)


def _compare(
    measure: str, rows: Sequence[GroupRow], total: Figures, reason: Reason
) -> Difference | None:
    parts = [getattr(row.figures, measure) for row in rows]
    whole: int = getattr(total, measure)
    if measure in {"gross_ms", "estimated_sessions"} and _has_no_gross(rows):
        return Difference(measure, 0, whole, Reason.GROSS_NOT_DIVIDED) if whole else None
    return None if sum(parts) == whole else Difference(measure, sum(parts), whole, reason)


def _rounded(measure: str, rows: Sequence[GroupRow], total: Figures) -> Difference | None:
    """Only where the exact times do add up: otherwise another reason has been given already."""
    parts = [getattr(row.figures, measure) for row in rows]
    whole: int = getattr(total, measure)
    if None in parts or sum(parts) != whole:
        return None
    shown = sum(_tenths(part) for part in parts)
    if shown == _tenths(whole):
        return None
    name = measure.replace("_ms", "_minutes")
    return Difference(name, shown, _tenths(whole), Reason.ROUNDING)


def _has_no_gross(rows: Sequence[GroupRow]) -> bool:
    return not rows or any(row.figures.gross_ms is None for row in rows)


def _tenths(duration_ms: int) -> int:
    return int((Decimal(duration_ms) / 6000).quantize(Decimal(1), ROUND_HALF_UP))
