"""The feed as strict programs read it: every line of RFC 5545 that concerns it."""

from datetime import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcast.timetable.feed import fold, write_feed
from scheduler.timetable.slots import ChangeKind
from tests.broadcast.timetable import strict_calendar as strict


def read(office, zone_id=None):
    return strict.read_calendar(write_feed(office.desk(), zone_id).encode())


def test_a_strict_reader_finds_every_session_with_its_hours(office):
    office.slot(at=time(17))
    office.fill()
    events = read(office)
    assert len(events) == 21
    first = min(events, key=lambda event: event["DTSTART"])
    assert strict.stamp(first["DTSTART"]) == office.at(17)
    assert strict.stamp(first["DTEND"]) == office.at(17, 15)
    assert (first["SUMMARY"], first["LOCATION"]) == ("Buổi chieu", "toàn xã")


def test_a_title_with_every_awkward_letter_arrives_as_it_was_written(office):
    awkward = "khai sinh, kết hôn; bản sao \\ chứng thực 🔔 " + "đường dây nóng " * 12
    office.slot(at=time(17), name="Buổi; chiều, \\ tối")
    office.wish(office.approved(awkward.strip()))
    office.fill()
    events = read(office)
    assert {event["SUMMARY"] for event in events} == {"Buổi; chiều, \\ tối"}
    described = [event["DESCRIPTION"] for event in events if "DESCRIPTION" in event]
    assert described == [f"1. Tin {awkward.strip()}"]


def test_a_moved_session_keeps_its_uid_and_counts_up(office):
    row = office.slot(at=time(17))
    office.fill()
    before = {event["UID"]: event for event in read(office)}
    office.let_go()
    office.change(row, kind=ChangeKind.MOVED, facts={"to_time": "18:00"})
    office.fill()
    after = {event["UID"]: event for event in read(office)}
    assert before.keys() == after.keys()
    [moved] = [uid for uid in after if after[uid]["DTSTART"] != before[uid]["DTSTART"]]
    assert int(after[moved]["SEQUENCE"]) > int(before[moved]["SEQUENCE"])


def test_an_empty_station_has_an_empty_calendar(office):
    assert read(office) == []


@settings(deadline=None, max_examples=120)
@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=300))
def test_folding_breaks_no_letter_and_comes_apart_again(words):
    folded = fold(f"SUMMARY:{words}")
    assert folded.replace("\r\n ", "") == f"SUMMARY:{words}"
    for line in folded.split("\r\n"):
        assert len(line.encode()) <= 75


@pytest.mark.parametrize(
    "broken",
    [
        b"BEGIN:VCALENDAR\nEND:VCALENDAR\n",
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nX-WR-CALNAME:a;b\r\nEND:VCALENDAR\r\n",
    ],
    ids=["bare newline", "no product", "no stamp", "not escaped"],
)
def test_the_strict_reader_is_strict(broken):
    with pytest.raises(ValueError, match=r"^3\."):
        strict.read_calendar(broken)
