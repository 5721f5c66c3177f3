"""Days, months and years: 30/12/2022, 01.7.2025, 01-05/9/2025, 12/2025, ngày 4 tháng 4."""

import re

from audio.reading.atomic import atomic
from audio.reading.document import Document
from audio.reading.lexicon.calendar import (
    ADDS_DAY,
    DATE_CUES,
    FEASTS,
    LUNAR_CUES,
    NAMES_DAY,
    NEAR_DATE_CUES,
    NOT_A_DAY_AFTER,
)
from audio.reading.lexicon.nouns import COUNTED_NOUNS, SHARE_NOUNS
from audio.reading.model import Match, RuleClass
from audio.reading.numbers import say_cardinal
from audio.reading.rules.roman import roman_value

_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?P<month>0?[1-9]|1[0-2])"
_YEAR = r"(?P<year>(?:1[0-9]|20|21)\d\d)"
_END = r"(?![\d/]|[.,-]\d|[^\W\d_])"
_FULL = re.compile(rf"{_DAY} ?(?P<sep>[/.-]) ?{_MONTH} ?(?P=sep) ?{_YEAR}(?![\d/]|[-.,]\d)")
_SHORT_YEAR = re.compile(rf"{_DAY}/{_MONTH}/(?P<year>\d\d){_END}")
_ISO = re.compile(rf"{_YEAR}-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?![\d-])")
_DAY_SPAN = re.compile(
    rf"(?P<first>0?[1-9]|[12]\d|3[01]) ?- ?{_DAY}(?P<sep>[/.]){_MONTH}(?:(?P=sep){_YEAR})?{_END}"
)
_DATE_SPAN = re.compile(
    r"(?P<first>0?[1-9]|[12]\d|3[01])/(?P<first_month>0?[1-9]|1[0-2])"
    rf"(?:/(?P<first_year>(?:19|20)\d\d))? ?- ?{_DAY}/{_MONTH}(?:/{_YEAR})?{_END}"
)
_DAY_MONTH = re.compile(rf"{_DAY}(?P<sep>[/.-]){_MONTH}{_END}")
_MONTH_YEAR = re.compile(rf"{_MONTH} ?[/.-] ?{_YEAR}{_END}")
_SHORT_MONTH = re.compile(rf"T\.? ?{_MONTH}[/-]{_YEAR}{_END}")
_QUARTER = re.compile(rf"Q(?:uý)?\.?(?P<quarter>[1-4]|III?|IV|I)[/-]{_YEAR}{_END}")
_NUMBER = re.compile(r"\d{1,2}(?![\d/]|[.,]\d)")
_MONTH_SPAN = re.compile(rf"(?P<first>0?[1-9]|1[0-2]) ?- ?{_MONTH}(?:/{_YEAR})?{_END}")
_TO_DATE = re.compile(rf" đến (?:ngày )?{_DAY}/{_MONTH}(?:/{_YEAR})?{_END}")
_CHAIN = re.compile(atomic("chain", r"(?:\d{1,2}(?:/\d{1,2})?| |,|và|hoặc|-|đến){1,24}") + "$")
_FIRST_YEAR_ALONE = 1900
"""1/1500 is a scale and no month."""
_MONTHS = (
    "một",
    "hai",
    "ba",
    "tư",
    "năm",
    "sáu",
    "bảy",
    "tám",
    "chín",
    "mười",
    "mười một",
    "mười hai",
)
_REASON = "Ngày tháng đọc thành lời."


def read_date(document: Document, position: int) -> Match | None:
    """Any written date that begins at `position`; a bare a/b needs a cue or to be a feast."""
    text = document.text
    for pattern, say in (
        (_ISO, _say_full),
        (_DATE_SPAN, _say_date_span),
        (_DAY_SPAN, _say_day_span),
        (_MONTH_SPAN, _say_month_span),
        (_FULL, _say_full),
        (_SHORT_YEAR, _say_full),
        (_DAY_MONTH, _say_day_month),
        (_MONTH_YEAR, _say_month_year),
    ):
        match = pattern.match(text, position)
        spoken = say(document, match) if match else None
        if match and spoken:
            return Match(match.end(), spoken, RuleClass.DATE, _REASON)
    return None


def read_day_or_month(document: Document, position: int) -> Match | None:
    """A lone number after "ngày" or "tháng": ngày 5, ngày 2 và 3/9, tháng 4."""
    match = _NUMBER.match(document.text, position)
    if match is None:
        return None
    word = _head_of_list(document, position)
    value = int(match.group())
    following = document.after(match.end(), 1)
    if word == "tháng" and 1 <= value <= 12 and not document.text.startswith("%", match.end()):
        lunar = _is_lunar(document, position, match.end())
        return Match(match.end(), _say_month(value, lunar=lunar), RuleClass.DATE, _REASON)
    if word == "từ" and 1 <= value <= 31 and _TO_DATE.match(document.text, match.end()):
        return Match(match.end(), f"ngày {_say_day(document, value)}", RuleClass.DATE, _REASON)
    if word in NAMES_DAY and 1 <= value <= 31:
        counted = word == "ngày" and (
            (following and following[0] in NOT_A_DAY_AFTER) or _counts_days(document, position)
        )
        if not counted:
            spoken = _say_day(document, value, after_mung=word in ("mùng", "mồng"))
            return Match(match.end(), spoken, RuleClass.DATE, _REASON)
    return None


def read_short_month(document: Document, position: int) -> Match | None:
    """T12/2025 is tháng mười hai năm …"""
    match = _SHORT_MONTH.match(document.text, position)
    if match is None:
        return None
    year = say_cardinal(int(match["year"]), document.style)
    spoken = f"tháng {_say_month(int(match['month']))} năm {year}"
    return Match(match.end(), spoken, RuleClass.DATE, _REASON)


def read_quarter(document: Document, position: int) -> Match | None:
    """Q3/2025 is quý ba năm …"""
    match = _QUARTER.match(document.text, position)
    if match is None:
        return None
    written = match["quarter"]
    number = int(written) if written.isdigit() else roman_value(written)
    quarter = _say_quarter(document, number)
    year = say_cardinal(int(match["year"]), document.style)
    return Match(match.end(), f"quý {quarter} năm {year}", RuleClass.DATE, _REASON)


def _say_quarter(document: Document, quarter: int) -> str:
    style = document.style
    return style.quarter_four if quarter == 4 else say_cardinal(quarter, style)


def _head_of_list(document: Document, position: int) -> str:
    """The word before this number or before the list of numbers it belongs to."""
    text = document.text
    begin = max(0, position - 24)
    chain = _CHAIN.search(text, begin, position)
    start = chain.start() if chain else position
    while start < position and start > 0 and text[start - 1].isalnum():
        start += 1
    before = document.before(min(position, start), 1)
    return before[0] if before else ""


def _counts_days(document: Document, position: int) -> bool:
    """“mỗi ngày 2 …”, “3 ngày 2 đêm”."""
    before = document.before(position, 2)
    if len(before) < 2 or before[0] != "ngày":
        return False
    return before[1] in ("mỗi", "một", "hàng", "hằng") or before[1].isdigit()


def _say_full(document: Document, match: re.Match[str]) -> str:
    year = match["year"]
    number = int(year) if len(year) == 4 else 2000 + int(year)
    spoken = f"{_day_month(document, match)} năm {say_cardinal(number, document.style)}"
    return f"{_ngay(document, match.start(), always=True)}{spoken}"


def _day_month(document: Document, match: re.Match[str]) -> str:
    before = document.before(match.start(), 1)
    lunar = _is_lunar(document, match.start(), match.end())
    day = _say_day(document, int(match["day"]), after_mung=before[:1] in (["mùng"], ["mồng"]))
    return f"{day} tháng {_say_month(int(match['month']), lunar=lunar)}"


def _ngay(document: Document, position: int, *, always: bool) -> str:
    before = document.before(position, 1)
    if before and (before[0] in NAMES_DAY or _head_of_list(document, position) in NAMES_DAY):
        return ""
    return "ngày " if always or (before and before[0] in ADDS_DAY) else ""


def _say_day_month(document: Document, match: re.Match[str]) -> str | None:
    if not _is_date(document, match):
        return None
    return _ngay(document, match.start(), always=False) + _day_month(document, match)


def _is_date(document: Document, match: re.Match[str]) -> bool:
    day, month = int(match["day"]), int(match["month"])
    before = document.before(match.start(), 4)
    head = _head_of_list(document, match.start())
    if head in ("ngày", "mùng", "mồng", "hôm") or before[:1] == ["rằm"]:
        return match["sep"] != "-" or day > month or (day, month) in FEASTS
    if match["sep"] != "/":
        return False
    following = document.after(match.end(), 2)
    if following == ["trở", "lên"]:
        return False
    counted = following and (following[0] in SHARE_NOUNS or following[0] in COUNTED_NOUNS)
    if counted or (following and " ".join(following) in COUNTED_NOUNS):
        return False
    if _is_lunar(document, match.start(), match.end()) or (day, month) in FEASTS:
        return True
    if day == 24 and month == 7:
        return bool(before) and before[0] in ADDS_DAY
    if before and (before[0] in DATE_CUES or _is_clock(before[0]) or head in DATE_CUES):
        return True
    if document.text[match.start() - 1 : match.start()] == "(":
        before = document.before(match.start(), 4, across=True)
    return before[:1] != ["thứ"] and any(word in NEAR_DATE_CUES for word in before)


def _is_clock(word: str) -> bool:
    """“17h 15/11”, "7h30, 15/11"."""
    hour, sign, minute = word.partition("h")
    return bool(sign) and hour.isdigit() and (not minute or minute.isdigit())


def _is_lunar(document: Document, start: int, end: int) -> bool:
    after = " ".join(document.after(end, 4))
    before = document.before(start, 3)
    return after.startswith(LUNAR_CUES) or after.endswith("âm lịch") or "rằm" in before


def _say_date_span(document: Document, match: re.Match[str]) -> str | None:
    style = document.style
    first = (
        f"{_say_day(document, int(match['first']))} tháng {_say_month(int(match['first_month']))}"
    )
    if match["first_year"]:
        first += f" năm {say_cardinal(int(match['first_year']), style)}"
    day = _say_day(document, int(match["day"]))
    last = f"{day} tháng {_say_month(int(match['month']))}"
    if match["year"]:
        last += f" năm {say_cardinal(int(match['year']), style)}"
    return _span(document, match.start(), first, last)


def _say_day_span(document: Document, match: re.Match[str]) -> str | None:
    if int(match["first"]) >= int(match["day"]):
        return None
    last = f"{_say_day(document, int(match['day']))} tháng {_say_month(int(match['month']))}"
    if match["year"]:
        last += f" năm {say_cardinal(int(match['year']), document.style)}"
    return _span(document, match.start(), _say_day(document, int(match["first"])), last)


def _say_month_span(document: Document, match: re.Match[str]) -> str | None:
    """tháng 5-7/2025; months that do not rise or have no "tháng" before them are no span."""
    first, last = int(match["first"]), int(match["month"])
    if document.before(match.start(), 1) != ["tháng"] or first >= last:
        return None
    year = f" năm {say_cardinal(int(match['year']), document.style)}" if match["year"] else ""
    return f"{_say_month(first)} đến tháng {_say_month(last)}{year}"


def _span(document: Document, position: int, first: str, last: str) -> str:
    before = document.before(position, 2)
    if before[:1] == ["ngày"]:
        return f"{first} đến {'ngày ' if before[1:] == ['từ'] else ''}{last}"
    if before[:1] == ["từ"]:
        return f"ngày {first} đến ngày {last}"
    return f"từ ngày {first} đến ngày {last}"


def _say_month_year(document: Document, match: re.Match[str]) -> str | None:
    before = document.before(match.start(), 3)
    month = _say_month(int(match["month"]))
    year = say_cardinal(int(match["year"]), document.style)
    named = before[:1] == ["tháng"] or _head_of_list(document, match.start()) == "tháng"
    if before[:1] == ["quý"]:
        return f"{_say_quarter(document, int(match['month']))} năm {year}"
    if before[:1] == ["lệ"] or int(match["year"]) < _FIRST_YEAR_ALONE:
        return None
    named = named or before[:1] == ["số"]
    return f"{'' if named else 'tháng '}{month} năm {year}"


def _say_day(document: Document, day: int, *, after_mung: bool = False) -> str:
    words = say_cardinal(day, document.style)
    return f"mùng {words}" if document.style.mung and day <= 10 and not after_mung else words


def _say_month(month: int, *, lunar: bool = False) -> str:
    if lunar and month in (1, 12):
        return "giêng" if month == 1 else "chạp"
    return _MONTHS[month - 1]
