"""What asking for airings would do, before it is done: when it is heard, and what gives way."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from broadcast.bulletins.models import Bulletin
from broadcast.desk import Desk, rehearse
from broadcast.timetable.calendar import zone_tree
from broadcast.timetable.cards import say_zones
from broadcast.timetable.filling import fill_station
from broadcast.timetable.models import OrderLine, SessionRow, WishRow
from broadcast.timetable.queueing import WishDraft, queue_bulletin
from scheduler.timetable.fill import Filling


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One airing as it would be. `zones` by name."""

    at: datetime
    session_name: str
    zones: str
    why: str


@dataclass(frozen=True, slots=True)
class Displaced:
    """What another bulletin would lose or where it would no longer be, in a sentence."""

    title: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """`unmet` is empty when every airing asked for has a place."""

    airings: tuple[Foreseen, ...]
    unmet: str
    displaced: tuple[Displaced, ...]


def rehearse_wish(desk: Desk, bulletin_id: str, draft: WishDraft) -> Rehearsal:
    """The same filling as after confirming, taken back; nothing is written and nobody is told.

    :raises BulletinNotApproved: :raises InvalidInput: as `queue_bulletin` would.
    """

    def deed() -> Rehearsal:
        fill_station(desk)
        stood = _unmet_sentences(desk)
        wish = queue_bulletin(desk, bulletin_id, draft)
        desk.session.flush()
        filling = fill_station(desk)
        unmet = {one.wish_id: one.sentence for one in filling.unmet}
        return Rehearsal(
            airings=_airings(desk, wish),
            unmet=unmet.get(wish.id, ""),
            displaced=_displaced(desk, filling, stood),
        )

    return rehearse(desk, deed)


def _unmet_sentences(desk: Desk) -> dict[str, str]:
    rows = desk.session.execute(
        select(WishRow.id, WishRow.unmet).where(
            WishRow.station_id == desk.station_id, WishRow.closed_at.is_(None)
        )
    )
    return {row.id: row.unmet for row in rows}


def _airings(desk: Desk, wish: WishRow) -> tuple[Foreseen, ...]:
    tree = zone_tree(desk)
    rows = desk.session.execute(
        select(OrderLine, SessionRow)
        .join(SessionRow, SessionRow.id == OrderLine.session_id)
        .where(OrderLine.wish_id == wish.id, OrderLine.dropped_at.is_(None))
        .order_by(OrderLine.planned_start, OrderLine.id)
    )
    return tuple(
        Foreseen(
            line.planned_start,
            session.name,
            say_zones(tree, line.zone_ids or session.zone_ids),
            line.why,
        )
        for line, session in rows
    )


def _displaced(desk: Desk, filling: Filling, stood: dict[str, str]) -> tuple[Displaced, ...]:
    """Only wishes that stood before: placements that go, and airings newly without a place."""
    said = [(note.wish_id, note.sentence) for note in filling.notes]
    said += [
        (one.wish_id, one.sentence)
        for one in filling.unmet
        if stood.get(one.wish_id, one.sentence) != one.sentence
    ]
    titles: dict[str, str] = {
        row.id: row.title
        for row in desk.session.execute(
            select(WishRow.id, Bulletin.title)
            .join(Bulletin, Bulletin.id == WishRow.bulletin_id)
            .where(WishRow.id.in_({wish_id for wish_id, _sentence in said}))
        )
    }
    return tuple(
        Displaced(titles[wish_id], sentence) for wish_id, sentence in said if wish_id in titles
    )
