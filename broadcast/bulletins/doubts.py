"""What the text checker doubts, and which doubts the author has set aside, with the reason."""

from collections.abc import Sequence
from dataclasses import dataclass

from audio.reading import TextWarning, check_text
from broadcast.bulletins.drafts import clean_line
from broadcast.bulletins.models import BulletinVersion
from broadcast.bulletins.queries import get_bulletin
from broadcast.bulletins.reading import dictionary_of, style_of
from broadcast.bulletins.rules import BulletinState, ReasonMissing, StepNotPossible
from broadcast.bulletins.versions import editable_version
from broadcast.desk import Desk, use_case
from broadcast.people.rules import Right
from broadcast.stations.models import Station
from scheduler.timetable.wall_clock import local_day_of

LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Doubt:
    """A warning; `reason` and `by` are set when somebody has looked and lets it stand."""

    warning: TextWarning
    reason: str = ""
    by: str = ""

    @property
    def is_open(self) -> bool:
        return not self.reason


def list_doubts(desk: Desk, text: str, overridden: Sequence[dict[str, object]] = ()) -> list[Doubt]:
    """One for each kind and wording, in the order of the text; the same words are asked about once.

    :param overridden: `BulletinVersion.overridden`.
    """
    station = desk.session.get_one(Station, desk.station_id)
    today = local_day_of(desk.now, station.time_zone)
    found = check_text(text, today=today, style=style_of(station), dictionary=dictionary_of(desk))
    kept = {(str(one["kind"]), str(one["written"])): one for one in overridden}
    doubts: dict[tuple[str, str], Doubt] = {}
    for warning in found:
        name = (warning.kind.value, warning.written)
        aside = kept.get(name, {})
        doubts.setdefault(
            name, Doubt(warning, str(aside.get("reason", "")), str(aside.get("by", "")))
        )
    return list(doubts.values())


@use_case
def set_doubt_aside(
    desk: Desk, bulletin_id: str, *, kind: str, written: str, reason: str
) -> BulletinVersion:
    """The author has looked at a warning and lets it stand; the approver reads why.

    :raises ReasonMissing: the approver would have to ask.
    :raises StepNotPossible: the version has left the author's hands.
    """
    desk.actor.must(Right.WRITE)
    bulletin = get_bulletin(desk, bulletin_id)
    if bulletin.state not in {BulletinState.DRAFTED, BulletinState.RETURNED}:
        raise StepNotPossible(bulletin=bulletin_id)
    reason = clean_line(reason)[:LONGEST_REASON]
    if not reason:
        raise ReasonMissing(bulletin=bulletin_id)
    version = editable_version(desk, bulletin)
    others = [one for one in version.overridden if (one["kind"], one["written"]) != (kind, written)]
    kept: dict[str, object] = {"kind": kind, "written": written, "reason": reason}
    version.overridden = [*others, kept | {"by": desk.actor.name, "at": desk.now.isoformat()}]
    return version
