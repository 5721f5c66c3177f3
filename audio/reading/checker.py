"""What an operator should look at before a text goes on air. Warnings, never refusals."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from audio.reading.api import read
from audio.reading.dictionary import DictionaryEntry
from audio.reading.lexicon.warnings import (
    BIRTH_WORDS,
    IDENTITY_WORDS,
    PUBLIC_PHONE_WORDS,
    STALE_TERMS,
)
from audio.reading.style import NORTH, ReadingStyle
from audio.reading.timing import count_syllables

LONG_BULLETIN_MINUTES = 10
_DATE = re.compile(
    r"(?<![\d/.-])(?P<day>\d{1,2})(?:[/.-]|\s{1,2}tháng\s{1,2})(?P<month>\d{1,2})"
    r"(?:(?:[/.-]|\s{1,2}năm\s{1,2})(?P<year>\d{4}))?(?![\d/])"
)
_LONG_NUMBER = re.compile(r"(?<![\d.,/-])(?:\d{12}|\d{9})(?![\d,/-])")
_MOBILE = re.compile(r"(?<!\d)(?:0|\+?84[ .-]?)[35789]\d?(?:[ .-]?\d{1,4}){2,4}(?!\d)")
_REMINDS = re.compile(r"căn cứ|theo|thực hiện|ban hành|kể từ|từ ngày|sinh|số", re.IGNORECASE)
_ANNOUNCES = re.compile(
    r"sẽ|mời|họp|"
    r"vào (?:lúc|hồi|ngày)|diễn ra|tổ chức|hạn|trước ngày|đến hết|đăng ký|lịch|tạm ngừng|"
    r"cắt điện|\d ?(?:giờ|h)",
    re.IGNORECASE,
)


class WarningKind(StrEnum):
    """What a warning is about."""

    UNREAD = "unread"
    IDENTITY = "identity_number"
    PHONE = "private_phone"
    BIRTH = "birth_date"
    STALE = "stale_term"
    PAST = "past_date"
    LENGTH = "length"


@dataclass(frozen=True, slots=True)
class TextWarning:
    """One doubt about `written[start:end]`, with a sentence that says what to do."""

    kind: WarningKind
    start: int
    end: int
    written: str
    message: str


def check_text(
    written: str,
    *,
    today: date,
    words_per_minute: int = 165,
    style: ReadingStyle = NORTH,
    dictionary: Sequence[DictionaryEntry] = (),
) -> tuple[TextWarning, ...]:
    """Warnings in the order of the text; the estimated length, if long, comes last."""
    reading = read(written, style=style, dictionary=dictionary)
    warnings = [
        TextWarning(WarningKind.UNREAD, flag.start, flag.end, flag.written, flag.reason)
        for flag in reading.flags
    ]
    warnings.extend(_personal_data(written))
    warnings.extend(_stale_terms(written, today))
    warnings.extend(_past_dates(written, today))
    warnings.sort(key=lambda warning: (warning.start, warning.end))
    minutes = estimate_minutes(reading.spoken, words_per_minute=words_per_minute)
    if minutes >= LONG_BULLETIN_MINUTES:
        message = f"Bài đọc khoảng {minutes:.0f} phút; người nghe khó theo dõi, nên chia nhỏ."
        warnings.append(TextWarning(WarningKind.LENGTH, 0, len(written), "", message))
    return tuple(warnings)


def estimate_minutes(spoken: str, *, words_per_minute: int) -> float:
    """Minutes at a reading speed in syllables ("tiếng") a minute, which editors call words."""
    return count_syllables(spoken) / words_per_minute


def _personal_data(written: str) -> Iterator[TextWarning]:
    for match in _LONG_NUMBER.finditer(written):
        if IDENTITY_WORDS & set(_words_before(written, match.start())):
            yield _warning(
                WarningKind.IDENTITY,
                match,
                "Số giấy tờ cá nhân sẽ bị đọc lên loa. Hãy bỏ hoặc chỉ nêu bốn số cuối.",
            )
    for match in _MOBILE.finditer(written):
        digits = sum(char.isdigit() for char in match.group())
        if digits in (10, 11) and not PUBLIC_PHONE_WORDS & set(
            _words_before(written, match.start())
        ):
            yield _warning(
                WarningKind.PHONE,
                match,
                "Số điện thoại di động của cá nhân? Chỉ đọc khi người đó đồng ý.",
            )
    for match in _DATE.finditer(written):
        before = _words_before(written, match.start())
        if BIRTH_WORDS & set(before[-4:]):
            yield _warning(
                WarningKind.BIRTH,
                match,
                "Ngày sinh của một người. Hãy bỏ, hoặc chỉ nêu năm sinh nếu thật cần.",
            )


def _words_before(written: str, position: int) -> list[str]:
    return re.findall(r"[^\W\d_]+", written[max(0, position - 60) : position].lower())[-8:]


def _stale_terms(written: str, today: date) -> Iterator[TextWarning]:
    for term in STALE_TERMS:
        if today >= term.since:
            for match in term.pattern.finditer(written):
                yield _warning(WarningKind.STALE, match, term.advice)


def _past_dates(written: str, today: date) -> Iterator[TextWarning]:
    """A day gone by in a sentence that announces something; references to papers are left alone."""
    for match in _DATE.finditer(written):
        before = written[max(0, match.start() - 70) : match.start()]
        sentence = re.split(r"[.;\n]\s", before)[-1] + written[match.end() : match.end() + 40]
        if not _ANNOUNCES.search(sentence) or _REMINDS.search(before[-28:]):
            continue
        day = _as_date(match, today)
        if day and day < today:
            yield _warning(
                WarningKind.PAST, match, f"Ngày {day:%d/%m/%Y} đã qua. Hãy kiểm tra lại thông báo."
            )


def _as_date(match: re.Match[str], today: date) -> date | None:
    """A day without a year is the one nearest to today."""
    try:
        day = date(int(match["year"] or today.year), int(match["month"]), int(match["day"]))
    except ValueError:
        return None
    if match["year"] is None and today - day > timedelta(days=180):
        return None
    return day


def _warning(kind: WarningKind, match: re.Match[str], message: str) -> TextWarning:
    return TextWarning(kind, match.start(), match.end(), match.group(), message)
