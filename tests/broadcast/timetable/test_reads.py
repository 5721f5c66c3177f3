"""What the pages read: the week, when a bulletin is heard, the year, the feed."""

from datetime import date, time, timedelta

import pytest

from broadcast.airlog.models import AiringRow
from broadcast.airlog.rules import AiringOutcome
from broadcast.errors import InvalidInput, NotFound
from broadcast.stations.models import PlanTarget
from broadcast.timetable.feed import actor_of_feed, find_feed_key, renew_feed_key, write_feed
from broadcast.timetable.models import ClosureRow
from broadcast.timetable.queries import list_holidays, list_queue, when_heard
from broadcast.timetable.queueing import WishDraft, queue_bulletin
from broadcast.timetable.running_sheet import read_sheet
from broadcast.timetable.slot_words import say_recurrence
from broadcast.timetable.week import read_week
from broadcast.timetable.year_plan import read_year, save_targets
from scheduler.timetable.slots import Frequency, Recurrence

MONDAY = date(2026, 11, 23)


def test_a_week_has_a_row_for_each_slot_in_the_order_of_the_day(office):
    office.slot("chieu", at=time(17))
    office.slot("sang", at=time(9))
    office.fill()
    week = read_week(office.desk(), date(2026, 11, 26))
    assert week.monday == MONDAY
    assert [row.local_time for row in week.rows] == ["09:00", "17:00"]
    assert [len(cell.cards) for cell in week.rows[0].cells] == [1] * 7
    assert [day.is_today for day in week.days] == [True] + [False] * 6
    assert not week.beyond_horizon


def test_a_moved_session_stands_on_the_day_it_airs(office):
    row = office.slot(at=time(17))
    office.change(row, kind="moved", facts={"to_day": "2026-11-26", "to_time": "19:00"})
    office.fill()
    week = read_week(office.desk(), MONDAY)
    assert [len(cell.cards) for cell in week.rows[0].cells] == [0, 1, 1, 2, 1, 1, 1]
    moved = week.rows[0].cells[3].cards[1]
    assert moved.changed
    assert moved.row.local_day == MONDAY


def test_a_card_says_how_full_it_is_and_where_it_is_heard(office):
    east = office.zone("Đông")
    office.zone("Tây")
    office.slot(at=time(17), zone_ids=[east.id], longest_ms=1_200_000)
    office.wish(office.approved(minutes=4), zone_ids=[east.id])
    office.fill()
    card = read_week(office.desk(), MONDAY).rows[0].cells[0].cards[0]
    assert (card.used_ms, card.planned_ms, card.longest_ms) == (240_000, 900_000, 1_200_000)
    assert (card.zones, card.state) == ("Thôn Đông", "coming")
    office.clock.at = office.at(17, 1)
    assert read_week(office.desk(), MONDAY).rows[0].cells[0].cards[0].state == "on_air"
    office.clock.at = office.at(17, 4)
    assert read_week(office.desk(), MONDAY).rows[0].cells[0].cards[0].state == "over"


def test_a_session_that_has_nothing_to_say_is_never_on_the_air(office):
    office.slot(at=time(17))
    office.fill()
    office.clock.at = office.at(17, 1)
    assert read_week(office.desk(), MONDAY).rows[0].cells[0].cards[0].state == "over"


def test_holidays_and_closures_stand_at_their_day(office):
    office.slot(at=time(17))
    office.keep(
        ClosureRow(
            id="thi",
            station_id=office.station.id,
            from_day=date(2026, 11, 26),
            until_day=date(2026, 11, 27),
            from_time=time(7),
            until_time=time(11),
            reason="Kỳ thi",
            created_at=office.clock(),
        )
    )
    days = read_week(office.desk(), MONDAY).days
    assert days[1].remarks == ("Ngày Văn hóa Việt Nam",)
    assert days[3].remarks == ("Ngừng phát 07:00–11:00 (toàn xã): Kỳ thi",)


def test_a_session_is_read_to_the_second(office):
    office.slot(at=time(17), gap_ms=1_500)
    office.wish(office.approved("a", minutes=1))
    office.wish(office.approved("b", minutes=1))
    office.fill()
    desk = office.desk()
    sheet = read_sheet(desk, office.sessions()[0].id)
    assert [line.local_time for line in sheet.lines] == ["17:00:00", "17:01:00", "17:01:01"]
    assert [line.position for line in sheet.lines] == [0, None, 1]
    assert sheet.last_position == 1
    assert sheet.others[0].starts_at == office.at(17, day=24)


def test_a_bulletin_says_when_it_will_be_heard_and_what_became_of_it(office):
    office.slot(at=time(17))
    bulletin = office.approved()
    office.wish(bulletin, airings=3, until_day=date(2026, 11, 25))
    office.fill()
    office.clock.at = office.at(18)
    first = office.lines()[0]
    office.keep(
        AiringRow(
            key="1",
            station_id=office.station.id,
            airing_id=first.id,
            local_day=MONDAY,
            outcome=AiringOutcome.LATE,
            reason="mất điện 5 phút",
        )
    )
    heard = when_heard(office.desk(), bulletin.id)
    assert [one.at for one in heard.coming] == [office.at(17, day=24)]
    assert [(one.outcome, one.reason) for one in heard.past] == [
        (AiringOutcome.LATE, "mất điện 5 phút")
    ]
    assert "Còn thiếu 1 lượt" in heard.unmet[0]


def test_the_queue_shows_first_what_lacks_a_place(office):
    office.slot(at=time(17), minutes=5)
    office.wish(office.approved("vừa", minutes=2), until_day=date(2026, 11, 24))
    office.wish(office.approved("dài", minutes=9))
    office.fill()
    asked = list_queue(office.desk())
    assert [one.bulletin.title for one in asked] == ["Tin dài", "Tin vừa"]
    assert (len(asked[1].coming), asked[1].heard) == (1, 0)


def test_a_wish_is_queued_from_a_form(office):
    office.slot(at=time(17))
    bulletin = office.approved()
    draft = WishDraft(airings=2, from_day=MONDAY, until_day=date(2026, 11, 30))
    queue_bulletin(office.desk(), bulletin.id, draft)
    office.fill()
    assert len(office.lines()) == 2


@pytest.mark.parametrize(
    "wrong",
    [{"airings": 0}, {"airings": 501}, {"until_day": MONDAY}, {"until_day": date(2028, 1, 1)}],
    ids=["none", "too many", "no day", "too long"],
)
def test_a_wish_nobody_can_meet_is_refused(office, wrong):
    values = {"airings": 1, "from_day": MONDAY, "until_day": date(2026, 11, 30)} | wrong
    bulletin = office.approved()
    with pytest.raises(InvalidInput):
        queue_bulletin(office.desk(), bulletin.id, WishDraft(**values))


def test_the_year_counts_what_was_heard_and_what_has_a_place(office):
    office.slot(at=time(17))
    office.wish(office.approved(topic="cds"), airings=3)
    office.fill()
    topic = f"topic-cds-{office.station.code}"
    for number, outcome in enumerate((AiringOutcome.AIRED, AiringOutcome.MISSED)):
        office.keep(
            AiringRow(
                key=str(number),
                station_id=office.station.id,
                topic_id=topic,
                outcome=outcome,
                local_day=date(2026, 3, 1),
            )
        )
    save_targets(office.desk(), 2026, {topic: 20})
    row = next(one for one in read_year(office.desk(), 2026) if one.topic.id == topic)
    assert (row.target, row.heard, row.placed) == (20, 1, 3)


def test_targets_are_saved_over_themselves_and_refused_below_nothing(office):
    topic = f"topic-cds-{office.station.code}"
    save_targets(office.desk(), 2026, {topic: 20})
    save_targets(office.desk(), 2026, {topic: 30, "của đài khác": 5})
    assert [row.airings for row in office.db.query(PlanTarget)] == [30]
    with pytest.raises(InvalidInput):
        save_targets(office.desk(), 2026, {topic: -1})


def test_holidays_are_those_of_twelve_months_with_the_stations_own(office):
    days = {day: (name, ours) for day, name, ours in list_holidays(office.desk())}
    assert days[date(2026, 11, 24)] == ("Ngày Văn hóa Việt Nam", False)
    assert all(MONDAY <= day < MONDAY + timedelta(days=366) for day in days)


@pytest.mark.parametrize(
    ("recurrence", "words"),
    [
        (Recurrence(frequency=Frequency.DAILY, anchor=MONDAY), "hằng ngày"),
        (Recurrence(frequency=Frequency.DAILY, anchor=MONDAY, interval=2), "2 ngày một lần"),
        (
            Recurrence(frequency=Frequency.WEEKLY, anchor=MONDAY, weekdays=frozenset({0, 4})),
            "thứ Hai, thứ Sáu",
        ),
        (
            Recurrence(
                frequency=Frequency.WEEKLY, anchor=MONDAY, interval=2, weekdays=frozenset({6})
            ),
            "2 tuần một lần vào Chủ nhật",
        ),
        (
            Recurrence(
                frequency=Frequency.MONTHLY,
                anchor=MONDAY,
                month_days=frozenset({1, -1}),
                lunar_days=frozenset({15}),
            ),
            "hằng tháng: ngày 1, ngày cuối tháng, ngày 15 âm lịch",
        ),
    ],
)
def test_a_recurrence_is_said_as_people_say_it(recurrence, words):
    assert say_recurrence(recurrence) == words


def unfolded(feed):
    return feed.replace("\r\n ", "").split("\r\n")


def test_the_feed_has_every_session_of_a_zone_and_no_line_is_too_long(office):
    east, west = office.zone("Đông"), office.zone("Tây")
    office.slot("dong", at=time(9), zone_ids=[east.id])
    office.slot("chung", at=time(17))
    office.wish(office.approved("Đăng ký khai sinh, kết hôn; chứng thực bản sao"))
    office.fill()
    feed = write_feed(office.desk(), west.id)
    lines = unfolded(feed)
    assert lines[0] == "BEGIN:VCALENDAR"
    assert "SUMMARY:Buổi chung" in lines
    assert "SUMMARY:Buổi dong" not in lines
    assert "DTSTART:20261123T100000Z" in lines
    assert len({line for line in lines if line.startswith("UID:")}) == 21
    assert all(len(line.encode()) <= 75 for line in feed.split("\r\n"))
    everywhere = unfolded(write_feed(office.desk(), None))
    description = next(line for line in everywhere if line.startswith("DESCRIPTION:"))
    assert "khai sinh\\, kết hôn\\; chứng thực" in description


def test_a_cancelled_session_is_cancelled_in_the_feed(office):
    row = office.slot(at=time(17))
    office.fill()
    office.change(row, kind="cancelled")
    office.fill()
    assert unfolded(write_feed(office.desk(), None)).count("STATUS:CANCELLED") == 1


def test_the_key_of_the_feed_is_renewed_and_the_old_one_ends(office):
    old = renew_feed_key(office.desk())
    new = renew_feed_key(office.desk())
    desk = office.desk()
    assert find_feed_key(desk) == new
    assert actor_of_feed(desk, new).station_id == office.station.id
    with pytest.raises(NotFound):
        actor_of_feed(desk, old)


def test_a_zone_of_another_station_has_no_feed_here(office):
    with pytest.raises(NotFound):
        write_feed(office.desk(), "khu lạ")
