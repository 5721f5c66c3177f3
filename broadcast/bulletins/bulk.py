"""One deed for several bulletins of the shelf, and its undo.

Each bulletin is a use case of its own: one that cannot follow leaves the others done, and is named
with its reason. What was done is one row of the trail; the undo is read from there.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select

from broadcast.bulletins import service
from broadcast.bulletins.decisions import reinstate_bulletin, withdraw_bulletin
from broadcast.bulletins.models import Bulletin
from broadcast.bulletins.queries import get_bulletin
from broadcast.bulletins.topics import move_bulletin
from broadcast.desk import Desk, use_case
from broadcast.errors import InvalidInput, LoaError
from broadcast.people.models import AuditEntry
from broadcast.people.trail import note_deed
from broadcast.timetable.models import WishRow
from broadcast.timetable.queueing import WishDraft, close_wish, queue_bulletin, reopen_wish

MOST = 100
UNDO_WITHIN = timedelta(minutes=10)
DONE, UNDONE = "bulletins.several", "bulletins.several_undone"


class BulkDeed(StrEnum):
    SUBMIT = "submit"
    QUEUE = "queue"
    TOPIC = "topic"
    WITHDRAW = "withdraw"
    ARCHIVE = "archive"
    RESTORE = "restore"


class NothingChosen(InvalidInput):
    code = "bulletins.nothing_chosen"
    message = "Hãy đánh dấu ít nhất một tin bài trước."


class TooLateToUndo(LoaError):
    code = "bulletins.too_late_to_undo"
    message = "Không hoàn tác được nữa: đã quá 10 phút, hoặc việc này đã được hoàn tác."


@dataclass(frozen=True, slots=True)
class Several:
    """`undo` names what was done; empty when nothing was. `refused` is (title, why)."""

    undo: str
    done: int
    refused: tuple[tuple[str, str], ...]


def submit_several(desk: Desk, ids: Sequence[str]) -> Several:
    return _each(desk, BulkDeed.SUBMIT, ids, lambda one: _state(service.submit_bulletin(desk, one)))


def queue_several(desk: Desk, ids: Sequence[str], draft: WishDraft) -> Several:
    """All of them with the same wishes."""
    return _each(desk, BulkDeed.QUEUE, ids, lambda one: queue_bulletin(desk, one, draft).id)


def move_several(desk: Desk, ids: Sequence[str], topic_id: str) -> Several:
    return _each(desk, BulkDeed.TOPIC, ids, lambda one: move_bulletin(desk, one, topic_id))


def withdraw_several(desk: Desk, ids: Sequence[str], reason: str) -> Several:
    return _each(desk, BulkDeed.WITHDRAW, ids, lambda one: withdraw_bulletin(desk, one, reason).id)


def archive_several(desk: Desk, ids: Sequence[str], *, archived: bool) -> Several:
    deed = BulkDeed.ARCHIVE if archived else BulkDeed.RESTORE
    return _each(
        desk, deed, ids, lambda one: _state(service.archive_bulletin(desk, one, archived=archived))
    )


def undo_several(desk: Desk, undo: str) -> Several:
    """As it was, where that is still possible; one's own deed of the last ten minutes, once.

    :raises TooLateToUndo: also for another's deed.
    """
    entry = desk.session.scalar(
        select(AuditEntry).where(
            AuditEntry.station_id == desk.station_id,
            AuditEntry.deed == DONE,
            AuditEntry.subject_id == undo,
            AuditEntry.user_id == desk.actor.user_id,
            AuditEntry.at > desk.now - UNDO_WITHIN,
        )
    )
    again = select(AuditEntry.id).where(AuditEntry.deed == UNDONE, AuditEntry.subject_id == undo)
    if entry is None or desk.session.scalar(again) is not None:
        raise TooLateToUndo(undo=undo)
    deed, at, kept = BulkDeed(str(entry.facts["did"])), entry.at, entry.facts["before"]
    before = kept if isinstance(kept, dict) else {}
    take_back = _way_back(desk, deed, before)

    def undo_one(bulletin_id: str) -> None:
        take_back(bulletin_id)
        if deed in {BulkDeed.WITHDRAW, BulkDeed.ARCHIVE}:
            for wish in _wishes_closed(desk, bulletin_id, at):
                reopen_wish(desk, wish)

    refused = _walk(desk, list(before), undo_one)[1]
    _note(desk, UNDONE, undo, {"did": deed.value})
    return Several("", len(before) - len(refused), refused)


def _way_back(desk: Desk, deed: BulkDeed, before: Mapping[str, str]) -> Callable[[str], object]:
    ways: dict[BulkDeed, Callable[[str], object]] = {
        BulkDeed.SUBMIT: lambda one: service.reopen_bulletin(desk, one),
        BulkDeed.QUEUE: lambda one: close_wish(desk, before[one]),
        BulkDeed.TOPIC: lambda one: move_bulletin(desk, one, before[one]),
        BulkDeed.WITHDRAW: lambda one: reinstate_bulletin(desk, one),
        BulkDeed.ARCHIVE: lambda one: service.archive_bulletin(desk, one, archived=False),
        BulkDeed.RESTORE: lambda one: service.archive_bulletin(desk, one, archived=True),
    }
    return ways[deed]


def chosen_bulletins(desk: Desk, ids: Sequence[str]) -> list[Bulletin]:
    """Each once, at most a hundred. :raises NothingChosen: :raises NotFound: another station's."""
    if not ids:
        raise NothingChosen
    return [get_bulletin(desk, one) for one in list(dict.fromkeys(ids))[:MOST]]


def _each(
    desk: Desk, deed: BulkDeed, ids: Sequence[str], do: Callable[[str], str | None]
) -> Several:
    chosen = [bulletin.id for bulletin in chosen_bulletins(desk, ids)]
    before, refused = _walk(desk, chosen, do)
    undo = desk.new_id() if before else ""
    if undo:
        _note(desk, DONE, undo, {"did": deed.value, "before": before})
    return Several(undo, len(before), refused)


def _walk(
    desk: Desk, ids: Sequence[str], do: Callable[[str], str | None]
) -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    """What `do` said of each that could follow, and the others with their reasons."""
    said: dict[str, str] = {}
    refused: list[tuple[str, str]] = []
    for one in ids:
        title = get_bulletin(desk, one).title
        try:
            said[one] = do(one) or ""
        except LoaError as err:
            refused.append((title, err.message))
    return said, tuple(refused)


def _state(bulletin: Bulletin) -> str:
    return bulletin.state.value


@use_case
def _note(desk: Desk, deed: str, undo: str, facts: dict[str, object]) -> None:
    note_deed(desk, deed, "bulletins", undo, **facts)


def _wishes_closed(desk: Desk, bulletin_id: str, at: datetime) -> list[str]:
    """Those that the deed closed: it stands in the trail with the same moment."""
    return list(
        desk.session.scalars(
            select(WishRow.id).where(
                WishRow.station_id == desk.station_id,
                WishRow.bulletin_id == bulletin_id,
                WishRow.closed_at == at,
            )
        )
    )
