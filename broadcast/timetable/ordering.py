"""The order made by hand: it wins over the fill and survives every refill."""

from datetime import timedelta

from broadcast.boxes.plans import mark_plans_stale
from broadcast.desk import Desk, use_case
from broadcast.errors import EditConflict, InvalidInput, NotFound
from broadcast.jobs.models import JobKind
from broadcast.jobs.service import want
from broadcast.people.rules import Right
from broadcast.people.trail import note_deed
from broadcast.stations.models import Station
from broadcast.timetable.calendar import as_it_stands, lock_station, zone_tree
from broadcast.timetable.models import OrderLine, SessionRow, WishRow
from broadcast.timetable.service import SessionBegun
from broadcast.timetable.templates import read_templates
from broadcast.timetable.writing import Item, Written, standing_lines, write_order
from scheduler.timetable.conflicts import ConflictKind
from scheduler.timetable.running_order import LineKind
from scheduler.timetable.wall_clock import local_day_of


class NoRoom(InvalidInput):
    code = "timetable.no_room"
    message = "Buổi này không còn đủ chỗ. Hãy kéo dài riêng buổi này, hoặc chuyển bớt tin đi."


class BeyondExpiry(InvalidInput):
    code = "timetable.beyond_expiry"
    message = "Buổi này nằm sau hạn phát của tin. Hãy chọn buổi sớm hơn, hoặc xếp lịch lại."


class CarriedTwice(InvalidInput):
    code = "timetable.carried_twice"
    message = "Buổi này đã có tin ấy rồi. Hãy chọn buổi khác."


@use_case
def move_line(
    desk: Desk, line_id: str, session_id: str, position: int, *, row_version: int
) -> OrderLine:
    """Put a bulletin at `position` (0 is first; too large is last) of a session's items.

    The airing keeps its id, the times of the session are right at once, and the fill leaves the
    place alone from now on.

    :param row_version: of the session into which it is put, as the person saw it.
    :raises EditConflict: somebody, or a refill, changed that session meanwhile.
    :raises SessionBegun: either session is on the air or over.
    :raises NoRoom: :raises BeyondExpiry: :raises CarriedTwice:
    """
    desk.actor.must(Right.SCHEDULE)
    station = lock_station(desk)
    line = get_line(desk, line_id)
    source, target = line.session, get_session(desk, session_id)
    if target.row_version != row_version:
        raise EditConflict(session=session_id)
    for one in (source, target):
        _refuse_begun(desk, one)
    if source is not target:
        _refuse_unsuitable(desk, line, target)
    order = [one for one in _bulletins(desk, target) if one is not line]
    order.insert(max(0, position), line)
    line.session, line.manual, line.why = target, True, f"{desk.actor.name} đã đặt vào đây."
    written = _lay_out(desk, station, target, order)
    if source is not target:
        _lay_out(desk, station, source, _bulletins(desk, source))
    if any(one.kind is ConflictKind.OVER_LENGTH for one in written.conflicts):
        raise NoRoom(session=session_id)
    note_deed(desk, "timetable.line_moved", "session", target.id, airing=line.id)
    _tell(desk)
    return line


@use_case
def release_line(desk: Desk, line_id: str) -> OrderLine:
    """The fill may move it again; undo of a move."""
    desk.actor.must(Right.SCHEDULE)
    line = get_line(desk, line_id)
    _refuse_begun(desk, line.session)
    line.manual, line.why = False, ""
    note_deed(desk, "timetable.line_released", "session", line.session_id, airing=line.id)
    _tell(desk)
    return line


def get_line(desk: Desk, line_id: str) -> OrderLine:
    """A bulletin that stands in a running order. :raises NotFound:"""
    line = desk.session.get(OrderLine, line_id)
    if (
        line is None
        or line.station_id != desk.station_id
        or line.dropped_at is not None
        or line.kind is not LineKind.BULLETIN
    ):
        raise NotFound(line=line_id)
    return line


def get_session(desk: Desk, session_id: str) -> SessionRow:
    """:raises NotFound: unknown, or another station's."""
    row = desk.session.get(SessionRow, session_id)
    if row is None or row.station_id != desk.station_id:
        raise NotFound(session=session_id)
    return row


def _tell(desk: Desk) -> None:
    mark_plans_stale(desk)
    want(desk, JobKind.FILL, desk.station_id)


def _refuse_begun(desk: Desk, row: SessionRow) -> None:
    if row.starts_at <= desk.now or row.cancelled_at is not None or row.slot_id is None:
        raise SessionBegun(session=row.id)


def _refuse_unsuitable(desk: Desk, line: OrderLine, target: SessionRow) -> None:
    station = desk.session.get_one(Station, desk.station_id)
    wish = desk.session.get(WishRow, line.wish_id or "")
    if wish is None:
        return
    if local_day_of(target.starts_at, station.time_zone) >= wish.until_day:
        raise BeyondExpiry(session=target.id)
    if not wish.repeats_in_session and any(
        one.wish_id == wish.id for one in _bulletins(desk, target)
    ):
        raise CarriedTwice(session=target.id)


def _bulletins(desk: Desk, row: SessionRow) -> list[OrderLine]:
    lines = standing_lines(desk, [row.id])[row.id]
    return [line for line in lines if line.kind is LineKind.BULLETIN]


def _lay_out(desk: Desk, station: Station, row: SessionRow, lines: list[OrderLine]) -> Written:
    return write_order(
        desk,
        row,
        as_it_stands(row, station, zone_tree(desk)),
        [Item(timedelta(milliseconds=line.duration_ms), line) for line in lines],
        standing=standing_lines(desk, [row.id])[row.id],
        templates=read_templates(desk, [row]),
    )
