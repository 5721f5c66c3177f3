"""Numbers of official papers: 72/KH-UBND, 30/2020/NĐ-CP, 57-NQ/TW, 72/2025/QH15."""

import re

from audio.reading.document import Document
from audio.reading.lexicon import word_set
from audio.reading.lexicon.abbreviations import ABBREVIATIONS
from audio.reading.lexicon.issuers import (
    DOCUMENT_KINDS,
    ISSUERS,
    NO_POSSESSIVE,
    STANDARD_SERIES,
    STATED_AS,
)
from audio.reading.model import Match, RuleClass
from audio.reading.numbers import say_cardinal
from audio.reading.rules.spelling import say_letters
from audio.reading.style import DocumentNumbers

_PART = r"(?:TTr|CTr|TTg|QyĐ|QĐi|ThU|[A-ZĐƯ]{1,14}(?:&[A-ZĐ]{1,6})?)(?:\d{1,2})?(?![^\W_])"
_NUMBER = re.compile(
    rf"(?P<number>\d{{1,3}}\.\d{{3}}|\d{{1,5}})(?P<suffix>[a-z]?)(?:/(?P<year>(?:19|20)\d\d))?[/-]"
    rf"(?P<symbol>{_PART}(?:[-/]{_PART}){{0,4}})"
)
_STANDARD = re.compile(
    r"(?P<series>TCVN|QCVN|TCXDVN) ?(?P<number>\d{1,5})(?:-\d{1,2})?"
    rf"(?::(?P<year>(?:19|20)\d\d))?(?:/(?P<symbol>{_PART}))?"
)
_NUMBER_OF_YEAR = re.compile(r"(?P<number>\d{1,4})/(?P<year>(?:19|20)\d\d)(?![\d/-])")
_TERM = re.compile(r"(?P<body>QH|UBTVQH)(?P<term>\d{1,2})")
_WINDOW_WORDS = 11
_KIND_WORDS = word_set(
    "hoạch quyết định thị cáo báo dẫn trình văn tư tịch án mời điện luận luật lệnh bản chế phép "
    "phiếu nq qđ ct kh bc tb hd cv nđ tt ttr ctr đơn hđ cđ kl số"
)


def read_document_number(document: Document, position: int) -> Match | None:
    """A paper's number: kind dropped, issuer added unless the next words name it."""
    match = _NUMBER.match(document.text, position)
    if match is None:
        return None
    parts = re.split(r"[-/]", match["symbol"])
    if not any(_is_known(part) for part in parts):
        return None
    if document.style.document_numbers is not DocumentNumbers.SHORT:
        return Match(
            match.end(),
            _say_in_full(document, match),
            RuleClass.DOCUMENT_NUMBER,
            "Số hiệu văn bản đọc đầy đủ từng dấu.",
        )
    spoken = _introduction(document, position, parts) + _say_number(document, match)
    issuers, unknown = _issuers(document, parts)
    if issuers and not _is_stated(document, match.end(), parts):
        spoken += issuers
    if document.text[match.end() : match.end() + 2].strip()[:1] == "n" and document.after(
        match.end(), 1
    ) == ["ngày"]:
        spoken += ","
    flag = f"Chưa biết ký hiệu {', '.join(unknown)} trong số văn bản." if unknown else ""
    reason = "Số hiệu văn bản: bỏ ký hiệu loại, nêu cơ quan nếu câu chưa nêu."
    return Match(match.end(), spoken, RuleClass.DOCUMENT_NUMBER, reason, flag)


def read_number_of_year(document: Document, position: int) -> Match | None:
    """Nghị định 168/2024: the number and the year, without a symbol."""
    match = _NUMBER_OF_YEAR.match(document.text, position)
    if match is None:
        return None
    before = [word for word in document.before(position, 2) if word != "số"]
    if not before or before[0] not in _KIND_WORDS:
        return None
    spoken = _say_number(document, match, suffix="")
    return Match(match.end(), spoken, RuleClass.DOCUMENT_NUMBER, "Số và năm của văn bản.")


def read_standard(document: Document, position: int) -> Match | None:
    """TCVN 7722:2017 and QCVN 06:2022/BXD."""
    match = _STANDARD.match(document.text, position)
    if match is None:
        return None
    spoken = f"{STANDARD_SERIES[match['series']]} số {_say_number(document, match, suffix='')}"
    if match["symbol"] in ISSUERS:
        spoken += f" của {ISSUERS[match['symbol']]}"
    return Match(match.end(), spoken, RuleClass.DOCUMENT_NUMBER, "Số hiệu tiêu chuẩn, quy chuẩn.")


def _is_known(part: str) -> bool:
    return part in ISSUERS or part in DOCUMENT_KINDS or bool(_TERM.fullmatch(part))


def _say_number(document: Document, match: re.Match[str], suffix: str | None = None) -> str:
    spoken = say_cardinal(int(match["number"].replace(".", "")), document.style)
    letter = match["suffix"] if suffix is None else suffix
    if letter:
        spoken += f" {say_letters(letter, document.style)}"
    if match["year"]:
        spoken += f", năm {say_cardinal(int(match['year']), document.style)}"
    return spoken


def _introduction(document: Document, position: int, parts: list[str]) -> str:
    """“kế hoạch số ” when the writer named no kind of paper before the bare number."""
    before = document.before(position, 1)
    if before and (before[0] in _KIND_WORDS or before[0].isdigit()):
        return ""
    kind = DOCUMENT_KINDS.get(parts[0], "")
    return f"{kind} số " if kind else ""


def _issuers(document: Document, parts: list[str]) -> tuple[str, list[str]]:
    """Words to add after the number, and the parts nobody knows."""
    has_kind = parts[0] in DOCUMENT_KINDS and len(parts) > 1
    joint = has_kind and parts[0].endswith(("LT", "LN", "PH"))
    said: list[str] = []
    unknown: list[str] = []
    apposition = False
    for part in parts[1:] if has_kind else parts[:1]:
        term = _TERM.fullmatch(part)
        name = _issuer_name(part)
        if term:
            number = say_cardinal(int(term["term"]), document.style)
            said.append(f"{ISSUERS[term['body']]} khóa {number}")
            apposition = term["body"] in NO_POSSESSIVE
        elif name and (not said or joint or name.startswith("Bộ ")):
            said.append(name)
        elif not name and not said and part not in DOCUMENT_KINDS:
            unknown.append(part)
    if not said:
        return "", unknown
    return (", " if apposition else " của ") + " và ".join(said), unknown


def _issuer_name(part: str) -> str:
    """The body behind a symbol; BCĐPCTT divides into Ban Chỉ đạo and what it directs."""
    if part in ISSUERS:
        return ISSUERS[part]
    for cut in range(len(part) - 2, 1, -1):
        if part[:cut] in ISSUERS and part[cut:] in ABBREVIATIONS:
            return f"{ISSUERS[part[:cut]]} {ABBREVIATIONS[part[cut:]]}"
    return ""


def _is_stated(document: Document, end: int, parts: list[str]) -> bool:
    words = document.after(end, _WINDOW_WORDS)
    if _says_of_soon(words):
        return True
    following = f" {' '.join(words)} "
    for part in parts[1:] or parts:
        names = (*STATED_AS.get(part, ()), ISSUERS.get(part, part).lower())
        if any(f" của {name} " in following for name in names):
            return True
    return False


def _says_of_soon(words: list[str]) -> bool:
    """True when "của …" follows at once or right after the date."""
    if words[:1] == ["của"]:
        return True
    if words[:1] != ["ngày"] or "của" not in words:
        return False
    date_words = words[1 : words.index("của")]
    return all(word.isdigit() or word in ("tháng", "năm", "ngày") for word in date_words)


def _say_in_full(document: Document, match: re.Match[str]) -> str:
    spoken: list[str] = []
    named = document.style.document_numbers is DocumentNumbers.VERBATIM
    for piece in re.findall(r"\d+|[/-]|[^\d/-]+", match.group()):
        if piece == "/":
            spoken.append(", gạch chéo,")
        elif piece == "-":
            spoken.append(", gạch ngang,")
        elif piece.isdigit():
            spoken.append(" " + say_cardinal(int(piece), document.style))
        elif piece in ISSUERS and (piece not in DOCUMENT_KINDS):
            spoken.append(" " + ISSUERS[piece])
        elif piece in DOCUMENT_KINDS and named:
            spoken.append(" " + DOCUMENT_KINDS[piece])
        else:
            spoken.append(" " + say_letters(piece, document.style))
    return "".join(spoken).strip(" ,")
