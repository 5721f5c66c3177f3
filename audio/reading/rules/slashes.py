"""Strokes: fractions, counts out of a total, prices per something, either-or."""

import re

from audio.reading.atomic import atomic
from audio.reading.document import Document, fold
from audio.reading.lexicon import word_set
from audio.reading.lexicon.nouns import COUNTED_NOUNS, MASS_WORDS, PER_NOUNS, SHARE_NOUNS
from audio.reading.lexicon.units import MONEY, UNITS
from audio.reading.model import Match, RuleClass
from audio.reading.numerals import find_numeral, say_plain
from audio.reading.rules.ordinals import say_ordinal
from audio.reading.rules.quantities import find_measure

_FRACTION = re.compile(
    r"(?P<top>\d{1,3}"
    + atomic("top_thousands", r"(?:\.\d{3}){1,2}")
    + r"|\d{1,8}+) ?/ ?(?P<bottom>\d{1,3}"
    + atomic("bottom_thousands", r"(?:\.\d{3}){1,2}")
    + r"|\d{1,9}+)(?![\d/]|[.,]\d)"
)
_STROKE = re.compile(r" ?/ ?")
_QUARTERS = 4
"""Halves, thirds and quarters are shares even of things one counts."""
_SMALL = 10
_SCALE = re.compile(
    r"(?P<top>\d{1,3}) ?: ?(?P<bottom>\d{1,3}"
    + atomic("bottom_thousands", r"(?:\.\d{3}){1,2}")
    + r"|\d{1,7}+)(?![\d:]|[.,]\d)"
)


def read_fraction(document: Document, position: int) -> Match | None:
    """3/4 số thôn is a share, 15/20 hộ a count out of a total, 24/7 neither."""
    match = _FRACTION.match(document.text, position)
    if match is None:
        return None
    style = document.style
    top, bottom = (_words(document, match[name]) for name in ("top", "bottom"))
    before = document.before(position, 2)
    if before[:2] == ["độ", "mức"]:
        return Match(match.end(), f"{top}, {bottom}", RuleClass.SLASH, "Hai mức kề nhau.")
    if before[:1] == ["thứ"] and match["top"].isdigit():
        top = say_ordinal(int(match["top"]), style)
    share = _is_share(document, match, before)
    joiner = "phần" if share else "trên"
    if share and int(match["bottom"]) == 4 and style.four == "tư":
        bottom = "tư"
    reason = "Phân số." if share else "Số này trên tổng số kia."
    measure = find_measure(document, match.end())
    end, unit = (measure.end, f" {measure.spoken}") if measure else (match.end(), "")
    return Match(end, f"{top} {joiner} {bottom}{unit}", RuleClass.SLASH, reason)


def _words(document: Document, written: str) -> str:
    if "." in written:
        numeral = find_numeral(written, 0, document.style)
        return numeral.spoken if numeral else ""
    return say_plain(written, document.style)


def _is_share(document: Document, match: re.Match[str], before: list[str]) -> bool:
    if "." in match.group():
        return False
    top, bottom = int(match["top"]), int(match["bottom"])
    if before[:1] in (["lệ"], ["số"], ["ngõ"], ["ngách"], ["hẻm"], ["lớp"], ["kiệt"], ["tổ"]):
        return False
    following = document.after(match.end(), 1)
    if following and following[0] in SHARE_NOUNS:
        return bottom <= 100 and top < bottom
    counted = bool(following) and following[0] in COUNTED_NOUNS
    return top < bottom <= _SMALL and (not counted or bottom <= _QUARTERS)


def read_scale(document: Document, position: int) -> Match | None:
    """tỷ lệ 1:500 is one over five hundred."""
    match = _SCALE.match(document.text, position)
    if match is None or not {"tỷ", "tỉ"} & set(document.before(position, 3)):
        return None
    top, bottom = (_words(document, match[name]) for name in ("top", "bottom"))
    return Match(match.end(), f"{top} trên {bottom}", RuleClass.SLASH, "Tỷ lệ.")


def read_stroke(document: Document, position: int) -> Match | None:
    """The stroke itself, between two words or before a unit."""
    text = document.text
    match = _STROKE.match(text, position)
    if match is None or position == 0:
        return None
    end = match.end()
    left = _left_word(text, position)
    right = text[end : document.word_end(end)]
    unit = find_measure(document, end) if end < len(text) and text[end] != " " else None
    if unit and (right not in ("a", "A", "B") or not left):
        joiner = "một" if _is_price(document, left, position) else "trên"
        return Match(unit.end, f" {joiner} {unit.spoken}", RuleClass.SLASH, "Tính trên đơn vị.")
    if not left or not right:
        return None
    per_unit = fold(right) in PER_NOUNS or _ends_in_money(document, left, position)
    if per_unit and right[:1].isalpha() and _is_amount(document, position):
        joiner = "trên" if _is_physical(document, left, right, position) else "một"
        return Match(end, f" {joiner} ", RuleClass.SLASH, "Tính trên đơn vị.")
    if fold(left) == "và" or fold(right) == "hoặc":
        return Match(end, " ", RuleClass.SLASH, "Hai từ đọc liền.")
    if len(left) == 1 and left.isupper() and not right.isalpha():
        return Match(end, " ", RuleClass.SLASH, "Gạch chéo trong mã không đọc.")
    if right.isdigit() and len(right) > _TELEPHONE_DIGITS:
        return Match(end, " hoặc ", RuleClass.SLASH, "Gạch chéo giữa hai số máy.")
    if left.lstrip("0123456789.,") in UNITS and right[:1].isdigit():
        return Match(end, " trên ", RuleClass.SLASH, "Tính trên đơn vị.")
    if left[-1:].isdigit() and right.isupper():
        return Match(end, ", ", RuleClass.SLASH, "Gạch chéo trong ký hiệu.", "Ký hiệu lạ.")
    if right.isdigit() or left[-1:].isdigit():
        return Match(end, " trên ", RuleClass.SLASH, "Gạch chéo.", "Gạch chéo lạ, tạm đọc là trên.")
    return Match(end, " hoặc ", RuleClass.SLASH, "Gạch chéo giữa hai từ là hoặc.")


_TELEPHONE_DIGITS = 8


def _left_word(text: str, position: int) -> str:
    start = position
    while (
        start and position - start < 24 and (text[start - 1].isalnum() or text[start - 1] in "%‰°$")
    ):
        start -= 1
    return text[start:position]


_OVER_NOUNS = word_set("giờ phút giây sào mẫu công lít mét km cây m2 m² m3 m³ ha khối")


def _is_amount(document: Document, position: int) -> bool:
    words = document.before(position, 4)
    return any(word[0].isdigit() or word in _NUMBER_WORDS for word in words)


_NUMBER_WORDS = word_set(
    "không một hai ba bốn năm sáu bảy tám chín mười mươi trăm nghìn ngàn triệu tỷ tỉ lăm mốt tư "
    "đồng vạn"
)


def _is_price(document: Document, left: str, position: int) -> bool:
    before = document.before(position, 4)
    return (
        left.lstrip("0123456789.,") in MONEY
        or fold(left) in ("đồng", "đô", "la", "mỹ")
        or "đồng" in before
    )


def _ends_in_money(document: Document, left: str, position: int) -> bool:
    """Behind a price the slash counts whatever follows: 1.000đ/trang, 85 triệu đồng/lượng."""
    unit = left.lstrip("0123456789.,")
    return unit in MONEY or document.before(position, 1) == ["đồng"]


def _is_physical(document: Document, left: str, right: str, position: int) -> bool:
    """A rate as in physics: lít trên phút, tạ trên sào."""
    unit = left.lstrip("0123456789.,") or left
    if "%" in left or _is_price(document, unit, position):
        return False
    is_mass = unit in UNITS or fold(left) in MASS_WORDS
    return is_mass and fold(right) in _OVER_NOUNS
