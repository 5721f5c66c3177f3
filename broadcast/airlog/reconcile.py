"""Planned lines and what the boxes say of them become airings, each with one outcome. PURE.

The order in which rows arrived does not matter, and nothing that was planned or heard is left out.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from broadcast.airlog.rules import AiringOutcome, PlayOutcome

LATE_AFTER = timedelta(seconds=60)
"""A minute late is what listeners call late; boxes start within milliseconds."""
NO_REPORT = "no_report"
"""The reason given for a box that said nothing in its time."""
NO_BOX = "no_box"
"""No box stood in the zones of the session."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One planned moment of one line. `reports_until`: a box silent for longer has missed it.

    `is_dropped`: it had left the plan before its moment; only an offline box can have played it.
    """

    key: str
    airing_id: str
    planned_start: datetime
    planned_ms: int
    reports_until: datetime
    box_ids: frozenset[str]
    is_dropped: bool = False
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Play:
    """One entry of the log, or a correction of one (`corrects` is the id of that one)."""

    id: int
    airing_id: str | None
    box_id: str
    planned_start: datetime | None
    started_at: datetime | None
    played_ms: int
    planned_ms: int
    outcome: PlayOutcome
    reason: str = ""
    clock_trusted: bool = True
    corrects: int | None = None


@dataclass(frozen=True, slots=True)
class BoxPart:
    """One box's part in an airing. `late_ms` is 0 for what was on time or not heard."""

    box_id: str
    played_ms: int
    outcome: AiringOutcome
    reason: str = ""
    late_ms: int = 0


@dataclass(frozen=True, slots=True)
class Airing:
    """`planned` is None for what nobody planned; then `first_play` says what it was."""

    key: str
    outcome: AiringOutcome
    boxes: tuple[BoxPart, ...]
    planned: Planned | None
    first_play: Play | None
    planned_ms: int
    started_at: datetime | None
    reason: str = ""

    @property
    def heard_ms(self) -> int:
        return max((box.played_ms for box in self.boxes), default=0)

    @property
    def speaker_ms(self) -> int:
        return sum(box.played_ms for box in self.boxes)


def key_of(airing_id: str, planned_start: datetime) -> str:
    """A repeat of an emergency is an airing of its own, so the moment belongs to the name."""
    return f"{airing_id}@{planned_start.isoformat(timespec='milliseconds')}"


def with_corrections(plays: Iterable[Play]) -> list[Play]:
    """The plays as corrected; of several corrections of one play the last holds."""
    by_id: dict[int, Play] = {}
    for play in sorted(plays, key=lambda play: play.id):
        if play.corrects is None:
            by_id[play.id] = play
        elif (corrected := by_id.get(play.corrects)) is not None:
            by_id[play.corrects] = replace(
                corrected, outcome=play.outcome, played_ms=play.played_ms, reason=play.reason
            )
    return list(by_id.values())


def reconcile(
    planned: Iterable[Planned], plays: Iterable[Play], *, threshold_percent: int, now: datetime
) -> tuple[Airing, ...]:
    """Every planned moment with exactly one outcome, and what was heard besides, by key.

    An airing is heard when one box played at least `threshold_percent` of it.
    """
    by_key = {one.key: one for one in planned}
    played: dict[str, list[Play]] = defaultdict(list)
    for play in with_corrections(plays):
        played[_key_for(play, by_key)].append(play)
    airings = [
        _airing(by_key.get(key), key, played.get(key, []), threshold_percent, now)
        for key in sorted(by_key.keys() | played.keys())
    ]
    return tuple(one for one in airings if _is_worth_a_row(one))


def _is_worth_a_row(airing: Airing) -> bool:
    """A box that says it did not play what nobody wanted played says nothing."""
    is_wanted = airing.planned is not None and not airing.planned.is_dropped
    return is_wanted or airing.heard_ms > 0


def _key_for(play: Play, by_key: Mapping[str, Planned]) -> str:
    """The moment the box names; a box that played an older plan means the line wherever it is."""
    if play.airing_id is None or play.planned_start is None:
        return f"play:{play.id}"
    named = key_of(play.airing_id, play.planned_start)
    if named in by_key:
        return named
    for key, one in by_key.items():
        if one.airing_id == play.airing_id and not one.repeats:
            return key
    return named


def _airing(
    planned: Planned | None, key: str, plays: list[Play], threshold_percent: int, now: datetime
) -> Airing:
    best = _best_of_each_box(plays)
    planned_ms = planned.planned_ms if planned else max(play.planned_ms for play in plays)
    judge = _Judge(planned, planned_ms, threshold_percent, now)
    expected = planned.box_ids if planned and not planned.is_dropped else frozenset[str]()
    boxes = tuple(judge.part(box_id, best.get(box_id)) for box_id in sorted(expected | best.keys()))
    outcome = judge.together(boxes)
    heard = [play for play in best.values() if play.played_ms and play.started_at]
    return Airing(
        key=key,
        outcome=outcome,
        boxes=boxes,
        planned=planned,
        first_play=min(plays, key=lambda play: play.id, default=None),
        planned_ms=planned_ms,
        started_at=min((p.started_at for p in heard if p.started_at), default=None),
        reason=_reason(outcome, boxes),
    )


def _best_of_each_box(plays: Iterable[Play]) -> dict[str, Play]:
    """A box that was interrupted and began again counts with its longest part."""
    best: dict[str, Play] = {}
    for play in sorted(plays, key=lambda play: (-play.played_ms, play.id)):
        best.setdefault(play.box_id, play)
    return best


@dataclass(frozen=True, slots=True)
class _Judge:
    planned: Planned | None
    planned_ms: int
    threshold_percent: int
    now: datetime

    def part(self, box_id: str, play: Play | None) -> BoxPart:
        if play is None:
            is_time_left = self.planned is not None and self.now < self.planned.reports_until
            if is_time_left:
                return BoxPart(box_id, 0, AiringOutcome.WAITING)
            return BoxPart(box_id, 0, AiringOutcome.MISSED, NO_REPORT)
        if self.planned is None or self.planned.is_dropped:
            return BoxPart(box_id, play.played_ms, AiringOutcome.UNPLANNED, play.reason)
        if play.played_ms == 0:
            return BoxPart(box_id, 0, AiringOutcome.MISSED, play.reason or play.outcome.value)
        late = self._lateness(play, self.planned)
        outcome = AiringOutcome.LATE if late > LATE_AFTER else AiringOutcome.AIRED
        if play.played_ms * 100 < self.threshold_percent * self.planned_ms:
            outcome = AiringOutcome.PARTIAL
        return BoxPart(
            box_id, play.played_ms, outcome, play.reason, late // timedelta(milliseconds=1)
        )

    def _lateness(self, play: Play, planned: Planned) -> timedelta:
        """Unknown with a clock that was not trusted; nothing is late by a guess."""
        if play.started_at is None or not play.clock_trusted:
            return timedelta(0)
        return max(play.started_at - planned.planned_start, timedelta(0))

    def together(self, boxes: tuple[BoxPart, ...]) -> AiringOutcome:
        if self.planned is None or self.planned.is_dropped:
            return AiringOutcome.UNPLANNED
        said = {box.outcome for box in boxes}
        for outcome in (
            AiringOutcome.AIRED,
            AiringOutcome.LATE,
            AiringOutcome.WAITING,
            AiringOutcome.PARTIAL,
        ):
            if outcome in said:
                return outcome
        if not boxes and self.now < self.planned.reports_until:
            return AiringOutcome.WAITING
        return AiringOutcome.MISSED


def _reason(outcome: AiringOutcome, boxes: tuple[BoxPart, ...]) -> str:
    """Why it was not heard whole: what most boxes say."""
    if outcome in {AiringOutcome.AIRED, AiringOutcome.WAITING}:
        return ""
    if not boxes:
        return NO_BOX
    told = Counter(box.reason for box in boxes if box.reason and box.outcome is outcome)
    return min(told, key=lambda reason: (-told[reason], reason), default="")
