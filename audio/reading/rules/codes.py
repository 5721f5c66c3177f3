"""Letters with figures, plates and lone letters: 34A-123.45, đội 3B, A4, 4G, H5N1, U23."""

import re

from audio.reading.atomic import atomic
from audio.reading.document import Document, fold
from audio.reading.lexicon import word_set
from audio.reading.model import Match, RuleClass
from audio.reading.numbers import say_cardinal, say_digits
from audio.reading.rules.spelling import say_letters

_PLATE = re.compile(
    r"(?P<area>\d{2}) ?-? ?(?P<series>[A-ZĐ]{1,2}\d?) ?[- ] ?"
    r"(?P<number>\d{3}\.\d{2}|\d{4,5})(?![\d]|[.,]\d)"
)
_PLATE_CUES = frozenset({"biển", "xe", "số", "bks", "soát"})
_CODE = re.compile(
    r"(?=\d{0,12}[A-ZĐa-zđ])"
    + atomic("runs", r"(?:\d{1,12}|[A-ZĐa-zđ]{1,6}){1,8}")
    + r"(?P<point>\.\d{1,4})?(?![^\W_])"
)
_ROAD = re.compile(
    r"(?P<kind>QL|ĐT|TL|ĐH|HL|CT)[. -]?(?P<number>\d{1,3})(?P<letter>[A-Z]?)(?![^\W_])"
)
_POST = re.compile(r"[Kk][Mm] ?(?P<number>\d{1,4})(?![^\W_]|[.,]\d)")
_ROADS = {
    "QL": "quốc lộ",
    "ĐT": "đường tỉnh",
    "TL": "tỉnh lộ",
    "ĐH": "đường huyện",
    "HL": "hương lộ",
    "CT": "cao tốc",
}
_LETTER = re.compile(r"[A-ZĐa-zđ](?![^\W_]|[.']?[^\W\d_])")
_LETTER_NOUNS = word_set(
    "thôn đội nhóm khu lô tổ hạng loại mẫu gan vitamin vi-ta-min min lớp khối dãy tòa nhà bảng án "
    "điểm cúm xóm ấp cụm cổng ô hàng đường tuyến mục phần đáp trạm block cửa vị câu hội"
)
_LETTER_LIST = re.compile(
    r"(?<![^\W_])[A-Za-zĐđ]"
    + atomic("others", r"(?:(?:, ?| và | hoặc )[A-Za-zĐđ](?![^\W_])){0,6}")
    + r"(?:, ?| và | hoặc )$"
)
_LAW_POINT = frozenset({"điểm", "mục", "khoản", "tiết"})


def read_plate(document: Document, position: int) -> Match | None:
    """A number plate: area as a number, letters by name, figures one by one in groups."""
    match = _PLATE.match(document.text, position)
    if match is None or not (
        _PLATE_CUES & set(document.before(position, 3)) or "." in match.group()
    ):
        return None
    spoken = [say_cardinal(int(match["area"]), document.style)]
    series = match["series"]
    spoken.append(say_letters(series.rstrip("0123456789"), document.style))
    if series[-1].isdigit():
        spoken.append(say_digits(series[-1]))
    groups = ", ".join(say_digits(group) for group in match["number"].split("."))
    return Match(match.end(), f"{' '.join(spoken)}, {groups}", RuleClass.LETTER, "Biển số xe.")


def read_road(document: Document, position: int) -> Match | None:
    """QL5, ĐT.391, TL 17."""
    match = _ROAD.match(document.text, position)
    if match is None:
        return None
    kind = _ROADS[match["kind"]]
    if document.before(position, 1) == ["đường"]:
        kind = kind.removeprefix("đường ")
    spoken = f"{kind} {say_cardinal(int(match['number']), document.style)}"
    if match["letter"]:
        spoken += f" {say_letters(match['letter'], document.style)}"
    return Match(match.end(), spoken, RuleClass.ABBREVIATION, "Tên đường bộ viết tắt.")


def read_post(document: Document, position: int) -> Match | None:
    """Km5 on a road, before its figure as on the stone."""
    match = _POST.match(document.text, position)
    if match is None:
        return None
    spoken = f"ki-lô-mét {say_cardinal(int(match['number']), document.style)}"
    return Match(match.end(), spoken, RuleClass.UNIT, "Lý trình trên đường.")


def read_code(document: Document, position: int) -> Match | None:
    """Letters and figures in one word, spelt: letters by name, short figures as numbers."""
    match = _CODE.match(document.text, position)
    if match is None:
        return None
    head, point = match.group().partition(".")[::2]
    if head.isalpha() or head.isdigit():
        return None
    spoken = [
        _say_figures(document, part) if part[0].isdigit() else say_letters(part, document.style)
        for part in re.findall(r"\d+|[^\d]+", head)
    ]
    if point:
        spoken.append(f"chấm {_say_figures(document, point)}")
    letters = sum(char.isalpha() for char in match.group())
    flag = "Mã lạ, tạm đọc từng chữ." if letters > 3 or len(match.group()) > 6 else ""
    return Match(match.end(), " ".join(spoken), RuleClass.LETTER, "Chữ và số đánh vần.", flag)


def _say_figures(document: Document, figures: str) -> str:
    if len(figures) > 2 or figures.startswith("0"):
        return say_digits(figures)
    return say_cardinal(int(figures), document.style)


def _is_law_point(document: Document, position: int, before: str) -> bool:
    return before in _LAW_POINT or (len(before) == 1 and _in_letter_list(document, position))


def _in_letter_list(document: Document, position: int) -> bool:
    """khối A, B, C: the noun stands before the first letter."""
    listed = _LETTER_LIST.search(document.text, max(0, position - 20), position)
    head = document.before(listed.start(), 1) if listed else []
    return bool(head) and (head[0] in _LETTER_NOUNS or head[0] in _LAW_POINT)


def read_letter(document: Document, position: int) -> Match | None:
    """One letter after a noun that is numbered by letters: nhóm B, điểm c khoản 2."""
    match = _LETTER.match(document.text, position)
    if match is None:
        return None
    before = document.before(position, 1)
    letter = match.group()
    if not before or (letter.islower() and not _is_law_point(document, position, before[0])):
        return None
    if before[0] not in _LETTER_NOUNS and not _in_letter_list(document, position):
        return None
    if letter in "Yy":  # "Trạm Y tế": a word of its own far more often than a label
        return None
    spoken = say_letters(letter, document.style)
    if fold(spoken) == fold(letter):
        return None
    return Match(match.end(), spoken, RuleClass.LETTER, "Chữ cái đọc bằng tên.")
