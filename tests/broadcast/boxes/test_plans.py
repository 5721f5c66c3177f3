import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from broadcast.boxes.documents import serve
from broadcast.boxes.models import PlanDocument
from broadcast.boxes.plans import build_plan, mark_plans_stale, rebuild_plans
from broadcast.bulletins.models import AudioFile, Bulletin
from broadcast.bulletins.rules import BulletinState
from broadcast.desk import use_case
from broadcast.jobs.models import Job, JobKind
from broadcast.people.rules import Role
from broadcast.stations.models import RegulationRow
from broadcast.timetable.models import LineKind, OrderLine, Priority, SessionRow
from tests.factories.boxes import make_box, make_zone
from tests.factories.sessions import make_line

GOLDEN = Path(__file__).parents[2] / "golden" / "box_api"
HOUR_MS = 3_600_000


@pytest.fixture
def document(desk_as, box):
    """The box's document as it is served now."""

    def made(of=box):
        desk = desk_as(Role.ADMINISTRATOR)
        with desk.session:
            row = build_plan(desk, of.id)
            return json.loads(serve(row.body, desk.now, 10))

    return made


def shape(value):
    """The form of a document: names and kinds, no values."""
    if isinstance(value, dict):
        return {name: shape(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [shape(value[0])] if value else []
    return "number" if isinstance(value, int | float) else type(value).__name__


def golden(name):
    return json.loads((GOLDEN / name).read_text())


def test_the_document_has_the_form_of_the_golden_one(db, station, planned, document, clock):
    db.add(
        RegulationRow(
            id="regulation",
            station_id=station.id,
            valid_from=clock().date(),
            decision_number="12/QĐ-UBND",
            hours=[{"weekdays": [0], "from": "05:00", "to": "21:00", "zones": None}],
            created_at=clock(),
        )
    )
    db.commit()
    planned(hours=2)
    ours, theirs = document(), golden("plan_normal.json")
    assert ours["box"]["quiet"] == theirs["box"]["quiet"]
    for name in theirs:
        if name != "sessions":
            assert shape(ours[name]) == shape(theirs[name]), name
    assert set(ours) == set(theirs)
    session = ours["sessions"][0]
    wanted = next(one for one in theirs["sessions"] if one["id"].endswith("401"))
    assert set(session) == set(wanted)
    (item,) = session["running_order"]
    item["bulletin"]["version"] = 1
    (like,) = (
        one for one in wanted["running_order"] if one["airing"] and one["airing"].endswith("501")
    )
    assert shape(item) == shape(like)


def test_a_relay_has_the_form_of_the_golden_one(db, station, planned, document):
    line = planned(hours=2, line={"kind": LineKind.RELAY, "stream_url": "https://vov.example/1"})
    (item,) = document()["sessions"][0]["running_order"]
    relays = [
        one
        for session in golden("plan_normal.json")["sessions"]
        for one in session["running_order"]
        if one["kind"] == "relay"
    ]
    assert item["airing"] == line.id
    assert shape(item["audio"]) == shape(relays[0]["audio"])


def test_an_empty_plan_is_explicit(document):
    assert document()["sessions"] == []
    assert set(document()) == set(golden("plan_empty.json"))


def test_the_plan_reaches_96_hours_ahead_and_no_more_than_five_days(planned, document, clock):
    planned("soon", hours=95)
    planned("late", hours=24 * 5)
    found = document()
    assert [one["id"] for one in found["sessions"]] == ["session-soon-ngoc-ky"]
    until = datetime.fromisoformat(found["valid_until"])
    assert until - clock() >= timedelta(hours=96)


def test_what_began_today_stays_in_the_plan(db, box, planned, document):
    box.created_at -= timedelta(days=1)
    db.commit()
    planned("dawn", hours=-3)
    assert len(document()["sessions"]) == 1


def test_what_was_over_before_a_box_was_there_is_nothing_that_it_missed(planned, document):
    planned("dawn", hours=-3)
    planned("running", minutes=-1)
    assert [one["id"] for one in document()["sessions"]] == ["session-running-ngoc-ky"]


def test_what_began_before_midnight_is_not_taken_from_under_the_box(planned, document, clock):
    clock.at = datetime(2026, 11, 23, 17, 5, tzinfo=UTC)
    planned("evening", minutes=-10)
    assert len(document()["sessions"]) == 1


def test_an_emergency_carries_its_repeats_for_as_long_as_they_last(planned, document, clock):
    until = clock() + timedelta(hours=2)
    planned(
        hours=-30,
        session={
            "priority": Priority.EMERGENCY,
            "repeat_every_ms": 10 * 60_000,
            "repeat_until": until,
        },
    )
    (session,) = document()["sessions"]
    assert session["priority"] == "emergency"
    assert session["repeat"]["every_ms"] == 10 * 60_000
    assert datetime.fromisoformat(session["repeat"]["until"]) == until


@pytest.mark.parametrize(
    "spoil",
    [
        update(OrderLine).values(dropped_at=datetime(2026, 11, 23, tzinfo=UTC)),
        update(OrderLine).values(audio_id=None),
        update(AudioFile).values(removed_at=datetime(2026, 11, 23, tzinfo=UTC)),
        update(Bulletin).values(state=BulletinState.WITHDRAWN),
        update(SessionRow).values(cancelled_at=datetime(2026, 11, 23, tzinfo=UTC)),
    ],
    ids=["dropped", "no_audio_yet", "bytes_cleared", "withdrawn", "session_cancelled"],
)
def test_only_what_may_be_heard_is_ever_listed(db, planned, document, spoil):
    planned(hours=2)
    assert len(document()["sessions"]) == 1
    db.execute(spoil.execution_options(synchronize_session=False))
    db.commit()
    # The session stays, empty: an empty plan takes nothing back from a box that holds it.
    assert [session["running_order"] for session in document()["sessions"]] == [[]]


def test_one_item_that_is_not_ready_leaves_its_neighbours_on_the_air(db, planned, document):
    ready = planned(hours=2)
    make_line(db, db.get(SessionRow, ready.session_id), "2", offset_ms=60_000)
    (session,) = document()["sessions"]
    assert [item["airing"] for item in session["running_order"]] == [ready.id]


def test_a_box_gets_the_sessions_of_its_zone_only(db, clock, station, planned, document, hamlet):
    west = make_zone(db, station, "tay", parent=db.get(type(hamlet), hamlet.parent_id))
    there = make_box(db, clock, station, "tay", zone=west)
    planned("all", hours=1)
    planned("dong", hours=2, zone_ids=[hamlet.id])
    planned("khu", hours=3, zone_ids=[hamlet.parent_id])

    def names(found):
        return [one["id"].split("-")[1] for one in found["sessions"]]

    assert names(document()) == ["all", "dong", "khu"]
    assert names(document(there)) == ["all", "khu"]


def test_making_it_again_without_a_change_writes_nothing(db, desk_as, planned, clock, box):
    planned(hours=2)
    assert rebuild_plans(desk_as(Role.ADMINISTRATOR)) == 1
    first = db.scalar(select(PlanDocument.body))
    db.commit()
    clock.move(hours=1)
    desk = desk_as(Role.ADMINISTRATOR)
    use_case(mark_plans_stale)(desk)
    assert rebuild_plans(desk) == 0
    document = db.scalar(select(PlanDocument))
    assert (document.body, document.stale) == (first, False)


def test_the_horizon_moves_once_a_day(db, desk_as, planned, clock, box):
    planned(hours=2)
    assert rebuild_plans(desk_as(Role.ADMINISTRATOR)) == 1
    clock.move(hours=12)
    assert rebuild_plans(desk_as(Role.ADMINISTRATOR)) == 0
    clock.move(hours=12)
    assert rebuild_plans(desk_as(Role.ADMINISTRATOR)) == 1


def test_only_the_boxes_concerned_are_marked(db, clock, station, desk_as, hamlet, box):
    west = make_zone(db, station, "tay")
    there = make_box(db, clock, station, "tay", zone=west)
    desk = desk_as(Role.ADMINISTRATOR)
    rebuild_plans(desk)
    use_case(mark_plans_stale)(desk, [hamlet.id])
    stale = dict(db.execute(select(PlanDocument.box_id, PlanDocument.stale)).all())
    assert stale == {box.id: True, there.id: False}


def test_marking_asks_the_worker_in_the_same_transaction(db, desk_as, box, jobs):
    desk = desk_as(Role.ADMINISTRATOR)

    @use_case
    def change_and_fail(desk):
        mark_plans_stale(desk)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        change_and_fail(desk)
    assert jobs.take() == []
    use_case(mark_plans_stale)(desk)
    assert [ring.task for ring in jobs.take()] == ["boxes.rebuild_plans"]
    assert db.scalar(select(Job.kind)) is JobKind.PLANS


def test_a_retired_box_has_no_plan_made(db, desk_as, clock, box):
    box.retired_at = clock()
    db.commit()
    assert rebuild_plans(desk_as(Role.ADMINISTRATOR)) == 0
