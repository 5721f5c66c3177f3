"""The station's own regulation of broadcasting hours, and what of a session lies outside it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from scheduler.timetable.errors import RegulationNotValid
from scheduler.timetable.expand import SessionWindow
from scheduler.timetable.sentences import say_session, say_zones
from scheduler.timetable.wall_clock import (
    ONE_DAY,
    instant_at,
    local_day_of,
    start_of_day,
    zone_named,
)

EVERY_DAY = frozenset(range(7))
Span = tuple[datetime, datetime]
"""[from, until), aware UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Local times [from_time, until_time) at which loudspeakers may sound on some weekdays.

    `until_time` 00:00 is the end of the day.
    """

    from_time: time
    until_time: time
    weekdays: frozenset[int] = EVERY_DAY

    def __post_init__(self) -> None:
        """:raises RegulationNotValid: the hours end before they begin."""
        if self.until_time != time.min and self.until_time <= self.from_time:
            raise RegulationNotValid


@dataclass(frozen=True, slots=True, kw_only=True)
class Regulation:
    """A dated decision: the hours allowed, and for special zones (school, hospital) their own.

    Own hours narrow: what may be heard in a zone is what the general hours, its own hours and those
    of every zone it lies in (`parents`) all allow. An empty tuple in `special_zones` allows
    nothing; no general `hours` limit nothing.
    """

    decision_number: str
    decision_date: date
    hours: tuple[Hours, ...] = ()
    special_zones: Mapping[str, tuple[Hours, ...]] = field(default_factory=dict)
    parents: Mapping[str, str | None] = field(default_factory=dict)

    def limits_of(self, zone: str) -> tuple[tuple[Hours, ...], ...]:
        """The sets of hours that hold in a zone, all of them at once; none when it is free."""
        limits = [self.hours] if self.hours else []
        seen: set[str] = set()
        inside: str | None = zone
        while inside is not None and inside not in seen:
            if inside in self.special_zones:
                limits.append(self.special_zones[inside])
            seen.add(inside)
            inside = self.parents.get(inside)
        return tuple(limits)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideHours:
    """A part [starts_at, ends_at) of a session, UTC, in which some of its zones should be quiet."""

    zones: frozenset[str]
    starts_at: datetime
    ends_at: datetime
    sentence: str


def outside_hours(
    window: SessionWindow,
    regulation: Regulation,
    zone_names: Mapping[str, str] | None = None,
) -> tuple[OutsideHours, ...]:
    """The parts of the planned session that the regulation does not allow, by time and zone.

    It warns and forbids nothing: the operator gives a reason and the report lists the exception.
    Hours are those of the local day on which they lie, also for a session that passes midnight.
    """
    found: dict[Span, set[str]] = {}
    for zone in window.zones:
        gaps = [
            gap
            for hours in regulation.limits_of(zone)
            for gap in _uncovered(window, _allowed(window, hours))
        ]
        for span in joined(gaps):
            found.setdefault(span, set()).add(zone)
    return tuple(
        OutsideHours(
            zones=frozenset(zones),
            starts_at=span[0],
            ends_at=span[1],
            sentence=_sentence(window, regulation, span, say_zones(zones, zone_names or {})),
        )
        for span, zones in sorted(found.items(), key=lambda item: (item[0], sorted(item[1])))
    )


def _allowed(window: SessionWindow, hours: Iterable[Hours]) -> list[Span]:
    """The allowed spans on the local days that the session touches, by start."""
    spans = []
    day = window.airs_on
    last = local_day_of(window.ends_at, window.time_zone)
    while day <= last:
        for allowed in hours:
            if day.weekday() not in allowed.weekdays:
                continue
            begins = instant_at(day, allowed.from_time, window.time_zone)
            ends = (
                start_of_day(day + ONE_DAY, window.time_zone)
                if allowed.until_time == time.min
                else instant_at(day, allowed.until_time, window.time_zone)
            )
            if begins and ends:
                spans.append((begins, ends))
        day += ONE_DAY
    return sorted(spans)


def _uncovered(window: SessionWindow, allowed: list[Span]) -> list[Span]:
    gaps = []
    covered_to = window.starts_at
    for begins, ends in allowed:
        if begins >= window.ends_at:
            break
        if begins > covered_to:
            gaps.append((covered_to, begins))
        covered_to = max(covered_to, ends)
    if covered_to < window.ends_at:
        gaps.append((covered_to, window.ends_at))
    return gaps


def joined(spans: Iterable[Span]) -> list[Span]:
    """The same time without overlaps: what one limit forbids stays forbidden."""
    whole: list[Span] = []
    for begins, ends in sorted(spans):
        if whole and begins <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(whole[-1][1], ends))
        else:
            whole.append((begins, ends))
    return whole


def _sentence(window: SessionWindow, regulation: Regulation, span: Span, zones: str) -> str:
    zone = zone_named(window.time_zone)
    begins, ends = (f"{moment.astimezone(zone):%H:%M}" for moment in span)
    return (
        f"{say_session(window)} phát từ {begins} đến {ends} ở khu vực {zones} "
        f"ngoài giờ theo Quyết định {regulation.decision_number} "
        f"ngày {regulation.decision_date:%d/%m/%Y}."
    )
