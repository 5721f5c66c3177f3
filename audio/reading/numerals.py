"""Finds a number as an office writes it (1.234.567,8 or 05 or 2,5) and says it."""

import re
from dataclasses import dataclass

from audio.reading.atomic import atomic
from audio.reading.numbers import LARGEST_SPOKEN, say_cardinal, say_decimal, say_digits
from audio.reading.style import ReadingStyle

_NUMERAL = re.compile(
    r"(?P<grouped>\d{1,3}"
    + atomic("thousands", r"(?:\.\d{3}){1,7}")
    + r")(?!\d|\.\d)(?:,(?P<tail>\d{1,9}+)(?!\d|,\d))?"
    r"|(?P<commas>\d{1,3}"
    + atomic("foreign_thousands", r"(?:,\d{3}){2,6}")
    + r")(?!\d|[,.]\d)(?:\.(?P<point_tail>\d{1,2}+)(?!\d))?"
    r"|(?P<decimal>\d{1,15}+,\d{1,15}+)(?!\d|[,.]\d)"
    r"|(?P<version>\d{1,4}+" + atomic("parts", r"(?:\.\d{1,3}){2,4}") + r")(?!\d|[,.]\d)"
    r"|(?P<dotted>\d{1,6}+\.\d{1,3}+)(?!\d|[,.]\d)"
    r"|(?P<plain>\d{1,40}+)"
)
_PLAIN = re.compile(r"\d{1,40}+")
_IDENTIFIER_DIGITS = 10
"""An unbroken run this long is a telephone or a code, not an amount anybody counts."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number found at a place: where it ends, its words, and its value when whole."""

    end: int
    spoken: str
    whole: int | None
    """None for decimals and for codes said digit by digit."""
    written: str
    is_code: bool = False
    is_dotted: bool = False
    """2.5: a version, a heading or an English decimal; the words around it decide."""


def find_numeral(text: str, position: int, style: ReadingStyle) -> Numeral | None:
    """The numeral that begins at `position`, or None when no digit stands there."""
    in_list = position > 1 and text[position - 1] == "," and text[position - 2].isdigit()
    match = (_PLAIN if in_list else _NUMERAL).match(text, position)
    if match is None:
        return None
    if in_list:
        return _plain(match.end(), match.group(), style)
    end, written = match.end(), match.group()
    if match["grouped"]:
        return _grouped(end, written, match["grouped"].replace(".", ""), match["tail"], style)
    if match["commas"]:
        digits = match["commas"].replace(",", "")
        return _grouped(end, written, digits, match["point_tail"], style)
    if match["decimal"]:
        whole, fraction = match["decimal"].split(",")
        return Numeral(end, say_decimal(whole, fraction, style), None, written)
    if match["version"]:
        spoken = " chấm ".join(say_plain(part, style) for part in written.split("."))
        return Numeral(end, spoken, None, written)
    if match["dotted"]:
        whole, fraction = match["dotted"].split(".")
        spoken = f"{say_plain(whole, style)} chấm {_say_after_dot(fraction, style)}"
        return Numeral(end, spoken, None, written, is_dotted=True)
    return _plain(end, written, style)


def say_plain(digits: str, style: ReadingStyle) -> str:
    """An unbroken run of digits: 05 is "năm", 007 and long codes go digit by digit."""
    numeral = _plain(len(digits), digits, style)
    return numeral.spoken


def _say_after_dot(fraction: str, style: ReadingStyle) -> str:
    return say_digits(fraction) if fraction.startswith("0") else say_plain(fraction, style)


def say_as_decimal(dotted: str, style: ReadingStyle) -> str:
    """2.5 before a unit is an English decimal."""
    whole, fraction = dotted.split(".")
    return say_decimal(whole, fraction, style)


def _grouped(end: int, written: str, digits: str, tail: str | None, style: ReadingStyle) -> Numeral:
    value = int(digits)
    if digits.startswith("0") or value > LARGEST_SPOKEN:
        return Numeral(end, say_digits(written), None, written, is_code=True)
    if tail:
        return Numeral(end, say_decimal(digits, tail, style), None, written)
    return Numeral(end, say_cardinal(value, style), value, written)


def _plain(end: int, digits: str, style: ReadingStyle) -> Numeral:
    code = (digits.startswith("0") and len(digits) > 2) or len(digits) >= _IDENTIFIER_DIGITS
    if code:
        spoken = say_digits(digits)
        return Numeral(end, spoken, None, digits, is_code=True)
    return Numeral(end, say_cardinal(int(digits), style), int(digits), digits)
