from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcast import wording

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
EVENING = datetime(2023, 12, 28, 10, 0, tzinfo=UTC)
LATE = datetime(2023, 12, 31, 20, 30, tzinfo=UTC)

lengths_ms = st.integers(0, 10**10)
instants = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))


def test_an_instant_is_told_in_the_stations_own_zone():
    assert wording.local_time(EVENING, HANOI) == "17:00"
    assert wording.local_date(EVENING, HANOI) == "28/12/2023"
    assert wording.local_moment(EVENING, HANOI) == "17:00, 28/12/2023"


def test_an_evening_in_utc_is_already_tomorrow_in_hanoi():
    assert wording.local_moment(LATE, HANOI) == "03:30, 01/01/2024"
    assert wording.long_date(LATE, HANOI) == "Thứ Hai, 01/01/2024"


def test_a_plain_date_is_already_local_and_does_not_move():
    assert wording.local_date(date(2023, 12, 31), HANOI) == "31/12/2023"
    assert wording.long_date(date(2026, 11, 23), HANOI) == "Thứ Hai, 23/11/2026"


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        wording.local_time(datetime(2023, 12, 28, 10, 0), HANOI)


def test_the_week_begins_on_monday_and_ends_on_sunday():
    names = [wording.weekday(date(2026, 11, 23) + timedelta(days=day)) for day in range(7)]
    assert names[0] == "Thứ Hai"
    assert names[6] == "Chủ nhật"
    assert len(set(names)) == 7


@pytest.mark.parametrize(
    ("length_ms", "words"),
    [
        (0, "0 giây"),
        (499, "0 giây"),
        (500, "1 giây"),
        (45_000, "45 giây"),
        (60_000, "1 phút"),
        (200_000, "3 phút 20 giây"),
        (3_600_000, "1 giờ"),
        (3_905_000, "1 giờ 5 phút"),
        (3_599_600, "1 giờ"),
    ],
)
def test_a_length_is_told_in_hours_minutes_and_seconds(length_ms, words):
    assert wording.duration(length_ms) == words
    assert wording.duration(timedelta(milliseconds=length_ms)) == words


@pytest.mark.parametrize(
    ("length_ms", "figures"),
    [(0, "0:00"), (200_000, "3:20"), (3_725_000, "1:02:05"), (59_600, "1:00")],
)
def test_a_length_in_a_column_keeps_two_figures_for_seconds(length_ms, figures):
    assert wording.clock_length(length_ms) == figures


@given(lengths_ms)
@settings(deadline=None)
def test_the_length_in_a_column_adds_up_to_the_rounded_seconds(length_ms):
    parts = [int(part) for part in wording.clock_length(length_ms).split(":")]
    seconds = sum(part * 60**power for power, part in enumerate(reversed(parts)))
    assert abs(seconds * 1000 - length_ms) <= 500


@pytest.mark.parametrize(
    ("value", "places", "words"),
    [
        (1204.5, 1, "1.204,5"),
        (1500, None, "1.500"),
        (0.05, 1, "0,1"),
        (-0.01, 1, "0,0"),
        (Decimal("1234567.891"), None, "1.234.567,891"),
        (-1234.5, 0, "-1.235"),
        (1e21, None, "1.000.000.000.000.000.000.000"),
    ],
)
def test_a_number_has_dots_between_thousands_and_a_comma_before_decimals(value, places, words):
    assert wording.number_vi(value, places) == words


@given(st.decimals(-(10**12), 10**12, allow_nan=False, places=3))
@settings(deadline=None)
def test_a_number_reads_back_to_itself(value):
    words = wording.number_vi(value)
    assert Decimal(words.replace(".", "").replace(",", ".")) == value


def test_minutes_are_rounded_once_and_half_up():
    assert wording.minutes(72_270_000) == "1.204,5"
    assert wording.minutes(3_000) == "0,1"
    assert wording.minutes(timedelta(minutes=900), places=0) == "900"


def test_a_share_is_told_in_per_cent():
    assert wording.percent_vi(0.764) == "76%"
    assert wording.percent_vi(Decimal("0.7645"), 1) == "76,5%"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-5, "vừa xong"),
        (59, "vừa xong"),
        (60, "1 phút trước"),
        (3_599, "59 phút trước"),
        (3_600, "1 giờ trước"),
        (200_000, "2 ngày trước"),
    ],
)
def test_what_has_been_is_told_in_one_unit(seconds, words):
    assert wording.ago(EVENING, EVENING + timedelta(seconds=seconds)) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-1, "0 phút"),
        (0, "0 phút"),
        (30, "dưới 1 phút"),
        (1_680, "28 phút"),
        (8_880, "2 giờ 28 phút"),
        (7_200, "2 giờ"),
        (3 * 86_400, "3 ngày"),
    ],
)
def test_what_is_to_come_is_told_to_the_minute(seconds, words):
    assert wording.until(EVENING + timedelta(seconds=seconds), EVENING) == words


@given(instants)
@settings(deadline=None)
def test_the_minute_of_the_day_is_the_time_on_the_wall(instant):
    minute = wording.minute_of_day(instant, HANOI)
    assert 0 <= minute < 1440
    assert wording.local_time(instant, HANOI) == f"{minute // 60:02}:{minute % 60:02}"
