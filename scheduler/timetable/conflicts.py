"""What does not go together in a timetable, in a sentence, with what can be done about it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from scheduler.timetable.expand import SessionKey, SessionWindow
from scheduler.timetable.explain import Unmet
from scheduler.timetable.running_order import LineKind, OrderLine, Relay, Template
from scheduler.timetable.sentences import say_length, say_session, say_zones

WORTH_TELLING = timedelta(minutes=1)
"""Shorter silence before a relay is a pause, not something to rearrange items for."""


class ConflictKind(StrEnum):
    SESSIONS_OVERLAP = "sessions_overlap"
    OVER_LENGTH = "over_length"
    RELAY_COLLIDES = "relay_collides"
    WISH_UNMET = "wish_unmet"
    OUTSIDE_REGULATION = "outside_regulation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """`sentence` says what is wrong, `remedy` what can be done; keys and ids say where."""

    kind: ConflictKind
    sentence: str
    remedy: str
    sessions: tuple[SessionKey, ...] = ()
    zones: frozenset[str] = frozenset()
    wish_id: str | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """Sessions that do not overlap in any zone, even at their longest, and what they gave up."""

    windows: tuple[SessionWindow, ...]
    conflicts: tuple[Conflict, ...]


def settle(
    windows: Iterable[SessionWindow], zone_names: Mapping[str, str] | None = None
) -> Settled:
    """Give each moment of each zone to one session, so that no plan overlaps itself.

    Who starts first keeps the zone until the planned end (at the same start: the smaller slot id);
    one that starts before that end loses the shared zones and, without zones, does not take place.
    Where only the longest ends reach into the next session, the earlier one is limited to its
    start: that is no conflict. Cost: n log n, and once per zone of each session.
    """
    settled: list[SessionWindow] = []
    holders: dict[str, int] = {}
    conflicts = []
    for window in sorted(windows, key=lambda w: (w.starts_at, w.slot_id, w.local_day)):
        lost: dict[int, set[str]] = {}
        for zone in window.zones:
            holder = holders.get(zone)
            if holder is not None and settled[holder].ends_at > window.starts_at:
                lost.setdefault(holder, set()).add(zone)
        for holder, zones in sorted(lost.items()):
            conflicts.append(_overlap(settled[holder], window, frozenset(zones), zone_names or {}))
        kept = window.zones.difference(*lost.values())
        if not kept:
            continue
        for zone in kept:
            holder = holders.get(zone)
            if holder is not None and settled[holder].latest_end > window.starts_at:
                settled[holder] = replace(settled[holder], latest_end=window.starts_at)
            holders[zone] = len(settled)
        settled.append(replace(window, zones=kept))
    return Settled(tuple(settled), tuple(conflicts))


def _overlap(
    first: SessionWindow,
    second: SessionWindow,
    zones: frozenset[str],
    zone_names: Mapping[str, str],
) -> Conflict:
    shared = min(first.ends_at, second.ends_at) - second.starts_at
    return Conflict(
        kind=ConflictKind.SESSIONS_OVERLAP,
        sentence=(
            f"{_capital(say_session(first))} và {say_session(second)} trùng nhau "
            f"{say_length(shared)} ở khu vực {say_zones(zones, zone_names)}; "
            "buổi bắt đầu trước được phát."
        ),
        remedy="Dời giờ một buổi, rút ngắn buổi trước, hoặc bỏ bớt khu vực của một buổi.",
        sessions=(first.key, second.key),
        zones=zones,
    )


def over_length(window: SessionWindow, lines: Sequence[OrderLine]) -> Conflict | None:
    """The conflict of a running order that is longer than the session may be."""
    end = lines[-1].end if lines else timedelta(0)
    if end <= window.longest:
        return None
    return Conflict(
        kind=ConflictKind.OVER_LENGTH,
        sentence=(
            f"{_capital(say_session(window))} dài {say_length(end)}, "
            f"quá thời lượng tối đa {say_length(window.longest)}."
        ),
        remedy="Chuyển bớt tin sang buổi khác, hoặc kéo dài riêng buổi này.",
        sessions=(window.key,),
    )


def relay_collisions(
    window: SessionWindow, template: Template, lines: Sequence[OrderLine]
) -> tuple[Conflict, ...]:
    """The relays of a running order that begin late, are cut or left out, and those before which
    the loudspeakers fall silent because the next item does not fit.

    A relay that merely waits for its time, with no item behind it, collides with nothing.
    """
    places = [place for place, line in enumerate(lines) if line.kind is LineKind.RELAY]
    conflicts = []
    for number, relay in enumerate(template.relays_in_order):
        # Only the last relays can be missing: the session was over before they began.
        place = places[number] if number < len(places) else None
        problem = _relay_problem(relay, lines, place)
        if problem:
            conflicts.append(_relay_conflict(window, relay.offset, problem))
    return tuple(conflicts)


def _relay_problem(relay: Relay, lines: Sequence[OrderLine], place: int | None) -> str | None:
    if place is None:
        return "nằm ngoài thời lượng tối đa của buổi nên không được phát"
    line = lines[place]
    if line.offset > relay.offset:
        return f"bắt đầu muộn {say_length(line.offset - relay.offset)}"
    if line.duration < relay.duration:
        return f"bị cắt còn {say_length(line.duration)}"
    before = lines[place - 1] if place else None
    if before is None or before.kind is not LineKind.SILENCE or before.duration < WORTH_TELLING:
        return None
    if any(later.kind is LineKind.BULLETIN for later in lines[place:]):
        return f"không đủ chỗ cho tin đứng trước, loa im {say_length(before.duration)}"
    return None


def _relay_conflict(window: SessionWindow, offset: timedelta, problem: str) -> Conflict:
    return Conflict(
        kind=ConflictKind.RELAY_COLLIDES,
        sentence=(
            f"Tiếp âm ở phút {offset // timedelta(minutes=1)} của {say_session(window)} {problem}."
        ),
        remedy="Đổi thứ tự tin cho vừa trước giờ tiếp âm, hoặc dời giờ tiếp âm.",
        sessions=(window.key,),
    )


def unmet_wishes(unmet: Iterable[Unmet]) -> tuple[Conflict, ...]:
    """The wishes that no later day can help; those that merely wait are no conflict."""
    return tuple(
        Conflict(
            kind=ConflictKind.WISH_UNMET,
            sentence=wish.sentence,
            remedy="Nới hạn phát, chọn thêm buổi hoặc khu vực, hay giảm số lượt.",
            wish_id=wish.wish_id,
        )
        for wish in unmet
        if not wish.waits
    )


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
