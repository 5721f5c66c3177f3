import random
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from broadcast.airlog.corrections import correct_play
from broadcast.airlog.days import reconcile_day
from broadcast.airlog.models import AiringRow, Incident, LogEntry
from broadcast.airlog.rounds import close_airings, watch_boxes
from broadcast.airlog.rules import AiringOutcome, PlayOutcome
from broadcast.boxes.models import BoxHealth
from broadcast.jobs.models import Job, JobKind
from broadcast.people.rules import Role
from broadcast.timetable.models import OrderLine, Priority
from tests.factories.boxes import make_box, make_zone
from tests.factories.plays import sent_play
from tests.factories.sessions import make_audio, make_bulletin, make_line, make_session

TODAY = date(2026, 11, 23)
HALF_HOUR = timedelta(minutes=30)


@pytest.fixture
def line(db, clock, station, box, people_of):
    """One bulletin of a minute, planned for half an hour from now."""
    audio = make_audio(db, clock, station)
    bulletin = make_bulletin(db, clock, station, author=people_of[Role.OPERATOR])
    session = make_session(db, station, clock() + HALF_HOUR)
    return make_line(db, session, audio=audio, bulletin=bulletin)


@pytest.fixture
def airings(desk_as, look):
    """Reconciles a day, and lists what became of it."""

    def of_day(day=TODAY):
        desk = desk_as(Role.OPERATOR)
        reconcile_day(desk, day)
        return look(select(AiringRow).where(AiringRow.local_day == day).order_by(AiringRow.key))

    return of_day


def heard(line, **facts):
    at = facts.pop("at", line.planned_start)
    values = {"airing": line.id, "session": line.session_id, "title": line.title}
    values |= {"planned_start": line.planned_start, "played_ms": 60_000, "planned_ms": 60_000}
    return sent_play(at, **values | facts)


def test_an_airing_is_described_as_it_was_aired(clock, line, statuses, airings, box):
    statuses([heard(line)])
    clock.move(hours=1)
    (row,) = airings()
    assert row.outcome is AiringOutcome.AIRED
    assert (row.airing_id, row.bulletin_id) == (line.id, line.bulletin_id)
    assert (row.title, row.topic, row.kind, row.origin) == ("Tin 1", "Chuyển đổi số", "tin", "own")
    assert (row.heard_ms, row.boxes_expected, row.boxes_played) == (60_000, 1, 1)
    assert row.planned_start == row.started_at == line.planned_start
    assert row.boxes[0]["name"] == box.name


def test_what_has_not_begun_is_no_airing_yet(line, airings):
    assert airings() == []


def test_an_airing_waits_for_its_boxes_and_then_is_missed(clock, line, airings):
    clock.move(minutes=40)
    assert [row.outcome for row in airings()] == ["waiting"]
    clock.move(minutes=40)
    (row,) = airings()
    assert (row.outcome, row.reason) == (AiringOutcome.MISSED, "no_report")
    assert row.boxes[0]["outcome"] == "missed"


def test_rows_that_come_late_change_the_day_they_speak_of(clock, line, statuses, airings):
    clock.move(days=3)
    assert airings()[0].outcome is AiringOutcome.MISSED
    statuses([heard(line)])
    assert airings()[0].outcome is AiringOutcome.AIRED


def test_reconciling_twice_changes_nothing_and_asks_for_the_figures(
    clock, line, statuses, airings, look
):
    statuses([heard(line)])
    clock.move(hours=1)
    first = [vars(row) | {"_sa_instance_state": None} for row in airings()]
    assert [vars(row) | {"_sa_instance_state": None} for row in airings()] == first
    assert look(select(Job.subject).where(Job.kind == JobKind.ROLL_UP)) == ["2026-11-23"]


def test_a_correction_becomes_the_outcome(clock, line, statuses, airings, desk_as, look):
    statuses([heard(line)])
    clock.move(hours=1)
    (entry_id,) = look(select(LogEntry.id))
    correct_play(desk_as(Role.OPERATOR), entry_id, PlayOutcome.MISSED, 0, "loa không kêu")
    (row,) = airings()
    assert (row.outcome, row.reason) == (AiringOutcome.MISSED, "loa không kêu")


def test_what_a_box_played_by_itself_is_shown(clock, statuses, airings):
    statuses([sent_play(clock(), title="Nhạc lạ")])
    (row,) = airings()
    assert (row.outcome, row.title) == (AiringOutcome.UNPLANNED, "Nhạc lạ")


def test_a_line_taken_back_in_time_and_played_by_an_offline_box_is_unplanned(
    db, clock, line, statuses, airings
):
    db.execute(update(OrderLine).values(dropped_at=clock()))
    db.commit()
    statuses([heard(line)])
    clock.move(hours=1)
    (row,) = airings()
    assert (row.outcome, row.bulletin_id) == (AiringOutcome.UNPLANNED, line.bulletin_id)


def test_a_line_moved_to_tomorrow_and_played_today_is_the_airing_of_tomorrow(
    db, clock, line, statuses, airings
):
    statuses([heard(line)])
    tomorrow = line.planned_start + timedelta(days=1)
    db.execute(update(OrderLine).values(planned_start=tomorrow))
    db.commit()
    clock.move(days=2)
    assert airings(TODAY) == []
    (row,) = airings(date(2026, 11, 24))
    assert row.outcome is AiringOutcome.AIRED


def test_an_emergency_has_one_airing_for_every_repeat(db, clock, station, line, statuses, airings):
    session = make_session(
        db,
        station,
        clock(),
        "khan",
        priority=Priority.EMERGENCY,
        repeat_every_ms=600_000,
        repeat_until=clock() + timedelta(minutes=25),
    )
    alarm = make_line(db, session, "khan")
    again = clock() + timedelta(minutes=10)
    statuses([heard(alarm), heard(alarm, at=again, planned_start=again, seq=2)])
    clock.move(hours=2)
    rows = [row for row in airings() if row.airing_id == alarm.id]
    assert [row.outcome for row in rows] == ["aired", "aired", "missed"]
    assert all(row.emergency for row in rows)


def test_boxes_count_from_the_day_they_stand_to_the_day_they_leave(
    db, clock, station, line, airings
):
    make_box(db, clock, station, "gone").retired_at = clock()
    clock.move(hours=2)
    make_box(db, clock, station, "new")
    db.commit()
    (row,) = airings()
    assert row.boxes_expected == 1


def test_a_part_keeps_where_its_box_stood(db, clock, station, line, statuses, airings):
    hamlet = make_zone(db, station, "dong")
    closed = make_zone(db, station, "cu")
    cluster = make_zone(db, station, "cho", parent=hamlet)
    closed.closed_at = clock()
    make_box(db, clock, station, "in", zone=cluster)
    make_box(db, clock, station, "was", zone=closed)
    statuses([heard(line)])
    clock.move(hours=2)
    (row,) = airings()
    assert {part["name"]: part["zones"] for part in row.boxes} == {
        "Cụm 1": [], "Cụm in": [cluster.id, hamlet.id], "Cụm was": [closed.id],
    }  # fmt: skip
    assert all(part["expected"] for part in row.boxes)


def test_a_box_that_plays_what_it_need_not_is_not_expected(
    db, clock, station, line, statuses, airings
):
    gone = make_box(db, clock, station, "gone")
    gone.retired_at = clock()
    db.commit()
    statuses([heard(line)], of=gone)
    clock.move(hours=2)
    (row,) = airings()
    assert {part["name"]: part["expected"] for part in row.boxes} == {
        "Cụm 1": True, "Cụm gone": False,
    }  # fmt: skip


def test_a_box_that_only_shows_how_it_would_be_counts_for_nothing(
    db, clock, station, line, statuses, airings
):
    showing = make_box(db, clock, station, "demo", demonstration=True)
    statuses([heard(line)], of=showing)
    clock.move(hours=2)
    (row,) = airings()
    assert (row.outcome, row.boxes_expected) == (AiringOutcome.MISSED, 1)


def test_figures_from_before_the_software_survive(db, clock, station, line, airings):
    db.add(
        AiringRow(
            key="import:1",
            station_id=station.id,
            local_day=TODAY,
            outcome=AiringOutcome.AIRED,
            estimate=True,
        )
    )
    db.commit()
    clock.move(hours=2)
    assert {row.key for row in airings()} >= {"import:1"}


@pytest.mark.parametrize("seed", range(6))
def test_any_order_repetition_or_split_of_batches_gives_the_same_airings(
    db, clock, station, statuses, airings, line, seed
):
    other = make_box(db, clock, station, "2")
    clock.move(hours=3)
    sent = [
        (box_id, heard(line, seq=number, played_ms=number * 9_000))
        for number, box_id in enumerate([None, None, other, other, None], start=1)
    ]
    chance = random.Random(seed)
    many = sent + chance.sample(sent, 3)
    chance.shuffle(many)
    while many:
        cut = chance.randint(1, len(many))
        batch, many = many[:cut], many[cut:]
        for box in (None, other):
            rows = [row for owner, row in batch if owner is box]
            statuses(rows, **({"of": box} if box else {}))
    (row,) = airings()
    played = {part["name"]: part["played_ms"] for part in row.boxes}
    assert played == {"Cụm 1": 45_000, "Cụm 2": 36_000}
    assert (row.heard_ms, row.speaker_ms) == (45_000, 81_000)
    assert row.outcome is AiringOutcome.PARTIAL


def test_silent_airings_are_closed_when_their_time_is_over(clock, line, desk_as, airings, look):
    clock.move(minutes=40)
    assert close_airings(desk_as(Role.ADMINISTRATOR)) == 0
    airings()
    clock.move(minutes=27)
    assert close_airings(desk_as(Role.ADMINISTRATOR)) == 1
    assert "2026-11-23" in look(select(Job.subject).where(Job.kind == JobKind.RECONCILE))
    assert airings()[0].outcome is AiringOutcome.MISSED
    assert close_airings(desk_as(Role.ADMINISTRATOR)) == 0


def test_a_box_lost_in_a_session_is_an_incident_until_it_is_back(
    db, clock, station, box, line, desk_as, look
):
    clock.move(minutes=25)
    db.add(BoxHealth(box_id=box.id, station_id=station.id, seen_at=clock(), facts={}))
    db.commit()
    clock.move(minutes=9)
    assert watch_boxes(desk_as(Role.ADMINISTRATOR)) == 0
    clock.move(minutes=2)
    assert watch_boxes(desk_as(Role.ADMINISTRATOR)) == 1
    assert watch_boxes(desk_as(Role.ADMINISTRATOR)) == 0
    db.execute(update(BoxHealth).values(seen_at=clock()))
    db.commit()
    watch_boxes(desk_as(Role.ADMINISTRATOR))
    (incident,) = look(select(Incident))
    assert incident.closed_at == clock()
    assert box.name in incident.sentence


def test_a_box_lost_between_sessions_disturbs_nobody(db, clock, station, box, desk_as):
    db.add(BoxHealth(box_id=box.id, station_id=station.id, seen_at=clock(), facts={}))
    db.commit()
    clock.move(hours=3)
    assert watch_boxes(desk_as(Role.ADMINISTRATOR)) == 0
