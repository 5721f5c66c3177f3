"""What a text counts, dates and numbers is what a listener can write down again.

The parser here knows the words only, not the rules that made them.
"""

from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.reading import CENTRAL, NORTH, SOUTH, read

STYLES = st.sampled_from([NORTH, CENTRAL, SOUTH])
DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
VALUES = dict(zip(DIGITS, range(10), strict=True)) | {"mốt": 1, "tư": 4, "lăm": 5}
SMALL = settings(max_examples=150, deadline=None)
ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def below_thousand_million(words: list[str]) -> int:
    total = group = unit = 0
    for word in words:
        if word in VALUES:
            unit = VALUES[word]
        elif word in ("mươi", "mười"):
            group, unit = group + (unit or 1) * 10, 0
        elif word == "trăm":
            group, unit = group + unit * 100, 0
        elif word in ("nghìn", "ngàn", "triệu"):
            total += (group + unit) * (1_000_000 if word == "triệu" else 1_000)
            group = unit = 0
        else:
            assert word in ("linh", "lẻ"), f"“{word}” is no number word"
    return total + group + unit


def heard_number(words: str) -> int:
    head, billions, tail = words.rpartition("tỷ")
    low = below_thousand_million(tail.split())
    return heard_number(head) * 10**9 + low if billions else low


def heard_digits(words: str) -> str:
    return "".join(str(DIGITS.index(word)) for word in words.replace(",", " ").split())


def spoken(text: str, style=NORTH) -> str:
    reading = read(text, style=style)
    assert not reading.flags, reading.flags
    return reading.spoken


def roman(number: int) -> str:
    letters = ""
    for value, sign in ROMAN:
        letters += sign * (number // value)
        number %= value
    return letters


def grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


@given(st.integers(0, 10**12), STYLES)
@SMALL
def test_a_number_in_groups_is_heard_as_that_number(number, style):
    words = spoken(f"Có {grouped(number)} hộ", style)
    assert heard_number(words.removeprefix("Có ").removesuffix(" hộ")) == number


@given(st.integers(0, 10**9 - 1))
@SMALL
def test_a_number_without_groups_is_heard_as_that_number(number):
    words = spoken(f"Có {number} hộ")
    assert heard_number(words.removeprefix("Có ").removesuffix(" hộ")) == number


@given(
    st.integers(1, 10**15),
    st.sampled_from([grouped, str]),
    st.sampled_from([" đồng", "đ", " VNĐ"]),
)
@SMALL
def test_an_amount_of_money_is_heard_whole_however_it_is_written(amount, write, unit):
    words = spoken(f"Giá {write(amount)}{unit}")
    assert words.endswith(" đồng")
    assert heard_number(words.removeprefix("Giá ").removesuffix(" đồng")) == amount


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.sampled_from(["%d/%m/%Y", "%d-%m-%Y"]))
@SMALL
def test_a_date_is_heard_as_its_day_month_and_year(day, form):
    words = spoken(f"Họp ngày {day.strftime(form)}").removeprefix("Họp ngày ")
    said_day, rest = words.removeprefix("mùng ").split(" tháng ")
    said_month, _, said_year = rest.partition(" năm ")
    assert heard_number(said_day) == day.day
    assert heard_number(said_month) == day.month
    assert heard_number(said_year) == day.year


@given(
    st.times(), st.sampled_from(["{0}h{1:02d}", "{0}:{1:02d}", "{0}g{1:02d}", "{0} giờ {1:02d}"])
)
@SMALL
def test_a_time_is_heard_as_its_hour_and_minute(moment: time, form):
    words = spoken("Họp lúc " + form.format(moment.hour, moment.minute)).removeprefix("Họp lúc ")
    hour, _, minute = words.partition(" giờ")
    assert heard_number(hour) == moment.hour
    assert heard_number(minute.removesuffix(" phút")) == moment.minute


@given(st.from_regex(r"0[35789][0-9]{8}", fullmatch=True), st.sampled_from(" ."))
@SMALL
def test_a_telephone_number_is_heard_digit_by_digit(number, sign):
    written = sign.join((number[:4], number[4:7], number[7:]))
    assert heard_digits(spoken(f"gọi {written}").removeprefix("gọi ")) == number


@given(st.integers(1, 39), st.sampled_from(["Chương", "Khóa", "Phần"]))
@SMALL
def test_a_roman_number_after_its_word_is_heard_as_a_number(number, word):
    assert heard_number(spoken(f"{word} {roman(number)}").removeprefix(f"{word} ")) == number


@given(st.integers(1, 99_999))
@SMALL
def test_the_number_of_a_document_is_heard_with_who_issued_it(number):
    words = spoken(f"{number}/KH-UBND")
    said = words.removeprefix("kế hoạch số ").removesuffix(" của Ủy ban nhân dân")
    assert heard_number(said) == number


@given(st.integers(0, 999), st.from_regex(r"[0-9]{1,4}", fullmatch=True))
@SMALL
def test_a_decimal_keeps_every_digit_behind_the_comma(whole, fraction):
    said_whole, said_fraction = (
        spoken(f"Đạt {whole},{fraction} %").removeprefix("Đạt ").removesuffix(" phần trăm")
    ).split(" phẩy ")
    assert heard_number(said_whole) == whole
    as_number = len(fraction) <= 2 and not fraction.startswith("0")
    heard = str(heard_number(said_fraction)) if as_number else heard_digits(said_fraction)
    assert heard == fraction


@pytest.mark.parametrize("written", ["0123456789 đồng", "1" * 19 + " đồng"])
def test_what_cannot_be_an_amount_keeps_its_digits(written):
    digits, _, _unit = written.partition(" ")
    assert heard_digits(read(written).spoken.removesuffix(" đồng")) == digits
