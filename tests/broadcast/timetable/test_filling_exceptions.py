"""Occurrences cancelled or moved, closures, holidays, and how they are undone."""

from datetime import date, time

import pytest

from broadcast.bulletins.models import AudioFile
from broadcast.timetable.models import ClosureRow, HolidayRow, SessionRow
from scheduler.timetable.closures import ClosureKind

TODAY = date(2026, 11, 23)


def test_a_cancelled_occurrence_drops_its_lines_and_the_wish_moves_on(office):
    row = office.slot(at=time(17))
    office.wish(office.approved())
    office.fill()
    first = office.lines()[0]
    office.change(row, kind="cancelled", reason="Hội trường mất điện")
    office.fill()
    assert [line.planned_start for line in office.lines()] == [office.at(17, day=24)]
    cancelled = office.db.query(SessionRow).filter(SessionRow.cancelled_at.is_not(None)).one()
    assert cancelled.cancel_reason == "Hội trường mất điện"
    assert office.fresh(first).dropped_at is not None


def test_a_cancelled_occurrence_comes_back_when_it_is_undone(office):
    row = office.slot(at=time(17))
    office.fill()
    first = office.sessions()[0].id
    change = office.change(row, kind="cancelled")
    office.fill()
    assert first not in {one.id for one in office.sessions()}
    office.db.delete(change)
    office.db.commit()
    office.fill()
    assert office.sessions()[0].id == first


def test_a_session_moved_to_a_later_day_keeps_its_row_and_its_airings(office):
    row = office.slot(at=time(17))
    office.wish(office.approved(), slot_ids=[row.id])
    office.fill()
    moved, airing = office.sessions()[0].id, office.lines()[0].id
    office.change(row, kind="moved", facts={"to_day": "2026-11-26", "to_time": "19:00"})
    office.fill()
    assert office.db.get(SessionRow, moved).starts_at == office.at(19, day=26)
    assert office.lines()[0].id == airing
    office.clock.at = office.at(8, day=25)  # the day of its rule is over, the day it airs on is not
    office.fill()
    office.fill()
    rows = [one for one in office.sessions() if one.local_day == TODAY]
    assert [one.id for one in rows] == [moved]
    assert rows[0].starts_at == office.at(19, day=26)


def test_the_words_of_a_moved_session_are_spoken_anew(office):
    row = office.slot(at=time(17), opening_words="Hôm nay, {ngay}.")
    office.fill()
    first = office.sessions()[0]
    audio = AudioFile(
        id="lời mở",
        station_id=office.station.id,
        sha256="b" * 64,
        bytes=1,
        duration_ms=5_000,
        loudness_lufs=-16,
        true_peak_dbtp=-1,
        created_at=office.clock(),
    )
    office.db.add(audio)
    office.db.flush()
    first.opening_audio_id = first.closing_audio_id = audio.id
    office.change(row, kind="moved", facts={"to_day": "2026-11-26"})
    office.fill()
    office.db.refresh(first)
    assert (first.opening_audio_id, first.closing_audio_id) == (None, None)


@pytest.mark.parametrize("hours", [None, (time(16), time(18))], ids=["all day", "hours"])
def test_a_closure_silences_its_days(office, hours):
    office.slot("sang", at=time(9))
    office.slot("chieu", at=time(17))
    from_time, until_time = hours or (None, None)
    office.db.add(
        ClosureRow(
            id="tang",
            station_id=office.station.id,
            from_day=date(2026, 11, 24),
            until_day=date(2026, 11, 26),
            kind=ClosureKind.MOURNING,
            from_time=from_time,
            until_time=until_time,
            reason="Quốc tang",
            created_at=office.clock(),
        )
    )
    office.db.commit()
    office.fill()
    heard = {(one.local_day.day, one.starts_at.hour + 7) for one in office.sessions()[:6]}
    assert (24, 17) not in heard
    assert ((24, 9) in heard) is (hours is not None)
    assert (26, 17) in heard


def test_a_holiday_of_the_station_silences_the_slots_that_skip_holidays(office):
    office.slot(at=time(17), skip_holidays=True)
    office.clock.at = office.at(8, day=24)  # Ngày Văn hóa Việt Nam
    office.fill()
    assert office.sessions()[0].local_day == date(2026, 11, 25)
    of = {"station_id": office.station.id, "created_at": office.clock()}
    office.keep(
        HolidayRow(id="1", day=date(2026, 11, 24), **of),
        HolidayRow(id="2", day=date(2026, 11, 26), name="Hội làng", **of),
    )
    office.fill()
    assert [one.local_day.day for one in office.sessions()[:3]] == [24, 25, 27]
