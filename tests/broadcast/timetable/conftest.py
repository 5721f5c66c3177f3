"""The office of a station at 08:00 on Monday 23/11/2026: its rows, its desk, its worker's fill."""

from datetime import UTC, date, datetime, timedelta

import pytest

from broadcast.db import make_sessions
from broadcast.desk import Desk
from broadcast.people.rules import Actor, Right, Role
from broadcast.timetable.filling import fill_station
from broadcast.timetable.models import OccurrenceChangeRow, OrderLine, SessionRow
from scheduler.timetable.running_order import LineKind
from tests.factories.boxes import make_zone
from tests.factories.timetable import make_approved, make_slot, make_wish

TODAY = date(2026, 11, 23)


class Office:
    """Makers of rows, and reads that let go of the database again (SQLite has one writer)."""

    today = TODAY

    def __init__(self, db, clock, station, author, *, fill, desk):
        self.db, self.clock, self.station, self.author = db, clock, station, author
        self._fill, self._desk, self._open = fill, desk, []

    @staticmethod
    def at(hour, minute=0, day=23):
        """An instant of November 2026 by Vietnam's clock."""
        return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)

    def approved(self, code="1", **facts):
        return make_approved(self.db, self.clock, self.station, self.author, code, **facts)

    def slot(self, code="chieu", **facts):
        return make_slot(self.db, self.clock, self.station, code, **facts)

    def wish(self, bulletin=None, code="1", **facts):
        return make_wish(self.db, self.clock, bulletin or self.approved(), code, **facts)

    def zone(self, code, *, sensitive="", **facts):
        row = make_zone(self.db, self.station, code, **facts)
        row.sensitive = sensitive
        self.db.commit()
        return row

    def change(self, slot, day=TODAY, **facts):
        values = {"facts": {}, "author_name": "Hạnh", "created_at": self.clock()} | facts
        row = OccurrenceChangeRow(
            id=f"change-{day}", station_id=self.station.id, slot_id=slot.id, local_day=day, **values
        )
        return self.keep(row)

    def keep(self, *rows):
        self.db.add_all(rows)
        self.db.commit()
        return rows[0]

    def fresh(self, row):
        self.db.refresh(row)
        self.db.commit()
        return row

    def fill(self, of=None):
        """What the worker does: a desk of its own, one fill; gives the filling."""
        self.let_go()
        return self._fill(of or self.station)

    def desk(self, role=Role.OPERATOR):
        self.let_go()
        desk = self._desk(role)
        self._open.append(desk.session)
        return desk

    def let_go(self):
        """A session that only read still holds the database until it ends its transaction."""
        for session in (self.db, *self._open):
            session.commit()
        self._open.clear()

    def sessions(self):
        """The standing sessions in order of start, read afresh."""
        rows = self._read(SessionRow, cancelled_at=None)
        return sorted(rows, key=lambda row: row.starts_at)

    def lines(self):
        """The standing bulletin lines in order, read afresh."""
        rows = self._read(OrderLine, dropped_at=None, kind=LineKind.BULLETIN)
        return sorted(rows, key=lambda row: (row.planned_start, row.id))

    def titles(self):
        return [line.title.removeprefix("Tin ") for line in self.lines()]

    def line(self, line_id):
        return self.fresh(self.db.get(OrderLine, line_id))

    def only(self, model):
        """The one row there is, read afresh."""
        row = self.db.query(model).populate_existing().one()
        self.db.commit()
        return row

    def _read(self, model, **facts):
        query = self.db.query(model).filter_by(station_id=self.station.id, **facts)
        rows = query.populate_existing().all()
        self.db.commit()
        return rows


@pytest.fixture
def office(db, clock, station, people_of, engine, jobs, desk_as):
    def fill(of):
        with make_sessions(engine)() as session:
            actor = Actor.machine(of.id, "máy chủ", *Right)
            return fill_station(Desk(session, actor, clock(), jobs))

    return Office(db, clock, station, people_of[Role.OPERATOR], fill=fill, desk=desk_as)


@pytest.fixture
def desk_page(office, signed_in):
    """`desk_page("hang-doi")` is the page as an operator sees it; with `data` it is sent."""

    def open_page(path, role=Role.OPERATOR, **more):
        office.let_go()
        client = signed_in(role)
        office.let_go()
        address = f"/lich-phat/{path}"
        if "data" in more:
            return client.post(address, **more)
        return client.get(address, **more)

    return open_page
