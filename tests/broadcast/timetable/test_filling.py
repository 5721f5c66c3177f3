"""Filling on real rows: sessions and airings come to be, twice is once, two at once never double."""

from datetime import date, time, timedelta
from threading import Thread

from broadcast.jobs.models import Job, JobKind
from broadcast.stations.models import PlanTarget
from broadcast.timetable.calendar import HORIZON_DAYS
from broadcast.timetable.models import FillNote, OrderLine, SessionRow
from scheduler.timetable.running_order import LineKind


def snapshot(office):
    """Everything a fill may write, as plain values."""
    sessions = [
        (row.id, row.starts_at, row.zone_ids, row.cancelled_at, row.row_version)
        for row in office.db.query(SessionRow).populate_existing().order_by(SessionRow.id)
    ]
    orders = [
        (row.id, row.session_id, row.planned_start, row.why, row.manual, row.dropped_at)
        for row in office.db.query(OrderLine).populate_existing().order_by(OrderLine.id)
    ]
    notes = [
        (row.filled_at, row.conflicts, row.notes)
        for row in office.db.query(FillNote).populate_existing()
    ]
    office.db.commit()
    return sessions, orders, notes


def plans_wanted(office):
    count = office.db.query(Job).filter_by(kind=JobKind.PLANS).count()
    office.db.commit()
    return count


def test_a_slot_becomes_a_session_on_every_day_of_the_horizon(office):
    office.slot(at=time(17))
    office.fill()
    rows = office.sessions()
    assert [row.starts_at for row in rows[:2]] == [office.at(17), office.at(17, day=24)]
    assert len(rows) == HORIZON_DAYS
    assert all(row.zone_ids == [] for row in rows)


def test_a_session_whose_time_was_over_before_the_slot_was_made_is_not_invented(office):
    office.slot(at=time(5))
    office.fill()
    assert office.sessions()[0].starts_at == office.at(5, day=24)


def test_a_wish_is_placed_in_the_earliest_sessions_with_a_reason(office):
    office.slot(at=time(17))
    office.wish(office.approved(), airings=2)
    office.fill()
    assert [line.planned_start for line in office.lines()] == [office.at(17), office.at(17, day=24)]
    assert office.lines()[0].why.startswith("Lượt 1/2")
    assert (office.lines()[0].title, office.lines()[0].topic_name) == (
        "Tin 1",
        "Cải cách hành chính",
    )


def test_filling_twice_changes_nothing_and_tells_no_box(office):
    office.slot("sang", at=time(5), gap_ms=1_000)
    office.slot("chieu", at=time(17), gap_ms=1_000)
    for code in "abc":
        office.wish(office.approved(code, minutes=4), airings=4)
    office.fill()
    before, wanted = snapshot(office), plans_wanted(office)
    office.clock.move(seconds=40)
    office.fill()
    assert snapshot(office) == before
    assert plans_wanted(office) == wanted


def test_airings_keep_their_ids_when_others_come(office):
    office.slot(at=time(17))
    office.wish(office.approved("cũ"), airings=2)
    office.fill()
    before = {line.id: line.session_id for line in office.lines()}
    office.wish(office.approved("mới"), airings=3)
    office.fill()
    after = {line.id: line.session_id for line in office.lines()}
    assert before.items() <= after.items()
    assert len(after) == 5


def test_topics_behind_their_yearly_plan_go_first(office):
    office.slot(at=time(17), minutes=5)
    office.wish(office.approved("a", minutes=4, topic="cchc"))
    office.wish(office.approved("b", minutes=4, topic="cds"))
    for topic, airings in (("cchc", 10), ("cds", 100)):
        office.db.add(
            PlanTarget(
                id=topic,
                station_id=office.station.id,
                year=2026,
                airings=airings,
                topic_id=f"topic-{topic}-{office.station.code}",
            )
        )
    office.db.commit()
    office.fill()
    assert [line.title for line in office.lines()] == ["Tin a", "Tin b"]
    office.db.query(OrderLine).delete()
    office.db.query(PlanTarget).filter_by(id="cchc").update({"airings": 1_000})
    old = office.approved("cũ", topic="cds")
    session = SessionRow(
        id="tháng trước",
        station_id=office.station.id,
        name="Buổi cũ",
        local_day=date(2026, 10, 1),
        starts_at=office.at(17) - timedelta(days=50),
        ends_at=office.at(18) - timedelta(days=50),
        latest_end=office.at(18) - timedelta(days=50),
    )
    office.db.add(session)
    office.db.flush()
    office.db.add(
        OrderLine(
            id="đã phát",
            station_id=office.station.id,
            session_id=session.id,
            kind=LineKind.BULLETIN,
            offset_ms=0,
            duration_ms=1,
            planned_start=session.starts_at,
            bulletin_id=old.id,
            topic_id=old.topic_id,
        )
    )
    office.db.commit()
    office.fill()
    assert [line.title for line in office.lines()][1:] == ["Tin a", "Tin b"]


def test_two_fills_at_once_never_double(office):
    office.slot("sang", at=time(9))
    office.slot("chieu", at=time(17))
    for code in "abcd":
        office.wish(office.approved(code), airings=5)
    errors = []

    def one():
        try:
            office.fill()
        except Exception as err:
            errors.append(err)

    threads = [Thread(target=one) for _number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(office.sessions()) == 2 * HORIZON_DAYS
    assert len(office.lines()) == 20


def test_another_stations_rows_are_never_read(office, other_station):
    office.slot(at=time(17))
    office.wish(office.approved())
    office.fill(other_station)
    assert office.lines() == []
    assert office.sessions() == []
