"""List markers at the head of a line, and "./." at the end of a text."""

import re

from audio.reading.atomic import atomic
from audio.reading.document import Document
from audio.reading.model import Match, RuleClass
from audio.reading.numbers import say_cardinal
from audio.reading.rules.roman import roman_value
from audio.reading.style import ListMarkers

PARAGRAPH_MARK = "– "
"""Stands in spoken text for a marker that is not said."""
_CAPITAL_NEXT = r"/(?: (?=[A-ZĐÀ-Ỹ])|(?=[A-ZĐÀ-Ỹ][a-zà-ỹ]{1,7}(?![^\W_])))"
"""“1/ Mục đích” opens a paragraph, "72/KH-UBND" is the number of a paper."""
_TOP = re.compile(
    rf"(?P<number>\d{{1,2}})(?:(?:\.(?!\d)|\)|\.\)) {{0,8}}(?=[^\W\d_]|[“\"(])|{_CAPITAL_NEXT}"
    r"|\. (?=\d{1,4} [^\W\d_]))"
)
_DEEP = re.compile(
    r"\d{1,2}" + atomic("levels", r"(?:\.\d{1,2}){1,4}") + r"[.)]? {1,8}(?=[^\W\d_]|[“\"(])"
)
_ROMAN = re.compile(
    r"(?P<roman>[IVX]{1,6})"
    r"(?:(?:\.|\)| - ) {0,8}(?=[^\W\d_]|[“\"])|/ ?(?=[A-ZĐÀ-Ỹ]))"
)
_LETTER = re.compile(
    r"[a-zđ](?:\)|\.(?= )|/(?= ?[A-ZĐÀ-Ỹ])) {0,8}(?=[^\W_]|[“\"(])"
    r"|[A-EĐ](?:\)|\.(?= )) {0,8}(?=[^\W\d_]|[“\"(])"
)
_NUMBER_BRACKET = re.compile(r"\((?:\d{1,2}|[a-zđ]|[ivx]{1,4})\) {0,8}(?=[^\W_])")
_BULLET = re.compile(
    r"\*\) {0,8}(?=\S)|[-–+*•●○■□▪◦◆➢✓✔→\uf0b7\uf02d][ ]{1,8}+(?=\S)"
    r"|[-+•●○■□▪◦◆➢✓✔*\uf0b7\uf02d](?=[^\W\d_])"
)
_END_MARK = re.compile(r" ?\./\.|\.?/\.(?=\s|$)")
_MEASURED = frozenset({"triệu", "tỷ", "nghìn", "ha", "kg", "km", "m"})
_REASON = "Dấu đầu mục."


def read_marker(document: Document, position: int) -> Match | None:
    """A marker at the begin of a line: said, or dropped with a pause."""
    if not document.starts_line(position):
        return None
    text = document.text
    deep = _DEEP.match(text, position)
    if deep and not _is_amount(document, deep):
        return _dropped(document, position, deep.end())
    top = _TOP.match(text, position)
    if top:
        spoken = _say_top(document, int(top["number"]))
        return _said(document, position, top.end(), spoken)
    roman = _ROMAN.match(text, position)
    if roman:
        part = say_cardinal(roman_value(roman["roman"]), document.style)
        quiet = document.style.list_markers is ListMarkers.PAUSE
        return _said(document, position, roman.end(), "" if quiet else f"Phần {part}")
    for pattern in (_LETTER, _NUMBER_BRACKET, _BULLET):
        match = pattern.match(text, position)
        if match and match.end() > position:
            return _dropped(document, position, match.end())
    return None


def read_end_mark(document: Document, position: int) -> Match | None:
    """“./.” closes a paper and is not read."""
    match = _END_MARK.match(document.text, position)
    if match is None:
        return None
    spoken = "." if position and document.text[position - 1].isalnum() else ""
    return Match(match.end(), spoken, RuleClass.LIST, "Dấu hết văn bản không đọc.")


def _is_amount(document: Document, match: re.Match[str]) -> bool:
    """“2.5 triệu” at the begin of a line is an amount and no heading."""
    following = document.after(match.end(), 1)
    return bool(following) and following[0] in _MEASURED


def _say_top(document: Document, number: int) -> str:
    if document.style.list_markers is ListMarkers.PAUSE or number == 0:
        return ""
    words = say_cardinal(number, document.style)
    if document.style.list_markers is ListMarkers.THU_NHAT:
        return f"Thứ {({1: 'nhất', 4: 'tư'}).get(number, words)}"
    return f"{words.capitalize()} là"


def _said(document: Document, position: int, end: int, spoken: str) -> Match:
    if not spoken:
        return _dropped(document, position, end)
    return Match(end, f"{spoken}, ", RuleClass.LIST, _REASON)


def _dropped(document: Document, position: int, end: int) -> Match:
    """Nothing is said; a dash keeps the pause between this paragraph and the one before."""
    opens_text = not document.text[max(0, position - 200) : position].strip()
    reason = "Dấu đầu mục không đọc, chỉ nghỉ."
    return Match(end, "" if opens_text else PARAGRAPH_MARK, RuleClass.LIST, reason)
