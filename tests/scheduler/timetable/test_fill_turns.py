"""Who goes first when not all have room."""

from datetime import UTC, date, datetime

from scheduler.timetable.book import Aired
from scheduler.timetable.wishes import Pin, Priority
from tests.factories.fillings import kept

MONDAY = date(2026, 11, 23)
CHIEU = ("chiều", MONDAY)


def test_the_earliest_deadline_goes_first(days_of, make_wish, refill, content):
    wishes = [make_wish(f"còn {n} ngày", minutes=30, days=n) for n in (3, 1, 2)]

    found = content(refill(days_of(count=3), wishes))

    assert list(found.values()) == [["còn 1 ngày"], ["còn 2 ngày"], ["còn 3 ngày"]]


def test_a_higher_class_goes_before_an_earlier_deadline(days_of, make_wish, refill, content):
    normal = make_wish("thường", minutes=30, days=1)
    urgent = make_wish("khẩn", minutes=30, days=7, priority=Priority.EMERGENCY)
    priority = make_wish("ưu tiên", minutes=30, days=5, priority=Priority.PRIORITY)

    found = content(refill(days_of(count=2), [normal, priority, urgent]))

    assert list(found.values()) == [["khẩn"], ["ưu tiên"]]


def test_a_pinned_day_is_a_deadline(days_of, make_wish, refill, content):
    pinned = make_wish("ghim", minutes=30, days=7, pinned=Pin(local_day=MONDAY))
    sooner = make_wish("gần hạn", minutes=30, days=3)

    assert content(refill(days_of(count=2), [sooner, pinned]))[CHIEU] == ["ghim"]


def test_the_topic_furthest_behind_its_plan_goes_first(days_of, make_wish, refill, content):
    wishes = [
        make_wish(f"{topic} {n}", minutes=30, topic=topic)
        for n in range(3)
        for topic in ("cchc", "y tế")
    ]
    aired = Aired(by_topic={"cchc": 20, "y tế": 6})

    found = content(refill(days_of(count=4), wishes, targets={"cchc": 40, "y tế": 10}, aired=aired))

    assert [items[0] for items in found.values()] == ["cchc 0", "cchc 1", "cchc 2", "y tế 0"]


def test_topics_share_the_sessions_by_their_targets(days_of, make_wish, refill):
    wishes = [
        make_wish(f"{topic} {n:02}", minutes=30, topic=topic, days=12)
        for n in range(12)
        for topic in ("cchc", "y tế", "không kế hoạch")
    ]

    filling = refill(days_of(count=12), wishes, targets={"cchc": 30, "y tế": 10})

    topics = [p.wish_id[:-3] for p in kept(filling)]
    assert (topics.count("cchc"), topics.count("y tế")) == (9, 3)


def test_wishes_of_a_topic_take_turns_and_the_oldest_begins(days_of, make_wish, refill, content):
    old = make_wish("cũ", minutes=30, airings=2, queued_at=datetime(2026, 11, 1, tzinfo=UTC))
    new = make_wish("mới", minutes=30, airings=2, queued_at=datetime(2026, 11, 2, tzinfo=UTC))

    found = content(refill(days_of(count=4), [new, old]))

    assert [items[0] for items in found.values()] == ["cũ", "mới", "cũ", "mới"]
