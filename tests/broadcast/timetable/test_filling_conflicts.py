"""What does not go together is settled and said: overlaps, zones that close, relays."""

from datetime import time

from broadcast.timetable.calendar import HORIZON_DAYS
from broadcast.timetable.models import FillNote
from scheduler.timetable.running_order import LineKind


def test_overlapping_slots_are_settled_and_said_with_the_zones_names(office):
    office.zone("Đông")
    office.slot("sớm", at=time(17))
    office.slot("muộn", at=time(17, 10))
    office.fill()
    assert {one.name for one in office.sessions()} == {"Buổi sớm"}
    conflict = office.db.get(FillNote, office.station.id).conflicts[0]
    assert "Thôn Đông" in conflict["sentence"]
    assert conflict["remedy"]
    assert conflict["sessions"][0] == ["slot-sớm-ngoc-ky", "2026-11-23"]


def test_a_session_that_lost_a_zone_keeps_the_others(office):
    east, west = office.zone("Đông"), office.zone("Tây")
    office.slot("sớm", at=time(17), zone_ids=[east.id])
    office.slot("muộn", at=time(17, 10))
    office.fill()
    assert [one.zone_ids for one in office.sessions()[:2]] == [[east.id], [west.id]]


def test_a_zone_that_is_closed_never_widens_a_slot_or_a_wish(office):
    office.zone("Đông")
    closed = office.zone("Tây")
    row = office.slot(at=time(17), zone_ids=[closed.id])
    asked = office.wish(office.approved(), zone_ids=[closed.id])
    office.fill()
    assert len(office.sessions()) == HORIZON_DAYS
    closed.closed_at = office.clock()
    office.db.commit()
    office.fill()
    assert office.sessions() == []
    office.db.refresh(asked)
    assert "đã đóng" in asked.unmet
    assert row.archived_at is None


def test_a_session_without_items_has_no_lines_and_one_with_relays_has(office):
    office.slot("trống", at=time(9), opening_words="Đây là {ten_dai}")
    relay = {
        "name": "VOV1",
        "stream": "https://vov.example/1",
        "offset_ms": 0,
        "duration_ms": 300_000,
    }
    office.slot("tiếp âm", at=time(17), relays=[relay])
    office.fill()
    by_name = {row.name: row.lines for row in office.sessions()[:2]}
    assert by_name["Buổi trống"] == []
    assert [(line.kind, line.title) for line in by_name["Buổi tiếp âm"]] == [
        (LineKind.RELAY, "VOV1")
    ]


def test_an_item_that_collides_with_a_relay_is_shown_as_a_conflict(office):
    relay = {
        "name": "VOV1",
        "stream": "https://vov.example/1",
        "offset_ms": 600_000,
        "duration_ms": 120_000,
    }
    office.slot(at=time(17), relays=[relay], longest_ms=1_800_000)
    office.wish(office.approved("1", minutes=4), "1")
    office.wish(office.approved("2", minutes=8), "2")
    office.fill()
    kinds = {one["kind"] for one in office.db.get(FillNote, office.station.id).conflicts}
    assert kinds == {"relay_collides"}
