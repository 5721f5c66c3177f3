"""Numbers, dates and amounts as a Vietnamese office writes them. PURE.

Leading zeros follow Nghị định 30/2020/NĐ-CP, Phụ lục I: numbers below 10, days below 10 and the
months 1 and 2.
"""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from broadcast.reports.errors import BareLuot

_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def number(value: Decimal | int) -> str:
    """Thousands dot and decimal comma, no idle zeros: 1500 -> "1.500", 16.40 -> "16,4"."""
    text = f"{value:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


def percent(part: int | Decimal, whole: int | Decimal) -> str:
    """Share of the whole, half up to one decimal; "-" when there is no whole to compare with."""
    if whole == 0:
        return "-"
    share = Decimal(part) * 100 / Decimal(whole)
    return f"{number(share.quantize(Decimal('0.1'), ROUND_HALF_UP))}%"


def amount(value: Decimal | int, noun: str, *, is_estimate: bool = False) -> str:
    """A counted amount with its noun; "khoảng" stands before an estimate and nowhere else.

    :raises BareLuot: the noun is "lượt" alone, which might mean airings, people or files.
    """
    if noun.strip().casefold() in {"lượt", ""}:
        raise BareLuot(noun=noun)
    about = "khoảng " if is_estimate else ""
    return f"{about}{number(value)} {noun}"


def two_digits(value: int) -> str:
    """Numbers below 10 take a leading zero: document numbers and days."""
    return f"{value:02d}"


def month_number(month: int) -> str:
    """Months 1 and 2 take a leading zero, the others do not."""
    return f"{month:02d}" if month in (1, 2) else str(month)


def date_long(day: date) -> str:
    """As in: ngày 05 tháng 02 năm 2023."""
    return f"ngày {two_digits(day.day)} tháng {month_number(day.month)} năm {day.year}"


def date_short(day: date) -> str:
    """As in: 05/02/2023."""
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def roman(value: int) -> str:
    """1-39 in Roman numerals, for headings, quarters and annexes."""
    text = ""
    for worth, letters in _ROMAN:
        count, value = divmod(value, worth)
        text += letters * count
    return text
