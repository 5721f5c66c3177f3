import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from broadcast.airlog.chain import first_broken, genesis_hash
from broadcast.airlog.models import LogEntry, LogHead, QuarantinedPlay
from broadcast.jobs.models import Job, JobKind
from tests.factories.boxes import make_box
from tests.factories.plays import sent_play

MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def entries_of(db):
    return list(db.scalars(select(LogEntry).order_by(LogEntry.number)))


def test_a_row_is_kept_as_the_box_sent_it(db, statuses, box, clock):
    row = sent_play(MORNING, reason="ended_early", outcome="partial", played_ms=65_000)
    assert statuses([row]) == ["accepted"]
    (entry,) = entries_of(db)
    assert entry.play_id == row["id"]
    assert entry.box_id == box.id
    assert (entry.boot, entry.seq) == ("boot-1", 1)
    assert entry.started_at == MORNING
    assert entry.received_at == clock()
    assert (entry.played_ms, entry.outcome, entry.reason) == (65_000, "partial", "ended_early")
    assert (entry.title, entry.topic) == (row["title"], row["topic"])
    assert (entry.clock_trusted, entry.clock_offset_ms) == (True, 12)


def test_sending_a_row_again_changes_nothing(db, statuses):
    row = sent_play(MORNING)
    statuses([row])
    assert statuses([row]) == ["duplicate"]
    assert len(entries_of(db)) == 1


def test_the_same_row_twice_in_one_batch_is_kept_once(db, statuses):
    row = sent_play(MORNING)
    assert statuses([row, row]) == ["accepted", "duplicate"]
    assert len(entries_of(db)) == 1


def test_one_box_cannot_take_the_row_ids_of_another(db, clock, station, statuses):
    row = sent_play(MORNING)
    statuses([row])
    stranger = make_box(db, clock, station, "2")
    assert statuses([row], of=stranger) == ["rejected"]
    assert statuses([row]) == ["duplicate"]


POISON = {
    "not_an_object": 5,
    "nothing": None,
    "no_id": {"seq": 1},
    "strange_outcome": sent_play(MORNING, outcome="played"),
    "negative_time": sent_play(MORNING, played_ms=-1),
    "longer_than_a_day": sent_play(MORNING, played_ms=10**9),
    "number_as_instant": sent_play(MORNING, started_at=1_700_000_000),
    "instant_without_zone": sent_play(MORNING, started_at="2026-11-23T08:00:00"),
    "far_future": sent_play(MORNING, started_at="9999-12-31T23:59:59Z"),
    "no_moment": sent_play(None),
    "sound_without_start": sent_play(None, planned_start=MORNING, played_ms=5),
    "nul": sent_play(MORNING, title="a\0b"),
    "half_a_character": sent_play(MORNING, title="\ud800"),
    "id_of_half_a_character": sent_play(MORNING, id="\ud800"),
    "truth_as_number": sent_play(MORNING, seq=True),
    "endless_title": sent_play(MORNING, title="dài" * 500),
    "huge_number": sent_play(MORNING, seq=10**30),
}


@pytest.mark.parametrize("name", POISON)
def test_a_poison_row_is_put_aside_and_its_neighbours_pass(db, statuses, name):
    before, after = sent_play(MORNING), sent_play(MORNING, seq=2)
    assert statuses([before, POISON[name], after]) == ["accepted", "rejected", "accepted"]
    (kept,) = db.scalars(select(QuarantinedPlay))
    assert kept.reason
    assert [entry.play_id for entry in entries_of(db)] == [before["id"], after["id"]]


def test_a_poison_row_sent_for_ever_is_put_aside_once(db, statuses):
    row = sent_play(MORNING, outcome="played")
    for _ in range(3):
        assert statuses([row]) == ["rejected"]
    assert len(db.scalars(select(QuarantinedPlay)).all()) == 1
    assert db.scalar(select(QuarantinedPlay.body)) == row


def test_a_rejected_row_is_answered_with_its_reason(send):
    (answer,) = send([sent_play(MORNING, played_ms=-1)])
    assert "played_ms" in answer.reason


@pytest.mark.parametrize(
    ("row", "local_day"),
    [
        (sent_play(datetime(2026, 11, 23, 16, 59, tzinfo=UTC)), date(2026, 11, 23)),
        (sent_play(datetime(2026, 11, 23, 17, 0, tzinfo=UTC)), date(2026, 11, 24)),
        (
            sent_play(
                datetime(1970, 1, 1, 0, 3, tzinfo=UTC),
                planned_start=MORNING,
                clock={"trusted": False, "offset_ms": None},
            ),
            date(2026, 11, 23),
        ),
        (
            sent_play(None, planned_start=datetime(2026, 11, 23, 17, 0, tzinfo=UTC)),
            date(2026, 11, 24),
        ),
    ],
    ids=["before_midnight", "midnight", "clock_without_battery", "missed"],
)
def test_the_day_of_a_row_is_the_stations_day(db, statuses, row, local_day):
    statuses([row])
    (entry,) = entries_of(db)
    assert entry.local_day == local_day


def test_the_rows_of_a_station_form_one_chain(db, clock, station, statuses):
    other = make_box(db, clock, station, "2")
    for number in range(3):
        statuses([sent_play(MORNING, seq=number * 2 + 1), sent_play(MORNING, seq=number * 2 + 2)])
        statuses([sent_play(MORNING, seq=number + 1)], of=other)
    rows = [vars(entry) for entry in entries_of(db)]
    assert [row["number"] for row in rows] == list(range(1, 10))
    assert first_broken(rows, genesis_hash(station.id)) is None
    head = db.get(LogHead, station.id)
    assert (head.number, head.row_hash) == (9, rows[-1]["row_hash"])


def test_a_batch_of_nothing_new_leaves_the_chain_alone(db, station, statuses):
    row = sent_play(MORNING)
    statuses([row])
    before = db.get(LogHead, station.id).row_hash
    db.commit()
    assert statuses([row]) == ["duplicate"]
    assert statuses([]) == []
    assert db.get(LogHead, station.id).row_hash == before


def test_late_rows_ask_for_exactly_the_days_they_touch(db, statuses, jobs):
    late = sent_play(
        datetime(2026, 11, 20, 17, 1, tzinfo=UTC),
        planned_start=datetime(2026, 11, 20, 16, 59, tzinfo=UTC),
    )
    statuses([late, sent_play(MORNING, seq=2)])
    wanted = db.scalars(select(Job.subject).where(Job.kind == JobKind.RECONCILE))
    assert set(wanted) == {"2026-11-20", "2026-11-21", "2026-11-23"}
    assert len(jobs.take()) == 3


@pytest.mark.parametrize("sentence", ["UPDATE log_entry SET title = 'x'", "DELETE FROM log_entry"])
def test_the_database_itself_refuses_to_change_the_log(db, statuses, sentence):
    statuses([sent_play(MORNING)])
    with pytest.raises(DBAPIError, match="evidence"):
        db.execute(text(sentence))
    db.rollback()
    assert entries_of(db)[0].title == "Thông báo lịch tiêm"


def test_a_demonstration_box_marks_its_rows(db, clock, station, statuses):
    showing = make_box(db, clock, station, "thử", demonstration=True)
    statuses([sent_play(MORNING)], of=showing)
    assert entries_of(db)[0].demonstration


def test_a_row_keeps_what_was_heard_whatever_it_is_called_later(db, statuses):
    statuses([sent_play(MORNING, title="Tên cũ")])
    assert entries_of(db)[0].title == "Tên cũ"


def test_played_at_and_received_at_are_kept_apart(db, statuses, clock):
    clock.move(days=30)
    statuses([sent_play(MORNING)])
    (entry,) = entries_of(db)
    assert entry.received_at - entry.started_at == timedelta(days=30)


def test_a_row_survives_the_way_through_json(statuses):
    assert statuses(json.loads(json.dumps([sent_play(MORNING)]))) == ["accepted"]


def test_many_boxes_at_once_lose_nothing_and_wait_their_turn(db, clock, station, look, statuses):
    boxes = [make_box(db, clock, station, f"n{number}") for number in range(12)]
    batches = [[sent_play(MORNING, seq=n + 1) for n in range(20)] for _box in boxes]
    with ThreadPoolExecutor(max_workers=12) as together:
        sent = [
            together.submit(statuses, rows, of=b) for rows, b in zip(batches, boxes, strict=True)
        ]
        assert [one.result() for one in sent] == [["accepted"] * 20] * 12
    rows = [vars(entry) for entry in look(select(LogEntry).order_by(LogEntry.number))]
    assert len(rows) == 240
    assert first_broken(rows, genesis_hash(station.id)) is None
