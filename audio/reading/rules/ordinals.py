"""Ordinals and weekdays: thứ 1, thứ 4, thứ 2 - thứ 6, T2, T4, CN."""

import re

from audio.reading.atomic import atomic
from audio.reading.document import Document
from audio.reading.model import Match, RuleClass
from audio.reading.numbers import say_cardinal
from audio.reading.style import ReadingStyle

_NUMBER = re.compile(r"\d{1,3}(?![\d/]|[.,]\d)")
_SPAN = re.compile(r"(?P<first>\d) ?- ?(?P<last>\d)(?![\d/]|[.,]\d)")
_PRIZES = {"1": "nhất", "2": "nhì", "4": "tư"}
"""giải nhất, giải nhì, giải ba, giải tư; from the fifth on the number itself."""
_WON = frozenset({"xếp", "đạt", "đứng", "giành", "về"})
_CHAIN = re.compile(atomic("chain", r"(?:\d{1,3}|[ ,;]|và|hoặc|-){1,20}") + "$")
_WEEKDAY = re.compile(r"T\.? ?(?P<day>[2-7])(?! ?[/\d]|[^\W_])")
_WEEKDAY_SPAN = re.compile(r" ?- ?(?=(?:T\.? ?[2-7]|CN)(?! ?/|[^\W_]))")
_SUNDAY = re.compile(r"CN(?![^\W_]|[-&])")
_TIMETABLE = re.compile(
    r"(?<![^\W_])(?:T[2-7] ?[,;&-] ?(?:T[2-7]|CN)|T[2-7](?: và | đến |, ?)(?:T[2-7]|CN)|T7 ?/ ?CN"
    r"|(?:sáng|chiều|tối|hằng tuần|hàng tuần|lịch|thứ|ngày)[ :]{1,2}(?:T[2-7]|CN)(?! ?[/\d])"
    r"|(?:T[2-7]|CN) (?:hằng tuần|hàng tuần|hằng|hàng))"
)


def is_timetable(text: str) -> bool:
    """True when T2 and CN in this text are weekdays, by the company they keep."""
    return _TIMETABLE.search(text) is not None


def say_ordinal(value: int, style: ReadingStyle) -> str:
    """“thứ” 1 is nhất, 4 is tư; the others are their number."""
    return {1: "nhất", 4: "tư"}.get(value) or say_cardinal(value, style)


def read_ordinal(document: Document, position: int) -> Match | None:
    """A number after "thứ", or in a list of them: thứ 2, 4, 6."""
    text = document.text
    match = _NUMBER.match(text, position)
    if match is None:
        return None
    span = _SPAN.match(text, position)
    if span and document.before(position, 1) == ["thứ"]:
        first, last = (say_ordinal(int(span[name]), document.style) for name in ("first", "last"))
        return Match(span.end(), f"{first} đến thứ {last}", RuleClass.ORDINAL, "Từ thứ đến thứ.")
    chain = _CHAIN.search(text, max(0, position - 20), position)
    prize = _find_prize(match.group(), document.before(position, 2))
    if prize:
        return Match(match.end(), prize, RuleClass.ORDINAL, "Hạng giải thưởng.")
    direct = document.before(position, 1) == ["thứ"]
    in_list = chain is not None and document.before(chain.start(), 1) == ["thứ"]
    if direct or (in_list and 2 <= int(match.group()) <= 7):
        spoken = say_ordinal(int(match.group()), document.style)
        return Match(match.end(), spoken, RuleClass.ORDINAL, "Thứ tự hoặc thứ trong tuần.")
    return None


def _find_prize(figure: str, before: list[str]) -> str | None:
    """The word for a prize, or for the first place; a hospital or a licence is "hạng một"."""
    if before[:1] == ["giải"]:
        return _PRIZES.get(figure)
    won = before[:1] == ["hạng"] and (len(before) < 2 or before[1] in _WON)
    return _PRIZES["1"] if won and figure == "1" else None


def read_weekday(document: Document, position: int) -> Match | None:
    """T2 to T7 and CN, in a timetable only."""
    if not document.schedule:
        return None
    match = _WEEKDAY.match(document.text, position)
    spoken = f"thứ {say_ordinal(int(match['day']), document.style)}" if match else "chủ nhật"
    match = match or _SUNDAY.match(document.text, position)
    if match is None:
        return None
    span = _WEEKDAY_SPAN.match(document.text, match.end())
    end = span.end() if span else match.end()
    tail = " đến " if span else ""
    return Match(end, spoken + tail, RuleClass.ORDINAL, "Thứ trong tuần trong lịch phát.")
