"""Đính chính: a row of the log is never changed, a new one says what was wrong with it."""

from sqlalchemy import insert, select

from broadcast.airlog.chain import SEALED, seal
from broadcast.airlog.head import lock_head, move_head
from broadcast.airlog.intake import want_days
from broadcast.airlog.models import LOG_TABLE, LogEntry
from broadcast.airlog.rules import EntryKind, PlayOutcome
from broadcast.desk import Desk, use_case
from broadcast.errors import InvalidInput, NotFound
from broadcast.people.rules import Right
from broadcast.people.trail import note_deed
from broadcast.stations.models import Station

LEAST_REASON = 5
DAY_MS = 24 * 3600 * 1000


class CorrectionWithoutReason(InvalidInput):
    code = "airlog.correction_without_reason"
    message = "Hãy ghi lý do đính chính (ít nhất vài chữ); lý do được in trong sổ nhật ký."


class PlayedTimeImpossible(InvalidInput):
    code = "airlog.played_time_impossible"
    message = "Thời lượng thực phát phải từ 0 đến 24 giờ."


@use_case
def correct_play(
    desk: Desk, entry_id: int, outcome: PlayOutcome, played_ms: int, reason: str
) -> int:
    """Adds a chained row with the author and the reason; answers its number.

    The last correction of a play holds. Correcting a correction corrects the play it speaks of.

    :raises NotFound: no such entry at this station.
    :raises CorrectionWithoutReason: :raises PlayedTimeImpossible:
    """
    desk.actor.must(Right.REPORT)
    if len(reason.strip()) < LEAST_REASON:
        raise CorrectionWithoutReason
    if not 0 <= played_ms <= DAY_MS:
        raise PlayedTimeImpossible(played_ms=played_ms)
    play = get_play(desk, entry_id)
    number, previous_hash = lock_head(desk)
    row = {name: getattr(play, name) for name in SEALED} | {
        "entry": EntryKind.CORRECTION,
        "play_id": None,
        "corrects_id": play.id,
        "outcome": outcome,
        "played_ms": played_ms,
        "reason": reason.strip(),
        "author_id": desk.actor.user_id,
        "author_name": desk.actor.name,
        "received_at": desk.now,
    }
    number, row_hash = seal([row], number=number, previous_hash=previous_hash)
    desk.session.execute(insert(LOG_TABLE), [row])
    move_head(desk, number, row_hash)
    note_deed(desk, "airlog.corrected", "log_entry", str(play.id), number=number)
    want_days(desk, desk.session.get_one(Station, desk.station_id).time_zone, [row])
    return number


def get_play(desk: Desk, entry_id: int) -> LogEntry:
    """The play of that id, or the one that the correction of that id speaks of.

    :raises NotFound: none at this station.
    """
    found = desk.session.scalar(
        select(LogEntry).where(LogEntry.station_id == desk.station_id, LogEntry.id == entry_id)
    )
    if found is None:
        raise NotFound(entry=entry_id)
    return found if found.corrects_id is None else get_play(desk, found.corrects_id)
