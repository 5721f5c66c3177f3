"""Signs: ≥ 100 lượt, < 50, ± 5%, &, +, =, §, and the dash between numbers or abbreviations."""

import re

from audio.reading.document import Document
from audio.reading.lexicon import word_set
from audio.reading.lexicon.nouns import COUNTED_NOUNS
from audio.reading.lexicon.units import MONEY
from audio.reading.model import Match, RuleClass
from audio.reading.numerals import find_numeral

_BOUND = re.compile(r"(?:≥|>=|≤|<=) ?(?=\d)")
_PREFIX = re.compile(r"(?P<sign>[<>≈~±×÷§#+]|\+/-|\$|€) ?(?=[\d-])")
_INFIX = re.compile(r" ?(?P<sign>[&+=→⇒×÷*<>]|->|=>|<->|↔) ?")
_MINUS = re.compile(r"-(?=\d)")
_SPACED_MINUS = re.compile(r" -(?=\d)")
_CHAIN_AFTER = re.compile(r"\d{1,8}-\d")
_CHAIN_BEFORE = re.compile(r"\d-\d{1,8}+$")
_TELEPHONE = re.compile(r"0\d{2}")
_DASH = re.compile(r" ?- ?")
_TIMES = re.compile(r" ?[xX] ?(?=\d)")
_TIMES_APART = re.compile(r" [x×] (?=\d)")
_OVER = re.compile(r"/\d{1,3}(?![\d/])")
_PREFIXES = {
    "<": "dưới",
    ">": "trên",
    "≈": "xấp xỉ",
    "~": "khoảng",
    "±": "cộng trừ",
    "+/-": "cộng trừ",
    "×": "nhân",
    "÷": "chia",
    "§": "mục",
    "#": "số",
    "+": "cộng",
}
_INFIXES = {
    "&": "và",
    "<": "nhỏ hơn",
    ">": "lớn hơn",
    "+": "cộng",
    "=": "bằng",
    "×": "nhân",
    "÷": "chia",
    "*": "nhân",
    "→": "đến",
    "->": "đến",
    "⇒": "suy ra",
    "=>": "suy ra",
    "↔": "và",
    "<->": "và",
}
_SINGLES = {
    "@": " a còng ",
    "%": " phần trăm",
    "°": " độ",
    "‰": " phần nghìn",
    "§": "mục ",
    "≥": "lớn hơn hoặc bằng ",
    "≤": "nhỏ hơn hoặc bằng ",
    "±": "cộng trừ ",
    "≈": "xấp xỉ ",
    "≠": "khác ",
}
_SUPERSCRIPTS = {"²": " bình phương", "³": " lập phương"}
_SILENT = "*_|#~^`•●○■□▪◦◆➢✓✔★☆→¬©®™"
_REASON = "Ký hiệu đọc thành lời."


def read_sign(document: Document, position: int) -> Match | None:
    """The sign at `position` in words, with the amount it belongs to."""
    text = document.text
    bound = _BOUND.match(text, position)
    if bound:
        return _read_bound(document, bound)
    prefix = _PREFIX.match(text, position)
    if prefix and not _follows_number(text, position):
        return _read_prefix(document, prefix)
    infix = _INFIX.match(text, position)
    if infix and infix["sign"] in _INFIXES and _joins(text, position, infix.end()):
        return Match(infix.end(), f" {_INFIXES[infix['sign']]} ", RuleClass.SYMBOL, _REASON)
    return _read_single(text, position)


def read_dash(document: Document, position: int) -> Match | None:
    """“đến” between amounts, "âm" before one, a pause between names and abbreviations."""
    text = document.text
    minus = _MINUS.match(text, position)
    if minus and not text[position - 1 : position].strip(" (\n:="):
        return Match(minus.end(), "âm ", RuleClass.SYMBOL, "Số âm.")
    spaced = _SPACED_MINUS.match(text, position)
    if spaced and position and not text[position - 1].isdigit():
        return Match(spaced.end(), " âm ", RuleClass.SYMBOL, "Số âm.")
    dash = _DASH.match(text, position)
    if dash is None or position == 0 or dash.end() >= len(text):
        return None
    left, right = text[position - 1], text[dash.end()]
    if _is_chain(text, position, dash.end()) or _TELEPHONE.match(text, dash.end()):
        return Match(dash.end(), " - ", RuleClass.SYMBOL, "Gạch giữa các nhóm số là nhịp nghỉ.")
    if right.isdigit() and (left.isdigit() or left in "%°²³" or _ends_amount(document, position)):
        return Match(dash.end(), " đến ", RuleClass.RANGE, "Khoảng từ đến.")
    if right.isdigit() and left.isalpha():
        return Match(dash.end(), " ", RuleClass.SYMBOL, "Gạch nối không đọc.")
    if _is_repeated_head(document, position, dash.end()):
        return Match(dash.end(), " đến ", RuleClass.RANGE, "Khoảng từ đến.")
    if len(dash.group()) < 3 and _between_capitals(text, position, dash.end()):
        return Match(dash.end(), " - ", RuleClass.SYMBOL, "Gạch nối là một nhịp nghỉ.")
    return None


def _between_capitals(text: str, start: int, end: int) -> bool:
    """UBND-HĐND, but not Ô-A."""
    left, right = text[max(0, start - 2) : start], text[end : end + 2]
    return len(left) == len(right) == 2 and (left + right).isupper() and (left + right).isalpha()


def _is_chain(text: str, start: int, end: int) -> bool:
    """16-16-8: three numbers joined by dashes are no range."""
    if end - start > 1 or not text[start - 1].isdigit():
        return False
    before = _CHAIN_BEFORE.search(text, max(0, start - 10), start)
    return bool(_CHAIN_AFTER.match(text, end) or (before and text[end].isdigit()))


def _read_bound(document: Document, bound: re.Match[str]) -> Match:
    """“≥ 100 lượt” is "từ một trăm lượt trở lên": the amount takes its noun along."""
    end = _amount_end(document, bound.end())
    tail = "trở lên" if bound.group()[0] in "≥>" else "trở xuống"
    spoken = f"từ {document.speak(bound.end(), end)} {tail}"
    return Match(end, spoken, RuleClass.SYMBOL, _REASON)


def _amount_end(document: Document, start: int) -> int:
    numeral = find_numeral(document.text, start, document.style)
    end = numeral.end if numeral else start
    over = _OVER.match(document.text, end)
    end = over.end() if over else end
    unit = re.compile(r" ?[%‰°]{0,2}[^\W\d_]{0,8}[²³]?(?:/[^\W_]{1,8}[²³]?)?").match(
        document.text, end
    )
    if unit is None or not unit.group().strip():
        return end
    words = document.after(end, 2)
    two = words[:1] == ["số"] or (words[:1] and words[0] in COUNTED_NOUNS & _TWO_SYLLABLES)
    if len(words) == 2 and two:
        return _second_word_end(document, unit.end())
    return unit.end()


def _second_word_end(document: Document, end: int) -> int:
    start = end
    while start < len(document.text) and not document.text[start].isalnum():
        start += 1
    return document.word_end(start)


_TWO_SYLLABLES = word_set("đại học tiêu chỉ gia doanh cán công đảng giáo nhiệm hội cơ đơn hồ")


def _read_prefix(document: Document, prefix: re.Match[str]) -> Match:
    sign = prefix["sign"]
    if sign in ("$", "€"):
        numeral = find_numeral(document.text, prefix.end(), document.style)
        if numeral:
            spoken = f"{numeral.spoken} {MONEY[sign]}"
            return Match(numeral.end, spoken, RuleClass.MONEY, "Số tiền.")
    word = _PREFIXES.get(sign, "")
    if document.before(prefix.start(), 1) == [word]:
        word = ""
    return Match(prefix.end(), f"{word} " if word else "", RuleClass.SYMBOL, _REASON)


def read_times(document: Document, position: int) -> Match | None:
    """“3 x 4 m”: the letter x between two amounts."""
    times = _TIMES.match(document.text, position)
    if (
        times
        and position
        and (
            document.text[position - 1].isdigit()
            or _ends_amount(document, position)
            or _TIMES_APART.match(document.text, position)
        )
    ):
        return Match(times.end(), " nhân ", RuleClass.SYMBOL, "Dấu nhân.")
    return None


def _read_single(text: str, position: int) -> Match | None:
    char = text[position]
    if char in _SUPERSCRIPTS:
        return Match(position + 1, _SUPERSCRIPTS[char], RuleClass.SYMBOL, _REASON)
    if char in _SINGLES:
        return Match(position + 1, _SINGLES[char], RuleClass.SYMBOL, _REASON)
    if char in _SILENT:
        return Match(position + 1, "", RuleClass.SYMBOL, "Ký hiệu không đọc.")
    return None


def _follows_number(text: str, position: int) -> bool:
    return text[max(0, position - 2) : position].rstrip()[-1:].isdigit()


def _joins(text: str, start: int, end: int) -> bool:
    left, right = text[start - 1 : start], text[end : end + 1]
    signed = text[start:end] == " +" and not left.isdigit()  # “số +84 …”, "tăng +5%"
    return (
        bool(left)
        and not signed
        and (left.isalnum() or left in "%)²³'”\"°")
        and (right.isalnum() or right in '(-“"')
    )


def _ends_amount(document: Document, position: int) -> bool:
    """The word before is a unit that touches its number: 7kg - 8kg."""
    text = document.text
    start = position
    while start and position - start < 6 and (text[start - 1].isalpha() or text[start - 1] in "%°"):
        start -= 1
    return 0 < start < position and text[start - 1].isdigit()


def _is_repeated_head(document: Document, start: int, end: int) -> bool:
    """tháng 3 - tháng 5, thứ 2 - thứ 6: the same head on both sides."""
    after = document.after(end, 2)
    before = document.before(start, 2)
    same = len(after) == 2 and len(before) == 2 and after[0] == before[1]
    return same and (after[0] in _HEADS or (after[0] in _PLACES and after[1].isdigit()))


_HEADS = word_set("tháng thứ quý năm ngày tuổi cấp tuần lớp khóa chương mục điều")
_PLACES = word_set("thôn tổ đội khu xóm")
"""Numbered, they make a span (tổ 1 - tổ 5); named, a pause (thôn Đông - thôn Đoài)."""
