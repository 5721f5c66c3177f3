"""Why a placement went and why a wish is unmet, in words for the operator."""

from datetime import UTC, date, datetime, timedelta

import pytest

from scheduler.timetable.wishes import Pin, Priority
from tests.factories.fillings import kept, placed

MONDAY = date(2026, 11, 23)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("now_asked", "reason"),
    [
        ({"weekdays": frozenset({1})}, "thứ này không còn được chọn"),
        ({"slot_ids": frozenset({"sáng"})}, "khung giờ này không còn được chọn"),
        ({"from_day": MONDAY + DAY}, "ngày phát nằm ngoài thời hạn của bản tin"),
        ({"zones": frozenset({"thôn 9"})}, "buổi không còn tới đủ các khu vực"),
        ({"pinned": Pin(local_day=MONDAY + DAY)}, "bản tin đã được ghim sang ngày khác"),
        ({"duration": 50 * MINUTE}, "bản tin dài hơn buổi phát"),
    ],
)
def test_a_placement_that_no_longer_suits_goes_with_its_reason(
    days_of, make_wish, refill, now_asked, reason
):
    filling = refill(days_of(), [make_wish(**now_asked)], [placed("w")])

    assert kept(filling) == []
    assert filling.notes[0].sentence == (
        f"Chuyển một lượt khỏi buổi chiều thứ Hai 23/11: {reason}."
    )


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (
            {"days": 1},
            "Còn thiếu 1 lượt: buổi chiều thứ Hai 23/11 đã đầy 30 phút.",
        ),
        (
            {"days": 1, "minutes": 50},
            "Còn thiếu 1 lượt: bản tin dài 50 phút, không vừa buổi chiều thứ Hai 23/11.",
        ),
        (
            {"days": 1, "priority": Priority.PRIORITY, "minutes": 41},
            "Còn thiếu 1 lượt: bản tin dài 41 phút, không vừa buổi chiều thứ Hai 23/11.",
        ),
        (
            {"days": 1, "zones": frozenset({"thôn 9"})},
            "Còn thiếu 1 lượt: buổi chiều thứ Hai 23/11 không tới đủ khu vực thôn 9.",
        ),
        (
            {"days": 1, "slot_ids": frozenset({"sáng"})},
            "Còn thiếu 1 lượt: buổi chiều thứ Hai 23/11 không thuộc khung giờ hoặc ngày đã chọn.",
        ),
        (
            {"days": 2, "weekdays": frozenset({6})},
            "Còn thiếu 1 lượt: không có buổi phát nào vào Chủ nhật từ thứ Hai 23/11 đến hết thứ Ba 24/11.",
        ),
    ],
)
def test_an_unmet_wish_says_what_stands_in_its_way(days_of, make_wish, refill, asked, sentence):
    full = make_wish("đầy", minutes=30, days=1, queued_at=datetime(2026, 1, 1, tzinfo=UTC))

    filling = refill(days_of(), [full, make_wish(**asked)], [placed("đầy")])

    (unmet,) = filling.unmet
    assert unmet.sentence == sentence
    assert not unmet.waits


def test_an_unmet_wish_names_spacing_and_repeats(days_of, make_wish, refill):
    wish = make_wish(airings=3, days=2, spacing=timedelta(hours=48))

    (unmet,) = refill(days_of(count=2), [wish]).unmet

    assert unmet.sentence == (
        "Còn thiếu 2 lượt: buổi chiều thứ Ba 24/11 cách lượt khác chưa đủ 48 giờ; "
        "buổi chiều thứ Hai 23/11 đã có bản tin này."
    )


def test_an_unmet_wish_calls_the_zones_by_their_names(days_of, make_wish, refill):
    wish = make_wish(days=1, zones=frozenset({"z9"}))

    (unmet,) = refill(days_of(), [wish], zone_names={"z9": "Thôn Hạ"}).unmet

    assert unmet.sentence.endswith("không tới đủ khu vực Thôn Hạ.")


def test_a_wish_that_later_days_can_meet_waits(days_of, make_wish, refill):
    (unmet,) = refill(days_of(count=2), [make_wish(airings=5, days=7)]).unmet

    assert unmet.waits
    assert unmet.missing == 3
    assert unmet.sentence.startswith("Còn thiếu 3 lượt: chờ xếp vào các ngày sau 24/11; trước đó ")


def test_without_sessions_every_wish_says_so(make_wish, refill):
    (unmet,) = refill((), [make_wish()]).unmet

    assert not unmet.waits
    assert "không có buổi phát nào" in unmet.sentence
