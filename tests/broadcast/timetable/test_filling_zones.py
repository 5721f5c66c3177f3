"""Who hears a line: the wish's zones within the session's."""

from datetime import timedelta

import pytest

from broadcast.bulletins.decisions import withdraw_bulletin
from broadcast.people.rules import Role
from broadcast.timetable.models import OrderLine
from scheduler.timetable.running_order import LineKind

STREAM = {"name": "VOV", "stream": "http://vov.test/1", "offset_ms": 0, "duration_ms": 300_000}


@pytest.fixture
def relays(office):
    """The standing relay lines, read afresh."""

    def read():
        rows = office.db.query(OrderLine).filter_by(kind=LineKind.RELAY, dropped_at=None)
        found = rows.populate_existing().all()
        office.db.commit()
        return found

    return read


def test_a_wish_for_fewer_zones_than_the_session_keeps_its_zones_on_the_line(office):
    east, _west = office.zone("dong"), office.zone("tay")
    office.slot(zone_ids=[])
    office.wish(zone_ids=[east.id])
    office.fill()
    assert office.lines()[0].zone_ids == [east.id]


@pytest.mark.parametrize("asked", [[], ["dong", "tay"]], ids=["none named", "all named"])
def test_a_wish_for_the_whole_session_names_no_zone(office, asked):
    zones = {code: office.zone(code).id for code in ("dong", "tay")}
    office.slot(zone_ids=sorted(zones.values()))
    office.wish(zone_ids=[zones[code] for code in asked])
    office.fill()
    assert office.lines()[0].zone_ids == []


def test_filling_again_leaves_the_zones_of_a_line_alone(office):
    east, _west = office.zone("dong"), office.zone("tay")
    office.slot()
    office.wish(zone_ids=[east.id])
    office.fill()
    before = [(line.id, line.zone_ids) for line in office.lines()]
    office.fill()
    assert [(line.id, line.zone_ids) for line in office.lines()] == before


def test_a_relay_falls_back_to_the_bulletin_that_its_slot_chose(office, relays):
    bulletin = office.approved()
    office.slot(relays=[STREAM | {"fallback": f"bulletin:{bulletin.id}"}])
    office.fill()
    assert {line.audio_id for line in relays()} == {f"audio-1-{office.station.code}"}


def test_choosing_another_fallback_keeps_the_airing_of_the_relay(office, relays):
    bulletin, slot = office.approved(), office.slot(relays=[STREAM])
    office.fill()
    before = {line.id for line in relays()}
    slot.relays = [STREAM | {"fallback": f"bulletin:{bulletin.id}"}]
    office.keep(slot)
    office.fill()
    assert {line.id for line in relays()} == before
    assert all(line.audio_id for line in relays())


def test_a_bulletin_that_was_withdrawn_leaves_the_fallbacks_at_once(office, relays):
    bulletin = office.approved()
    office.slot(relays=[STREAM | {"fallback": f"bulletin:{bulletin.id}"}])
    office.fill()
    withdraw_bulletin(office.desk(Role.APPROVER), bulletin.id, "Sai số liệu.")
    assert {line.audio_id for line in relays()} == {None}
    office.fill()
    assert {line.audio_id for line in relays()} == {None}


def test_what_waits_for_a_relay_of_the_next_minutes_is_withdrawn_too(office, relays, clock):
    bulletin = office.approved()
    office.slot(relays=[STREAM | {"fallback": f"bulletin:{bulletin.id}"}])
    office.fill()
    clock.at = office.sessions()[0].starts_at + timedelta(minutes=1)
    withdraw_bulletin(office.desk(Role.APPROVER), bulletin.id, "Sai số liệu.")
    assert {line.audio_id for line in relays()} == {None}
