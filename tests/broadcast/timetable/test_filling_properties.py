"""Whatever is asked, in whatever order: the rules that hold after every fill, on real rows."""

from datetime import date, time, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from broadcast.timetable.dropping import drop_bulletin
from broadcast.timetable.models import OrderLine, SessionRow, WishRow
from scheduler.timetable.running_order import LineKind
from tests.conftest import make_person, make_station
from tests.factories.boxes import make_zone
from tests.factories.timetable import make_approved, make_slot, make_wish

TODAY = date(2026, 11, 23)
NUMBERS = count()

slots = st.lists(
    st.fixed_dictionaries(
        {
            "at": st.times(time(5), time(23)).map(lambda at: at.replace(second=0, microsecond=0)),
            "minutes": st.integers(4, 40),
            "zones": st.sets(st.integers(0, 2)),
            "gap_ms": st.sampled_from([0, 900]),
            "lock_minutes": st.sampled_from([0, 90]),
        }
    ),
    min_size=1,
    max_size=3,
)
wishes = st.lists(
    st.fixed_dictionaries(
        {
            "airings": st.integers(1, 5),
            "minutes": st.integers(1, 12),
            "days": st.integers(1, 9),
            "zones": st.sets(st.integers(0, 2)),
            "spacing_minutes": st.sampled_from([0, 600]),
            "priority": st.sampled_from(["normal", "priority"]),
        }
    ),
    max_size=5,
)


class Commune:
    """A fresh station in the same database for each example."""

    def __init__(self, db, clock, role):
        self.db, self.clock = db, clock
        number = next(NUMBERS)
        self.station = make_station(db, clock, f"x{number}", f"Xã {number}")
        self.author = make_person(db, clock, self.station, role)
        self.zones = [make_zone(db, self.station, f"{number}-{one}").id for one in range(3)]

    def build(self, chosen_slots, chosen_wishes):
        for code, facts in enumerate(chosen_slots):
            values = dict(facts)
            zone_ids = [self.zones[one] for one in sorted(values.pop("zones"))]
            make_slot(self.db, self.clock, self.station, str(code), zone_ids=zone_ids, **values)
        for code, facts in enumerate(chosen_wishes):
            values = dict(facts)
            bulletin = make_approved(
                self.db,
                self.clock,
                self.station,
                self.author,
                str(code),
                minutes=values.pop("minutes"),
            )
            zone_ids = [self.zones[one] for one in sorted(values.pop("zones"))]
            until_day = TODAY + timedelta(days=values.pop("days"))
            make_wish(
                self.db, self.clock, bulletin, zone_ids=zone_ids, until_day=until_day, **values
            )

    def rows(self, model):
        query = self.db.query(model).populate_existing().filter_by(station_id=self.station.id)
        rows = query.order_by(model.id).all()
        self.db.commit()
        return rows

    def standing(self):
        return [line for line in self.rows(OrderLine) if line.dropped_at is None]

    def picture(self):
        sessions = [
            (row.id, row.starts_at, row.latest_end, row.zone_ids, row.cancelled_at)
            for row in self.rows(SessionRow)
        ]
        orders = [
            (row.id, row.planned_start, row.duration_ms, row.why, row.dropped_at)
            for row in self.rows(OrderLine)
        ]
        return sessions, orders, [(row.id, row.unmet) for row in self.rows(WishRow)]


@pytest.fixture
def commune(office, people_of):
    role = next(iter(people_of))
    return lambda: Commune(office.db, office.clock, role)


def check_rules(here):
    """What must hold whenever a fill has ended."""
    sessions = {row.id: row for row in here.rows(SessionRow) if row.cancelled_at is None}
    heard = [line for line in here.standing() if line.kind is LineKind.BULLETIN]
    for zone in here.zones:
        spans = sorted(
            (row.starts_at, row.latest_end)
            for row in sessions.values()
            if not row.zone_ids or zone in row.zone_ids
        )
        ends = [end for _start, end in spans[:-1]]
        assert all(end <= start for end, (start, _end) in zip(ends, spans[1:], strict=True))
    for line in heard:
        session = sessions[line.session_id]
        ends = line.planned_start + timedelta(milliseconds=line.duration_ms)
        assert session.starts_at <= line.planned_start
        assert ends <= session.latest_end
    for wish in here.rows(WishRow):
        mine = [line for line in heard if line.wish_id == wish.id]
        if wish.closed_at is None:
            assert len(mine) == wish.airings or wish.unmet
            assert len(mine) <= wish.airings
        for line in mine:
            day = (line.session.starts_at + timedelta(hours=7)).date()
            assert wish.from_day <= day < wish.until_day
    here.db.commit()


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(slots, wishes, st.sets(st.integers(0, 4)), st.integers(0, 40))
def test_every_fill_is_lawful_and_a_second_one_changes_nothing(
    office, commune, first, asked, withdrawn, hours
):
    office.clock.at = office.at(8)
    here = commune()
    here.build(first, asked)
    office.fill(here.station)
    check_rules(here)
    office.clock.move(hours=hours)
    for number, wish in enumerate(here.rows(WishRow)):
        if number in withdrawn:
            desk = office.desk()
            desk.actor = type(desk.actor).machine(here.station.id, "máy", *desk.actor.rights)
            drop_bulletin(desk, wish.bulletin_id, "thu hồi")
            desk.session.commit()
    gone = {wish.id for wish in here.rows(WishRow) if wish.closed_at is not None}
    begun = {line.id: line.planned_start for line in here.standing() if has_begun(office, line)}
    office.fill(here.station)
    check_rules(here)
    assert not any(
        line.wish_id in gone and line.planned_start > office.clock() for line in here.standing()
    )
    after = {line.id: line.planned_start for line in here.standing()}
    assert begun.items() <= after.items()
    before = here.picture()
    office.fill(here.station)
    assert here.picture() == before


def has_begun(office, line):
    return line.planned_start <= office.clock()
