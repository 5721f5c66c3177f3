"""PURE: how far the station's clock is from the box's steady clock, estimated as NTP does.

All times are integer nanoseconds: `steady` counts since the machine started and never jumps,
`station` counts since 1970. The wall clock of the box takes no part.
"""

from collections.abc import Sequence
from dataclasses import dataclass

PRESUMED_DRIFT = 100e-6
"""What a cheap crystal loses; an older exchange is trusted that much less per second of age."""

LARGEST_DRIFT = 0.02
"""Beyond 1.2 s a minute it is no drift but a clock that was set."""

KEPT_EXCHANGES = 16


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and its answer, which carried the station's time of somewhere in between."""

    sent_ns: int
    received_ns: int
    station_ns: int
    grain_ns: int = 0
    """Half the resolution of `station_ns`: an HTTP Date knows whole seconds only."""

    @property
    def middle_ns(self) -> int:
        return (self.sent_ns + self.received_ns) // 2

    @property
    def offset_ns(self) -> int:
        return self.station_ns - self.middle_ns

    @property
    def error_ns(self) -> int:
        """The true offset is within this of `offset_ns`, however uneven the two ways were."""
        return (self.received_ns - self.sent_ns) // 2 + self.grain_ns


@dataclass(frozen=True, slots=True)
class Estimate:
    offset_ns: int
    at_ns: int
    error_ns: int
    drift: float = 0.0

    def station_ns(self, steady_ns: int) -> int:
        return steady_ns + self.offset_ns + round(self.drift * (steady_ns - self.at_ns))

    def steady_ns(self, station_ns: int) -> int:
        """The inverse of `station_ns`, exact to a nanosecond per second of distance."""
        at_station_ns = self.at_ns + self.offset_ns
        return self.at_ns + round((station_ns - at_station_ns) / (1 + self.drift))


def estimate(exchanges: Sequence[Exchange]) -> Estimate | None:
    """The best estimate from exchanges in order of time; None without any.

    One answer that contradicts the others is not believed until a second one agrees with it: a
    stale answer must not move the air, a station whose clock was set must.
    """
    if not exchanges:
        return None
    newest = exchanges[-1]
    agreeing = [e for e in exchanges if _agree(e, newest)]
    if len(agreeing) == 1 and len(exchanges) > 1:
        return estimate(exchanges[:-1])
    best = min(agreeing, key=lambda e: e.error_ns + _age_ns(e, newest) * PRESUMED_DRIFT)
    drift = _proved_drift(agreeing)
    return Estimate(_sharpen(best, agreeing, drift), best.middle_ns, best.error_ns, drift)


def _sharpen(best: Exchange, agreeing: Sequence[Exchange], drift: float) -> int:
    """Within what `best` leaves open, what the most exact exchange said: after hours without a
    station an answer of whole seconds corrects the clock, but does not blur it.
    """
    sharpest = min(agreeing, key=lambda e: e.error_ns)
    carried_ns = sharpest.offset_ns + round(drift * _age_ns(sharpest, best))
    least_ns, most_ns = best.offset_ns - best.error_ns, best.offset_ns + best.error_ns
    return max(least_ns, min(most_ns, carried_ns))


def _agree(older: Exchange, newer: Exchange) -> bool:
    doubt_ns = older.error_ns + newer.error_ns + _age_ns(older, newer) * LARGEST_DRIFT
    return abs(older.offset_ns - newer.offset_ns) <= doubt_ns


def _proved_drift(exchanges: Sequence[Exchange]) -> float:
    """The least drift that explains first and last: zero unless their error bars part."""
    first, last = exchanges[0], exchanges[-1]
    span_ns = _age_ns(first, last)
    apart_ns = last.offset_ns - first.offset_ns
    proved_ns = abs(apart_ns) - first.error_ns - last.error_ns
    if span_ns <= 0 or proved_ns <= 0:
        return 0.0
    return proved_ns / span_ns * (1 if apart_ns > 0 else -1)


def _age_ns(older: Exchange, newer: Exchange) -> int:
    return newer.middle_ns - older.middle_ns
