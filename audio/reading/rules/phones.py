"""Telephone and identity numbers, digit by digit in the writer's groups."""

import re
from itertools import pairwise

from audio.reading.atomic import atomic
from audio.reading.document import Document
from audio.reading.lexicon.callers import CALL_CUES, EMERGENCY, IDENTITY_CUES, NOT_CALLED
from audio.reading.model import Match, RuleClass
from audio.reading.numbers import DIGITS, say_digits

_INTERNATIONAL = re.compile(
    r"\(?\+(?P<code>84|\d{1,3})\)?" + atomic("rest", r"(?:[ .-]?\(?\d{1,4}\)?){2,6}") + r"(?!\d)"
)
_DOMESTIC = re.compile(
    r"\(?(?P<area>0\d{1,4})\)?"
    + atomic("rest", r"(?:[ .-]?\d{1,4}){1,5}")
    + r"(?!\d|[.,-]\d|/\d{1,4}(?!\d))"
)
_UNBROKEN = re.compile(r"0\d{8,10}(?!\d|[.,]\d|/\d{1,4}(?!\d))")
_SERVICE = re.compile(
    r"1[89]00(?P<rest>"
    + atomic("grouped", r"(?:[ .-]?\d{2,4}){1,3}")
    + r"|\d{2,6}+)?(?![\d/]|[.,-]\d)"
)
_RUN = re.compile(r"\d{2,24}(?![\d/%]|[.,]\d)")
_CODE_GROUPS = re.compile(r"\d{2,16}(?:[ .-]\d{2,12}){0,5}(?![\d/%]|[.,]\d)")
_CITIZENS_LINE = "1022"
"""Opens a sentence as a line to call; an amount would be written 1.022."""
_TELEPHONE_NEXT = re.compile(r" ?(?:hoặc|và|,|-) ?0\d{2}")
_REASON = "Số điện thoại, mã số đọc từng chữ số."


def read_phone(document: Document, position: int) -> Match | None:
    """A telephone number by its shape, or a short one by the words before it."""
    text = document.text
    identity = _read_identity(document, position)
    if identity:
        return identity
    match = _INTERNATIONAL.match(text, position)
    if match and 8 <= len(_digits(match.group())) <= 15:
        code = " ".join(DIGITS[int(d)] for d in match["code"])
        code = "tám tư" if match["code"] == "84" else code
        return _found(match.end(), f"cộng {code}, {_say_groups(match['rest'])}")
    match = _UNBROKEN.match(text, position)
    if match:
        digits = match.group()
        return _found(match.end(), _say_groups(f"{digits[:4]} {digits[4:7]} {digits[7:]}"))
    match = _DOMESTIC.match(text, position)
    if match and 9 <= len(_digits(match.group())) <= 12:
        return _found(match.end(), _say_groups(match.group()))
    match = _SERVICE.match(text, position)
    if match and match["rest"] and 8 <= len(_digits(match.group())) <= 10:
        return _found(match.end(), _say_groups(_split_service(match.group())))
    return _read_by_cue(document, position)


def _read_identity(document: Document, position: int) -> Match | None:
    match = _CODE_GROUPS.match(document.text, position)
    if match is None or len(_digits(match.group())) < 4:
        return None
    if not _has_cue(_cues_before(document, position)[:4], IDENTITY_CUES):
        return None
    return _found(match.end(), _say_groups(match.group()))


def _cues_before(document: Document, position: int) -> list[str]:
    """The words before, without the numbers of the same list."""
    before = document.before(position, 8)
    while before and (before[0].isdigit() or before[0] in ("và", "hoặc", "là")):
        before = before[1:]
    return before


def _read_by_cue(document: Document, position: int) -> Match | None:
    match = _RUN.match(document.text, position)
    if match is None:
        return None
    before = _cues_before(document, position)
    number = match.group()
    looks_like_year = len(number) == 4 and number[:2] in ("19", "20")
    callable_number = number in EMERGENCY or (len(number) > 3 and not looks_like_year)
    called = _has_cue(before[:4], CALL_CUES) and callable_number
    texted = 3 < len(number) < 6 and {"pháp", "nhắn", "soạn"} & set(before)
    beside = number in EMERGENCY and _TELEPHONE_NEXT.match(document.text, match.end())
    if (
        called
        or texted
        or beside
        or (number == _CITIZENS_LINE and not document.before(position, 1))
        or (number in EMERGENCY and before[:1] == ["số"] and _plain_so(before))
    ):
        following = document.after(match.end(), 1)
        if not (following and following[0] in NOT_CALLED):
            return _found(match.end(), say_digits(number))
    return None


def _plain_so(before: list[str]) -> bool:
    return len(before) < 2 or before[1] in ("gọi", "máy", "đến", "tới", "qua", "vào", "các", "theo")


def _has_cue(before: list[str], cues: frozenset[str]) -> bool:
    """A cue of one or two words ends among the nearest words."""
    pairs = {f"{left} {right}" for right, left in pairwise(before)}
    return bool(cues & (set(before[:2]) | pairs))


def _split_service(written: str) -> str:
    return f"{written[:4]} {written[4:]}" if written.isdigit() else written


def _digits(written: str) -> str:
    return "".join(char for char in written if char.isdigit())


def _say_groups(written: str) -> str:
    return ", ".join(say_digits(group) for group in re.findall(r"\d+", written))


def _found(end: int, spoken: str) -> Match:
    return Match(end, spoken, RuleClass.PHONE, _REASON)
