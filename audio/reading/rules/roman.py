"""Roman numerals, only after a keyword: Chương II, khóa XV, quý I, II và III."""

import re

from audio.reading.atomic import atomic
from audio.reading.document import Document
from audio.reading.lexicon.roman import AMBIGUOUS_LETTERS, ROMAN_KEYWORDS
from audio.reading.model import Match, RuleClass
from audio.reading.numbers import say_cardinal
from audio.reading.rules.ordinals import say_ordinal

_ROMAN = re.compile(
    r"(?P<hundreds>C{0,3})(?P<tens>X[CL]|L?X{0,3})(?P<units>I[XV]|V?I{0,3})"
    r"(?P<suffix>[a-z]?)(?![^\W_])"
)
_YEAR = re.compile(r"[/-](?P<year>(?:19|20)\d\d)(?![\d/])")
_PARAGRAPH = re.compile(r"\.(?=\d)")
_GRADE = re.compile(r"\d-$")
"""“RON 95-III”: a grade behind a number."""
_SPAN = re.compile(r" ?- ?(?=[IVXLC])")
_LIST = re.compile(atomic("listed", r"(?:[IVXLC]{1,8}|\d{1,3}|[ ,;]|và|hoặc|đến|-|/){1,24}") + "$")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def roman_value(numeral: str) -> int:
    """The value of a well-formed Roman numeral below 400."""
    total = 0
    for letter, following in zip(numeral, [*numeral[1:], "I"], strict=True):
        value = _VALUES[letter]
        total += -value if value < _VALUES[following] else value
    return total


def read_roman(document: Document, position: int) -> Match | None:
    """A Roman numeral after its keyword, or in a list that began after one."""
    match = _ROMAN.match(document.text, position)
    written = match.group() if match else ""
    if match is None or not written or not written[0].isupper():
        return None
    numeral = written.rstrip("abcdefghijklmnopqrstuvwxyz")
    keyword = _keyword(document, position)
    if keyword is None or (numeral in AMBIGUOUS_LETTERS and keyword not in ("chương", "thứ")):
        return None
    value = roman_value(numeral)
    spoken = _say(document, value, keyword)
    if match["suffix"]:
        spoken += f" {match['suffix']}"
    end = match.end()
    year = _YEAR.match(document.text, end)
    if year:
        spoken += f" năm {say_cardinal(int(year['year']), document.style)}"
        end = year.end()
    if _PARAGRAPH.match(document.text, end):
        return Match(end + 1, f"{spoken} chấm ", RuleClass.ROMAN, "Số La Mã sau từ khóa.")
    span = _SPAN.match(document.text, end)
    if span and _ROMAN.match(document.text, span.end()):
        spoken, end = f"{spoken} đến ", span.end()
    return Match(end, spoken, RuleClass.ROMAN, "Số La Mã sau từ khóa.")


def _say(document: Document, value: int, keyword: str) -> str:
    if keyword == "thứ":
        return say_ordinal(value, document.style)
    if keyword == "quý" and value == 4:
        return document.style.quarter_four
    return say_cardinal(value, document.style)


def _keyword(document: Document, position: int) -> str | None:
    before = document.before(position, 1)
    if _GRADE.search(document.text, max(0, position - 6), position):
        return "bậc"
    if before and before[0] in ROMAN_KEYWORDS:
        return before[0]
    listed = _LIST.search(document.text, max(0, position - 24), position)
    if listed and listed.start() < position:
        head = document.before(listed.start(), 1)
        if head and head[0] in ROMAN_KEYWORDS:
            return head[0]
    return None
