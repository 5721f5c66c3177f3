"""Filling on real rows: what stays, what leaves, what is said."""

from datetime import date, time, timedelta
from threading import Thread

import pytest

from broadcast.airlog.models import AiringRow
from broadcast.airlog.rules import AiringOutcome
from broadcast.bulletins.models import AudioFile
from broadcast.bulletins.rules import BulletinState
from broadcast.jobs.models import Job, JobKind
from broadcast.people.rules import Role
from broadcast.stations.models import PlanTarget
from broadcast.timetable.calendar import HORIZON_DAYS
from broadcast.timetable.dropping import drop_bulletin
from broadcast.timetable.models import (
    ClosureRow,
    FillNote,
    HolidayRow,
    OccurrenceChangeRow,
    OrderLine,
    SessionRow,
)
from broadcast.timetable.queueing import close_wish, expire_wishes, reopen_wish
from scheduler.timetable.closures import ClosureKind
from scheduler.timetable.running_order import LineKind

TODAY = date(2026, 11, 23)


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


def test_what_has_begun_is_never_touched(office):
    row = office.slot(at=time(17))
    office.wish(office.approved("đang phát", minutes=5))
    office.fill()
    office.clock.at = office.at(17, 2)
    before = office.lines()[0]
    kept = (before.id, before.planned_start, before.session.starts_at, before.session.name)
    row.local_time, row.name = time(20), "Buổi tối"
    office.db.commit()
    office.wish(office.approved("đến sau"), airings=1)
    office.fill()
    now = office.lines()[0]
    assert (now.id, now.planned_start, now.session.starts_at, now.session.name) == kept
    assert office.lines()[1].planned_start == office.at(20, day=24)


def test_an_airing_still_to_come_in_a_begun_session_counts_as_placed(office):
    row = office.slot(at=time(17))
    office.wish(office.approved("a", minutes=5))
    office.wish(office.approved("b", minutes=5))
    office.fill()
    office.clock.at = office.at(17, 2)
    row.archived_at = office.clock()
    office.db.commit()
    office.slot("toi", at=time(20))
    office.fill()
    assert len(office.lines()) == 2


def test_a_session_that_runs_past_midnight_still_counts(office):
    office.slot(at=time(23, 55), minutes=30)
    office.wish(office.approved(minutes=10))
    office.fill()
    office.clock.at = office.at(0, 1, day=24)
    office.fill()
    assert [line.planned_start for line in office.lines()] == [office.at(23, 55)]


def test_a_new_slot_may_not_sound_over_a_session_that_is_on_the_air(office):
    row = office.slot(at=time(17), minutes=30)
    office.fill()
    office.clock.at = office.at(17, 5)
    row.archived_at = office.clock()
    office.db.commit()
    office.slot("chen", at=time(17, 10))
    office.fill()
    assert [one.starts_at for one in office.sessions()[:2]] == [
        office.at(17),
        office.at(17, 10, day=24),
    ]
    assert "trùng nhau" in office.db.get(FillNote, row.station_id).conflicts[0]["sentence"]


def test_a_withdrawn_bulletin_leaves_the_plan_at_once_and_the_gap_is_filled(office):
    office.slot(at=time(17), minutes=5)
    out = office.approved("thu hồi", minutes=4)
    office.wish(out)
    office.wish(office.approved("chờ", minutes=4), until_day=date(2026, 11, 24))
    office.fill()
    assert [line.title for line in office.lines()] == ["Tin chờ", "Tin thu hồi"]
    office.db.query(Job).delete()
    desk = office.desk(Role.OPERATOR)
    drop_bulletin(desk, out.id, "thu hồi: nhầm ngày")
    desk.session.commit()
    assert [line.title for line in office.lines()] == ["Tin chờ"]
    assert plans_wanted(office) == 1
    office.fill()
    assert [line.title for line in office.lines()] == ["Tin chờ"]
    assert office.db.query(OrderLine).filter(OrderLine.why.contains("nhầm ngày")).count() == 1


def test_a_bulletin_edited_after_approval_leaves_and_its_wish_says_why(office):
    office.slot(at=time(17))
    bulletin = office.approved()
    row = office.wish(bulletin)
    office.fill()
    bulletin.state = BulletinState.DRAFTED
    office.db.commit()
    office.fill()
    assert office.lines() == []
    office.db.refresh(row)
    assert "chưa duyệt" in row.unmet


def test_a_missed_airing_is_asked_for_again(office):
    office.slot(at=time(17))
    office.wish(office.approved())
    office.fill()
    first = office.lines()[0]
    office.clock.at = office.at(18)
    office.fill()
    assert len(office.lines()) == 1
    office.db.add(
        AiringRow(
            key=f"{first.id}/1",
            station_id=office.station.id,
            airing_id=first.id,
            local_day=TODAY,
            outcome=AiringOutcome.MISSED,
        )
    )
    office.db.commit()
    office.fill()
    assert [line.planned_start for line in office.lines()] == [office.at(17), office.at(17, day=24)]


def test_a_cancelled_occurrence_drops_its_lines_and_the_wish_moves_on(office):
    row = office.slot(at=time(17))
    office.wish(office.approved())
    office.fill()
    first = office.lines()[0]
    office.db.add(
        OccurrenceChangeRow(
            id="change",
            station_id=office.station.id,
            slot_id=row.id,
            local_day=TODAY,
            kind="cancelled",
            facts={},
            reason="Hội trường mất điện",
            author_name="Hạnh",
            created_at=first.planned_start,
        )
    )
    office.db.commit()
    office.fill()
    assert [line.planned_start for line in office.lines()] == [office.at(17, day=24)]
    cancelled = office.db.query(SessionRow).filter(SessionRow.cancelled_at.is_not(None)).one()
    assert cancelled.cancel_reason == "Hội trường mất điện"
    assert office.fresh(first).dropped_at is not None


def test_a_cancelled_occurrence_comes_back_when_it_is_undone(office):
    row = office.slot(at=time(17))
    office.fill()
    first = office.sessions()[0].id
    change = OccurrenceChangeRow(
        id="change",
        station_id=office.station.id,
        slot_id=row.id,
        local_day=TODAY,
        kind="cancelled",
        facts={},
        author_name="Hạnh",
        created_at=office.clock(),
    )
    office.db.add(change)
    office.db.commit()
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
    office.db.add(
        OccurrenceChangeRow(
            id="change",
            station_id=office.station.id,
            slot_id=row.id,
            local_day=TODAY,
            kind="moved",
            facts={"to_day": "2026-11-26", "to_time": "19:00"},
            author_name="Hạnh",
            created_at=office.clock(),
        )
    )
    office.db.commit()
    office.fill()
    assert office.db.get(SessionRow, moved).starts_at == office.at(19, day=26)
    assert office.lines()[0].id == airing
    office.clock.at = office.at(8, day=25)  # the day of its rule is over, the day it airs on is not
    office.fill()
    office.fill()
    rows = [one for one in office.sessions() if one.local_day == TODAY]
    assert [one.id for one in rows] == [moved]
    assert rows[0].starts_at == office.at(19, day=26)


def test_the_opening_of_a_moved_session_is_spoken_anew(office):
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
    first.opening_audio_id = audio.id
    office.db.add(
        OccurrenceChangeRow(
            id="change",
            station_id=office.station.id,
            slot_id=row.id,
            local_day=TODAY,
            kind="moved",
            facts={"to_day": "2026-11-26"},
            author_name="Hạnh",
            created_at=office.clock(),
        )
    )
    office.db.commit()
    office.fill()
    office.db.refresh(first)
    assert first.opening_audio_id is None


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
    office.db.add_all(
        [
            HolidayRow(
                id="1",
                station_id=office.station.id,
                day=date(2026, 11, 24),
                created_at=office.clock(),
            ),
            HolidayRow(
                id="2",
                station_id=office.station.id,
                day=date(2026, 11, 26),
                name="Hội làng",
                created_at=office.clock(),
            ),
        ]
    )
    office.db.commit()
    office.fill()
    assert [one.local_day.day for one in office.sessions()[:3]] == [24, 25, 27]


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


def test_a_full_session_makes_a_wish_say_what_is_in_its_way(office):
    office.zone("Đông")
    office.slot(at=time(17), minutes=5)
    office.wish(office.approved("a", minutes=4), until_day=date(2026, 11, 24))
    late = office.wish(
        office.approved("b", minutes=4), until_day=date(2026, 11, 24), priority="normal"
    )
    office.fill()
    office.db.refresh(late)
    assert late.unmet.startswith("Còn thiếu 1 lượt: buổi chieu thứ Hai 23/11 đã đầy 5 phút")


def test_what_made_room_is_kept_for_the_operator(office):
    office.slot(at=time(17), minutes=5)
    office.wish(office.approved("thường", minutes=4))
    office.fill()
    office.wish(
        office.approved("ưu tiên", minutes=4), priority="priority", until_day=date(2026, 11, 24)
    )
    office.fill()
    notes = office.db.get(FillNote, office.station.id).notes
    assert [note["kind"] for note in notes] == ["made_room"]
    assert "Nhường chỗ" in notes[0]["sentence"]


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
    office.wish(office.approved(minutes=4))
    office.fill()
    kinds = {one["kind"] for one in office.db.get(FillNote, office.station.id).conflicts}
    assert kinds == {"relay_collides"}


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


def test_closing_a_wish_drops_what_is_to_come_and_reopening_brings_it_back(office):
    office.slot(at=time(17))
    row = office.wish(office.approved(), airings=2)
    office.fill()
    close_wish(office.desk(), row.id)
    office.fill()
    assert office.lines() == []
    reopen_wish(office.desk(), row.id)
    office.fill()
    assert len(office.lines()) == 2


def test_a_wish_past_its_last_day_is_closed_and_its_bulletin_expires(office):
    bulletin = office.approved()
    office.wish(bulletin, until_day=date(2026, 11, 24))
    office.clock.at = office.at(23, 59)
    assert expire_wishes(office.desk()) == 0
    office.clock.at = office.at(0, 0, day=24)
    assert expire_wishes(office.desk()) == 1
    office.db.refresh(bulletin)
    assert bulletin.state is BulletinState.EXPIRED


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
