"""Single airings as the sheet of evidence shows them: what each adds to the figures. PURE."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from broadcast.bulletins.rules import BulletinKind, Origin
from broadcast.reports.daily import measure
from broadcast.reports.facts import AiringFact, CountingRule


@dataclass(frozen=True, slots=True)
class AiringLine:
    """One airing. `items`, `airings` and `net_ms` are what it adds to the totals, often 0.

    `items` is 1 on the first counted airing of an item among the lines.
    """

    local_day: date
    local_time: str
    title: str
    topic: str
    became: str
    items: int
    airings: int
    net_ms: int
    played_ms: int
    planned_ms: int
    reached: int
    expected: int


def airing_lines(
    airings: Iterable[AiringFact], rule: CountingRule, zone: ZoneInfo
) -> tuple[AiringLine, ...]:
    """In the order of their moments; they add up to what `counting.count` says of them."""
    seen: set[str] = set()
    lines = []
    for airing in sorted(airings, key=lambda one: (one.aired_at, one.airing_id)):
        part = measure(airing, rule)
        became, is_main = _became(airing, rule)
        is_new_here = is_main and airing.bulletin_id not in seen
        if is_main:
            seen.add(airing.bulletin_id)
        lines.append(
            AiringLine(
                local_day=airing.local_day,
                local_time=f"{airing.aired_at.astimezone(zone):%H:%M}",
                title=airing.title,
                topic=airing.topic,
                became=became,
                items=int(is_new_here),
                airings=int(is_main),
                net_ms=part.net_ms if is_main else 0,
                played_ms=max((box.played_ms for box in airing.boxes), default=0),
                planned_ms=airing.planned_ms,
                reached=part.reached,
                expected=part.expected,
            )
        )
    return tuple(lines)


def _became(airing: AiringFact, rule: CountingRule) -> tuple[str, bool]:
    """In words, and whether it stands in the main line."""
    part = measure(airing, rule)
    if part.unplanned:
        return "Ngoài lịch", False
    if not part.counted:
        return ("Phát thiếu" if part.partial else "Không phát"), False
    if airing.origin is Origin.RELAYED:
        return "Tiếp âm", False
    if airing.kind is BulletinKind.NOTICE and not rule.notices_count:
        return "Thông báo không tính", False
    words = "Phát muộn" if part.late else "Đã phát"
    return (f"{words} (ước tính)" if airing.estimate else words), True
