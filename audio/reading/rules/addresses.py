"""Web and e-mail addresses, and brand names."""

import re

from audio.reading.atomic import atomic
from audio.reading.document import Document
from audio.reading.lexicon import word_set
from audio.reading.lexicon.brands import BRANDS
from audio.reading.lexicon.domains import LABELS, TOP_LEVEL, WHOLE_DOMAINS
from audio.reading.lexicon.syllables import is_syllable
from audio.reading.model import Match, RuleClass
from audio.reading.numbers import say_digits
from audio.reading.rules.spelling import say_letters

ELSEWHERE = "xem địa chỉ trên bảng tin của xã"
"""Said instead of an address that is too long to follow by ear."""
_POINTERS = word_set("tại vào cập theo ở từ qua web website link xem trang sai")
"""After these the sentence itself already sends the listener there."""
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,62}+)"
_WEB = re.compile(
    r"(?P<scheme>https?://)?" + atomic("host", rf"{_LABEL}(?:\.{_LABEL}){{1,6}}") + r"(?::\d{2,5})?"
    r"(?P<path>/[A-Za-z0-9._~:/?#\[\]@!$&()*+;=%-]{0,300}+)?"
)
_MAIL = re.compile(
    r"(?P<user>[A-Za-z0-9][A-Za-z0-9._+-]{0,63}+)@"
    + atomic("host", rf"{_LABEL}(?:\.{_LABEL}){{1,5}}")
)
_BRAND = re.compile(
    r"[^\W_]{1,20}+" + atomic("tail", r"(?:-[Ff]i|-mail|-[Cc]ode|-CoV-2)?") + r"(?![^\W_])"
)
_COVID = re.compile(r"(?P<name>COVID|Covid|covid)[- ]?19(?!\d)")
_LONG_HOST_LABELS = 4


def read_mail(document: Document, position: int) -> Match | None:
    """An e-mail address: label by label, "a còng" for the sign."""
    match = _MAIL.match(document.text, position)
    if match is None:
        return None
    user, known_user = _say_labels(document, re.split(r"([._+-])", match["user"]))
    host, known_host = _say_labels(document, re.split(r"(\.)", match["host"].lower()))
    flag = "" if known_user and known_host else "Địa chỉ thư lạ, hãy nghe lại cách đọc."
    return Match(
        match.end(), f"{user} a còng {host}", RuleClass.ADDRESS, "Địa chỉ thư điện tử.", flag
    )


def read_web(document: Document, position: int) -> Match | None:
    """A web address: known domains by their words, long addresses left to the notice board."""
    match = _WEB.match(document.text, position)
    if match is None or (match["scheme"] is None and not _is_domain(match["host"])):
        return None
    end = match.end()
    while document.text[end - 1] in ".,;:!?)" and end > match.start() + 1:
        end -= 1
    host = match["host"].lower()
    bare = host.removeprefix("www.")
    path = (match["path"] or "").rstrip(".,;:!?)/")
    if path or bare.count(".") >= _LONG_HOST_LABELS:
        leads = document.before(position, 1)
        pointed = bool(leads) and leads[0] in _POINTERS
        return Match(
            end,
            ELSEWHERE.removeprefix("xem ") if pointed else ELSEWHERE,
            RuleClass.ADDRESS,
            "Địa chỉ dài không đọc trên loa.",
            "Địa chỉ dài: giữ nguyên trên trang tin, không đọc.",
        )
    if bare in WHOLE_DOMAINS:
        return Match(end, WHOLE_DOMAINS[bare], RuleClass.ADDRESS, "Tên miền có cách đọc riêng.")
    spoken, known = _say_labels(document, re.split(r"(\.)", bare))
    flag = "" if known else "Địa chỉ lạ, hãy nghe lại hoặc thêm vào từ điển."
    return Match(end, spoken, RuleClass.ADDRESS, "Địa chỉ trang thông tin.", flag)


def read_brand(document: Document, position: int) -> Match | None:
    """Brand and foreign words of the list, case as written."""
    covid = _COVID.match(document.text, position)
    if covid:
        return Match(covid.end(), "cô-vít mười chín", RuleClass.LETTER, "Tên bệnh.")
    match = _BRAND.match(document.text, position)
    while match is not None:
        spoken = BRANDS.get(match.group())
        if spoken is not None:
            return Match(match.end(), spoken, RuleClass.ADDRESS, "Tên riêng, từ nước ngoài.")
        if "-" not in match.group():
            return None
        stop = position + match.group().index("-")
        match = _BRAND.match(document.text, position, stop)
    return None


def _is_domain(host: str) -> bool:
    labels = host.lower().split(".")
    return labels[-1] in TOP_LEVEL and not all(label.isdigit() for label in labels[:-1])


def _say_labels(document: Document, pieces: list[str]) -> tuple[str, bool]:
    signs = {".": "chấm", "-": "gạch ngang", "_": "gạch dưới", "+": "cộng"}
    spoken: list[str] = []
    known = True
    for piece in pieces:
        if piece in signs:
            spoken.append(signs[piece])
        elif piece:
            words, is_known = _say_label(document, piece)
            spoken.append(words)
            known = known and is_known
    return " ".join(spoken), known


def _say_label(document: Document, label: str) -> tuple[str, bool]:
    """A label as words if it is known or sounds like a syllable, else spelt."""
    lower = label.lower()
    if lower in LABELS:
        return LABELS[lower], True
    parts = re.findall(r"[a-z]+|\d+|[_-]", lower)
    signs = {"-": "gạch ngang", "_": "gạch dưới"}
    words = [_say_part(document, part) if part not in signs else signs[part] for part in parts]
    return " ".join(words), False


def _say_part(document: Document, part: str) -> str:
    if part.isdigit():
        return say_digits(part)
    if part in LABELS:
        return LABELS[part]
    syllables = _split_syllables(part)
    return " ".join(syllables) if syllables else say_letters(part, document.style)


def _split_syllables(word: str) -> list[str]:
    """`word` as known labels and toneless syllables; empty when it does not divide."""
    reach: list[list[str] | None] = [[]] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - _LONGEST_PART), end):
            before = reach[start]
            said = _say_whole(word[start:end]) if before is not None else None
            if before is not None and said:
                reach[end] = [*before, said]
                break
    return reach[-1] or []


_LONGEST_PART = 12


def _say_whole(part: str) -> str | None:
    if len(part) > 2 and part in LABELS:
        return LABELS[part]
    return part if 1 < len(part) < 7 and is_syllable(part) else None
