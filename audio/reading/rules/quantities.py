"""Numbers with what they measure: money, units, percent, ranges of them, and plain cardinals."""

import re
from dataclasses import dataclass

from audio.reading.document import Document
from audio.reading.lexicon.units import LONGEST_KEY, MAGNITUDES, MONEY, NEEDS_TOUCH, UNITS
from audio.reading.model import Match, RuleClass
from audio.reading.numbers import LARGEST_SPOKEN, say_cardinal
from audio.reading.numerals import Numeral, find_numeral, say_as_decimal
from audio.reading.rules.times import is_hour_alone
from audio.reading.style import ReadingStyle

_JOINER = re.compile(r" ?(?:-|~|→) ?(?=\d)|\.\.\.(?=\d)")
_YEAR = re.compile(r"(?:1[5-9]|20|21)\d\d")
_SCHOOL_YEAR = frozenset({"học", "khóa"})
_CODE_FLAG = "Dãy số dài không rõ là gì, tạm đọc từng chữ số."


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit found behind a number."""

    end: int
    spoken: str
    rule: RuleClass


def read_quantity(document: Document, position: int) -> Match | None:
    """A number, or a range of two, with the unit behind it when there is one."""
    first = find_numeral(document.text, position, document.style)
    if first is None:
        return None
    joiner = _JOINER.match(document.text, first.end)
    second = find_numeral(document.text, joiner.end(), document.style) if joiner else None
    if second and _is_range(first, second) and not _is_chain(document, position, second.end):
        return _read_range(document, position, first, second)
    return _read_single(document, position, first)


def find_measure(document: Document, position: int) -> Measure | None:
    """The unit that stands at `position`, perhaps after one space."""
    text = document.text
    touching = not text.startswith(" ", position)
    start = position if touching else position + 1
    for length in range(min(LONGEST_KEY, len(text) - start), 0, -1):
        key = text[start : start + length]
        spoken = MONEY.get(key) or UNITS.get(key)
        if spoken is None or (key in NEEDS_TOUCH and not touching):
            continue
        end = start + length
        if key[-1].isalnum() and text[end : end + 1].isalnum():
            continue
        return Measure(end, spoken, _measure_class(key))
    return None


def _measure_class(key: str) -> RuleClass:
    if key in ("%", "‰"):
        return RuleClass.DECIMAL
    return RuleClass.MONEY if key in MONEY else RuleClass.UNIT


def _is_range(first: Numeral, second: Numeral) -> bool:
    return not (first.is_code or second.is_code or second.is_dotted)


def _is_chain(document: Document, position: int, end: int) -> bool:
    """16-16-8 and account numbers are no ranges."""
    text = document.text
    later = text[end : end + 1] == "-" and text[end + 1 : end + 2].isdigit()
    earlier = text[position - 1 : position] == "-" and text[max(0, position - 2)].isdigit()
    return later or (position > 1 and earlier)


def _read_single(document: Document, position: int, numeral: Numeral) -> Match:
    measure = _measure_of(document, position, numeral)
    spoken = _say(document, numeral, measure)
    if measure:
        reason = "Số có đơn vị đi kèm."
        return Match(measure.end, f"{spoken} {measure.spoken}", measure.rule, reason)
    if numeral.is_code and len(numeral.written) > 5:
        return Match(numeral.end, spoken, RuleClass.PHONE, "Dãy số đọc từng chữ số.", _CODE_FLAG)
    decimal = numeral.whole is None and not numeral.is_code
    rule = RuleClass.DECIMAL if decimal else RuleClass.CARDINAL
    return Match(numeral.end, spoken, rule, "Số đọc thành lời.")


def _measure_of(document: Document, position: int, numeral: Numeral) -> Measure | None:
    measure = find_measure(document, numeral.end)
    if measure is None:
        return None
    written = document.text[numeral.end : measure.end]
    if written.strip() in ("g", "G") and is_hour_alone(document, position):
        return Measure(measure.end, "giờ", RuleClass.TIME)
    if written.strip() == "h":
        return Measure(measure.end, "giờ", RuleClass.TIME)
    if written == "p" and len(numeral.written) > 3:
        return None
    if written in ("A", "B", "K", "N") and _is_label(document, position):
        return None
    if written == "T" and not set(document.before(position, 2)) & _WEIGHED:
        return None
    return measure


_WEIGHED = frozenset({"tải", "trọng", "lượng", "nặng", "chở", "xe"})
"""With one of these before it "10T" is a weight and not a code."""


def _is_label(document: Document, position: int) -> bool:
    """“đội 3B”, "thôn 3A", "quốc lộ 1A" are names and not measures."""
    before = document.before(position, 1)
    electric = {"điện", "dòng", "cường", "aptomat", "công", "cầu", "áp"}
    return not (before and before[0] in electric)


def _say(document: Document, numeral: Numeral, measure: Measure | None) -> str:
    following = document.after(numeral.end, 1)
    magnitude = bool(following) and following[0] in (MAGNITUDES | {"lần", "độ", "điểm"})
    if numeral.is_dotted and (measure or magnitude):
        return say_as_decimal(numeral.written, document.style)
    if numeral.is_code and measure and measure.rule is RuleClass.MONEY:
        return _say_amount(numeral, document.style)
    return numeral.spoken


def _say_amount(numeral: Numeral, style: ReadingStyle) -> str:
    """2500000000 before "đồng" is an amount, however long its run of digits."""
    if numeral.written.startswith("0") or not numeral.written.isdecimal():
        return numeral.spoken
    value = int(numeral.written)
    return say_cardinal(value, style) if value <= LARGEST_SPOKEN else numeral.spoken


def _are_neighbours(first: Numeral, second: Numeral) -> bool:
    """Wind of force 2-3 is "cấp hai, cấp ba"; 5-7 is a span."""
    return first.whole is not None and second.whole == first.whole + 1


def _read_range(document: Document, position: int, first: Numeral, second: Numeral) -> Match:
    measure = _measure_of(document, position, second)
    left, right = _say(document, first, measure), _say(document, second, measure)
    end = measure.end if measure else second.end
    tail = f" {measure.spoken}" if measure else ""
    before = document.before(position, 3)
    joiner = " đến "
    if _YEAR.fullmatch(first.written) and _YEAR.fullmatch(second.written):
        joiner = ", " if before[:2] == ["học", "năm"] or "khóa" in before[:1] else " đến "
    elif before[:1] == ["cấp"] and measure is None:
        joiner = ", cấp " if _are_neighbours(first, second) else " đến cấp "
    elif before[:1] in (["lớp"], ["quý"], ["tổ"]) and measure is None:
        joiner = f" đến {before[0]} "
    elif before[:2] in (["số", "tỷ"], ["số", "tỉ"]) or before[:1] in (["thắng"], ["thua"], ["hòa"]):
        joiner = " "
    reason = "Khoảng từ số này đến số kia."
    return Match(end, f"{left}{joiner}{right}{tail}", RuleClass.RANGE, reason)
