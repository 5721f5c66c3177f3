"""Number words of three regions, and the grammar that holds for every number."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.reading import CENTRAL, NORTH, SOUTH, ReadingStyle
from audio.reading.numbers import DIGITS, LARGEST_SPOKEN, say_cardinal, say_decimal, say_digits
from audio.reading.numerals import find_numeral

VALUES = dict(zip(DIGITS, range(10), strict=True)) | {
    "mốt": 1,
    "tư": 4,
    "lăm": 5,
}
SCALES = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6}


def value_below_billion(words: list[str]) -> int:
    """An independent parser of number words."""
    total = group = unit = 0
    for word in words:
        if word in VALUES:
            unit = VALUES[word]
        elif word == "mươi":
            group, unit = group + unit * 10, 0
        elif word == "mười":
            group += 10
        elif word == "trăm":
            group, unit = group + unit * 100, 0
        elif word in SCALES:
            total, group, unit = total + (group + unit) * SCALES[word], 0, 0
    return total + group + unit


def value(words: list[str]) -> int:
    if "tỷ" not in words:
        return value_below_billion(words)
    last = len(words) - 1 - words[::-1].index("tỷ")
    return value(words[:last]) * 10**9 + value_below_billion(words[last + 1 :])


@given(st.integers(min_value=0, max_value=LARGEST_SPOKEN), st.sampled_from([NORTH, CENTRAL, SOUTH]))
@settings(deadline=None)
def test_the_words_of_every_number_mean_that_number(number: int, style: ReadingStyle):
    assert value(say_cardinal(number, style).split()) == number


@given(st.integers(min_value=0, max_value=999_999))
@settings(deadline=None)
def test_no_number_says_mot_after_ten_or_lam_after_linh(number: int):
    words = say_cardinal(number, NORTH)
    assert "mười mốt" not in words
    assert "mười tư" not in words
    assert "linh lăm" not in words
    assert "mươi năm" not in words
    assert "mươi một" not in words


@pytest.mark.parametrize(
    ("number", "spoken"),
    [
        (0, "không"),
        (4, "bốn"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (55, "năm mươi lăm"),
        (101, "một trăm linh một"),
        (110, "một trăm mười"),
        (1005, "một nghìn không trăm linh năm"),
        (2_000_001, "hai triệu không trăm linh một"),
        (10**9, "một tỷ"),
        (3_500 * 10**9, "ba nghìn năm trăm tỷ"),
        (10**15, "một triệu tỷ"),
        (10**9 + 5, "một tỷ không trăm linh năm"),
    ],
)
def test_cardinals_follow_the_northern_grammar(number: int, spoken: str):
    assert say_cardinal(number, NORTH) == spoken


@pytest.mark.parametrize(
    ("number", "spoken"),
    [
        (1005, "một ngàn không trăm lẻ năm"),
        (24, "hai mươi bốn"),
        (7_234_015, "bảy triệu hai trăm ba mươi bốn ngàn không trăm mười lăm"),
    ],
)
def test_the_south_says_ngan_le_and_bon(number: int, spoken: str):
    assert say_cardinal(number, SOUTH) == spoken


@pytest.mark.parametrize(
    ("whole", "fraction", "spoken"),
    [
        ("1", "5", "một phẩy năm"),
        ("99", "75", "chín mươi chín phẩy bảy mươi lăm"),
        ("0", "05", "không phẩy không năm"),
        ("3", "14159", "ba phẩy một bốn một năm chín"),
    ],
)
def test_short_decimals_are_numbers_and_long_ones_digits(whole: str, fraction: str, spoken: str):
    assert say_decimal(whole, fraction, NORTH) == spoken


def test_digits_are_said_one_by_one_and_signs_passed_over():
    assert say_digits("0220.37-4") == "không hai hai không ba bảy bốn"


@pytest.mark.parametrize(
    ("written", "spoken", "end"),
    [
        ("1.500 hộ", "một nghìn năm trăm", 5),
        ("1.250,5", "một nghìn hai trăm năm mươi phẩy năm", 7),
        ("1,234,567", "một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy", 9),
        ("05", "năm", 2),
        ("007", "không không bảy", 3),
        ("2.1", "hai chấm một", 3),
        ("1.50", "một chấm năm mươi", 4),
        ("0123456789", "không một hai ba bốn năm sáu bảy tám chín", 10),
    ],
)
def test_a_dot_parts_thousands_only_in_groups_of_three(written: str, spoken: str, end: int):
    numeral = find_numeral(written, 0, NORTH)
    assert numeral is not None
    assert (numeral.spoken, numeral.end) == (spoken, end)


def test_no_numeral_is_found_where_no_digit_stands():
    assert find_numeral("abc", 0, NORTH) is None
