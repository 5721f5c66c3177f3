"""Clock times: 7h30, 17g30, 7:30, 5 giờ 30, 7h00-11h30."""

import re

from audio.reading.document import Document
from audio.reading.lexicon.calendar import TIME_CUES
from audio.reading.model import Match, RuleClass
from audio.reading.numbers import say_cardinal

_MINUTE_WORD = r"(?: ?(?:phút|ph|p|')(?![^\W_]))?"
_TIME = re.compile(
    rf"(?P<hour>[01]?\d|2[0-4])(?P<sep> ?h ?| ?H(?=\d)| ?[gG](?=\d\d)| ?: ?(?=\d\d)| giờ ?)"
    rf"(?:(?P<minute>[0-5]\d|(?<=giờ )[1-9](?= phút))(?!\d|[.,]\d|%|/\d){_MINUTE_WORD}"
    r"(?: ?(?P<second>[0-5]?\d) ?(?:giây|s|\"|'')(?![^\W_]))?)?(?![^\W_]|:)"
)
_HOURS = re.compile(r"(?P<hour>[01]?\d|2[0-4]) ?- ?(?=(?:[01]?\d|2[0-4]) ?(?:h|giờ)(?![a-zà-ỹ]))")
_MINUTES = re.compile(r"(?P<minute>\d{1,3})'(?: ?(?P<second>[0-5]?\d)(?:''|\"))?(?![^\W_'])")
_STROKE = re.compile(r"/(?=(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])(?!\d))")
"""“7h/10/9”: behind the hour stands a day."""
_TO = re.compile(r" ?(?:-|->|→) ?(?=\d)")
_REASON = "Giờ phút đọc thành lời."


def read_time(document: Document, position: int) -> Match | None:
    """A time of day, or a span of two joined by "đến"."""
    text = document.text
    match = _TIME.match(text, position)
    if match is None or not _is_time(document, match):
        return _read_hours_span(document, position) or _read_minutes(document, position)
    spoken, end = _say(document, match), match.end()
    joiner = _TO.match(text, end)
    second = _TIME.match(text, joiner.end()) if joiner else None
    if second and _is_time(document, second):
        return Match(
            second.end(), f"{spoken} đến {_say(document, second)}", RuleClass.TIME, _REASON
        )
    stroke = _STROKE.match(text, end)
    if stroke:
        spoken, end = f"{spoken} ngày ", stroke.end()
    return Match(end, spoken, RuleClass.TIME, _REASON)


def _is_time(document: Document, match: re.Match[str]) -> bool:
    sep = match["sep"].strip()
    if sep == ":":
        before = document.before(match.start(), 2)
        return match["minute"] is not None and not {"tỷ", "tỉ"} & set(before)
    if sep == "giờ":
        return match["minute"] is not None
    return sep not in ("g", "G") or match["minute"] is not None


def _say(document: Document, match: re.Match[str]) -> str:
    spoken = f"{say_cardinal(int(match['hour']), document.style)} giờ"
    if match["minute"] and (int(match["minute"]) or match["second"]):
        spoken += f" {say_cardinal(int(match['minute']), document.style)} phút"
    if match["second"]:
        spoken += f" {say_cardinal(int(match['second']), document.style)} giây"
    return spoken


def _read_hours_span(document: Document, position: int) -> Match | None:
    """7-9h: the first hour borrows the sign of the second."""
    match = _HOURS.match(document.text, position)
    if match is None:
        return None
    spoken = f"{say_cardinal(int(match['hour']), document.style)} đến "
    return Match(match.end(), spoken, RuleClass.TIME, _REASON)


def _read_minutes(document: Document, position: int) -> Match | None:
    """15' is fifteen minutes."""
    match = _MINUTES.match(document.text, position)
    if match is None:
        return None
    spoken = f"{say_cardinal(int(match['minute']), document.style)} phút"
    if match["second"]:
        spoken += f" {say_cardinal(int(match['second']), document.style)} giây"
    return Match(match.end(), spoken, RuleClass.TIME, _REASON)


def is_hour_alone(document: Document, position: int) -> bool:
    """True when the words before make "17g" an hour and not seventeen grams."""
    before = document.before(position, 1)
    return bool(before) and before[0] in TIME_CUES
