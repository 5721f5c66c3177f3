from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcast.reports.errors import BareLuot
from broadcast.reports.numbers_vi import (
    amount,
    date_long,
    date_short,
    month_number,
    number,
    percent,
    roman,
    two_digits,
)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"), (25, "25"), (1500, "1.500"), (1234567, "1.234.567"), (-1500, "-1.500"),
        (Decimal("16.4"), "16,4"), (Decimal("900.0"), "900"), (Decimal("1234.50"), "1.234,5"),
        (Decimal("9E+2"), "900"),
    ],
)  # fmt: skip
def test_thousands_take_a_dot_and_decimals_a_comma(value, written):
    assert number(value) == written


@settings(deadline=None, max_examples=100)
@given(st.integers(-(10**12), 10**12))
def test_a_written_number_reads_back(value: int):
    assert int(number(value).replace(".", "")) == value


def test_about_stands_only_before_an_estimate():
    assert amount(1500, "lượt hướng dẫn", is_estimate=True) == "khoảng 1.500 lượt hướng dẫn"
    assert amount(55, "lượt phát") == "55 lượt phát"


@pytest.mark.parametrize("noun", ["lượt", " Lượt ", ""])
def test_luot_never_stands_without_its_noun(noun: str):
    with pytest.raises(BareLuot):
        amount(55, noun)


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2023, 2, 5), "ngày 05 tháng 02 năm 2023"),
        (date(2023, 1, 31), "ngày 31 tháng 01 năm 2023"),
        (date(2023, 3, 9), "ngày 09 tháng 3 năm 2023"),
        (date(2023, 12, 29), "ngày 29 tháng 12 năm 2023"),
    ],
)
def test_days_below_ten_and_the_first_two_months_take_a_zero(day: date, written: str):
    assert date_long(day) == written


def test_short_dates_have_two_digits_each():
    assert date_short(date(2023, 3, 9)) == "09/03/2023"


def test_document_numbers_below_ten_take_a_zero():
    assert [two_digits(value) for value in (5, 10, 192)] == ["05", "10", "192"]
    assert [month_number(month) for month in (1, 2, 3, 10)] == ["01", "02", "3", "10"]


def test_shares_are_rounded_half_up_and_an_absent_whole_has_no_share():
    assert percent(1, 3) == "33,3%"
    assert percent(25, 24) == "104,2%"
    assert percent(1, 800) == "0,1%"
    assert percent(3, 800) == "0,4%"
    assert percent(25, 0) == "-"


def test_roman_numerals_serve_headings():
    assert [roman(value) for value in (1, 2, 3, 4, 5, 6, 9, 14, 39)] == [
        "I", "II", "III", "IV", "V", "VI", "IX", "XIV", "XXXIX",
    ]  # fmt: skip
