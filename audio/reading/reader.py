"""Reads a text once: goes from left to right and asks, at each place, the rules in their order.

Every rule looks a bounded distance ahead and back, so the work grows with the length of the text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from audio.reading.document import Document, Rule
from audio.reading.model import Match, RuleClass
from audio.reading.rules.abbreviations import flag_unknown, read_abbreviation, read_ambiguous
from audio.reading.rules.addresses import read_brand, read_mail, read_web
from audio.reading.rules.codes import read_code, read_letter, read_plate, read_post, read_road
from audio.reading.rules.dates import read_date, read_day_or_month, read_quarter, read_short_month
from audio.reading.rules.documents import read_document_number, read_number_of_year, read_standard
from audio.reading.rules.furniture import find_furniture
from audio.reading.rules.lists import read_end_mark, read_marker
from audio.reading.rules.ordinals import read_ordinal, read_weekday
from audio.reading.rules.phones import read_phone
from audio.reading.rules.quantities import read_quantity
from audio.reading.rules.roman import read_roman
from audio.reading.rules.slashes import read_fraction, read_scale, read_stroke
from audio.reading.rules.symbols import read_dash, read_sign, read_times
from audio.reading.rules.times import read_time
from audio.reading.rules.units import read_bare_unit

AT_DIGITS: tuple[Rule, ...] = (
    read_marker,
    read_document_number,
    read_number_of_year,
    read_mail,
    read_web,
    read_plate,
    read_date,
    read_time,
    read_scale,
    read_phone,
    read_day_or_month,
    read_ordinal,
    read_fraction,
)
AT_WORDS: tuple[Rule, ...] = (
    read_marker,
    read_weekday,
    read_short_month,
    read_standard,
    read_road,
    read_post,
    read_quarter,
    read_mail,
    read_web,
    read_roman,
    read_abbreviation,
    read_brand,
    read_ambiguous,
    read_code,
    read_letter,
    read_bare_unit,
    flag_unknown,
)
AT_SIGNS: tuple[Rule, ...] = (
    read_marker,
    read_end_mark,
    read_phone,
    read_dash,
    read_stroke,
    read_times,
    read_sign,
)
_TOKEN = re.compile(r"[^\W\d_²³]++|[ \n]++|.", re.DOTALL)
_SIGN_AHEAD = frozenset("-/&+=→⇒×xX*.<>↔÷")
_BODIES = frozenset({"Bộ", "Sở", "Cục", "Vụ", "Phòng", "Ban", "Hội", "Đoàn", "Đảng"})
"""After these an expansion is part of a name: Bộ Nông nghiệp và môi trường."""
_FURNITURE = "Phần thể thức văn bản không đọc."


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the clean text with its reading; None where it is said as written."""

    start: int
    end: int
    match: Match | None


def scan(document: Document, protect: Rule | None) -> list[Piece]:
    """The whole text in pieces, in order. `protect` (the dictionary) is asked first everywhere."""

    def speak(start: int, end: int) -> str:
        return say(document.text, _scan_span(inner, protect, start, end))

    inner = replace(document, speak=speak)
    pieces: list[Piece] = []
    position = 0
    for start, end in find_furniture(document.text):
        pieces.extend(_scan_span(inner, protect, position, start))
        if end > start:
            silence = Match(end, "", RuleClass.FURNITURE, _FURNITURE)
            pieces.append(Piece(start, end, silence))
        position = end
    pieces.extend(_scan_span(inner, protect, position, len(document.text)))
    return pieces


def say(text: str, pieces: Sequence[Piece]) -> str:
    """The spoken words of `pieces`."""
    return "".join(p.match.spoken if p.match else text[p.start : p.end] for p in pieces)


def _scan_span(document: Document, protect: Rule | None, start: int, end: int) -> list[Piece]:
    pieces: list[Piece] = []
    position = plain_from = start
    while position < end:
        match = protect(document, position) if protect else None
        match = match or _match_at(document, position)
        if match is None or match.end > end:
            token = _TOKEN.match(document.text, position)
            position = min(token.end() if token else position + 1, end)
            continue
        if position > plain_from:
            pieces.append(Piece(plain_from, position, None))
        pieces.append(Piece(position, match.end, _in_sentence_case(document, position, match)))
        position = plain_from = match.end
    if position > plain_from:
        pieces.append(Piece(plain_from, position, None))
    return pieces


def _in_sentence_case(document: Document, position: int, match: Match) -> Match:
    """An expansion that opens a sentence begins with a capital."""
    if match.rule is not RuleClass.ABBREVIATION or match.flag:
        return match
    before = document.text[max(0, position - 8) : position].rstrip(' “"(')
    names_body = before.split(" ")[-1].rpartition("\n")[2] in _BODIES
    if not names_body and before and before[-1] not in ".!?" and not before.endswith("\n\n"):
        return match
    return replace(match, spoken=match.spoken[:1].upper() + match.spoken[1:])


def _match_at(document: Document, position: int) -> Match | None:
    text = document.text
    char = text[position]
    if char.isdigit() and char.isascii():
        return _first(AT_DIGITS, document, position) or _read_number_or_code(document, position)
    if char.isalpha():
        inside = position and text[position - 1].isalnum()
        return read_times(document, position) if inside else _read_word(document, position)
    if char == " " and text[position + 1 : position + 2] not in _SIGN_AHEAD:
        return None
    if char == "\n":
        return None
    return _first(AT_SIGNS, document, position)


def _read_word(document: Document, position: int) -> Match | None:
    end = document.word_end(position)
    word = document.text[position:end]
    if (
        word.isalpha()
        and len(word) > 1
        and word.islower()
        and not word.isascii()
        and document.text[end : end + 1] != "/"
    ):
        return None
    return _first(AT_WORDS, document, position)


def _first(rules: tuple[Rule, ...], document: Document, position: int) -> Match | None:
    for rule in rules:
        match = rule(document, position)
        if match is not None:
            return match
    return None


def _read_number_or_code(document: Document, position: int) -> Match | None:
    """A number with its unit; when letters stick to it that are no unit, a code (12A1)."""
    quantity = read_quantity(document, position)
    if quantity is None or not document.text[quantity.end : quantity.end + 1].isalpha():
        return quantity
    if read_times(document, quantity.end):
        return quantity
    code = read_code(document, position)
    return code or replace(quantity, spoken=f"{quantity.spoken} ")
