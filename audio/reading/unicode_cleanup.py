"""Makes one clean text of what people paste: composed letters, plain dashes, joined codes.

Keeps, for every character, where it stood in the written text.
"""

import re
import unicodedata
from dataclasses import dataclass

_DASHES = dict.fromkeys("‐‑‒–—―−﹣－﹘⁃", "-")
_SPACES = dict.fromkeys(
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
    "\u200a\u202f\u205f\u3000\t\v\f",
    " ",
)
_LINE_ENDS = dict.fromkeys("\r\u0085\u2028\u2029", "\n")
_REMOVED = dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\ufe0f\x00", "")
_QUOTES = {"’": "'", "‘": "'", "′": "'", "ʼ": "'", "″": '"', "⁄": "/", "∕": "/"}
_LETTERS = {
    "Ð": "Đ",
    "ð": "đ",
    "№": "số ",
    "㎡": "m²",
    "㎥": "m³",
    "㎞": "km",
    "℃": "°C",
    "º": "°",
    "˚": "°",
    "٪": "%",
    "⩾": "≥",
    "⩽": "≤",
    "µ": "μ",
}
_REPLACED = _DASHES | _SPACES | _LINE_ENDS | _REMOVED | _QUOTES | _LETTERS
_SUPERSCRIPTS = "²³"
_TIGHT_BRACKET = re.compile(r"[a-zà-ỹ]\( ")
_NO_SPACE_BEFORE = ",.;:!?)”"
_SIMPLE = re.compile(r"[\n !-~À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ“”…°²³≥≤±×]*+")
_PART = r"(?:TTr|CTr|TTg|QyĐ|QĐi|[A-ZĐ]{1,12}\d{0,2})(?![a-zà-ỹđ])"
_SPLIT_CODE = re.compile(
    rf"(?<![^\W_])\d{{1,5}}[a-z]?(?:(?: ?/ ?\d{{4}})?(?: ?/[ \n]{{0,2}}{_PART})"
    rf"|[ ]?-[ \n]{{0,2}}{_PART}(?=[ ]?/))"
    rf"(?:[ ]?[-/][ \n]{{0,2}}{_PART}){{0,3}}"
)
"""A number, its symbol and its issuer, perhaps torn apart by spaces and PDF line ends."""


@dataclass(frozen=True, slots=True)
class CleanText:
    """The text the rules see. Character i comes from `written[starts[i]:ends[i]]`."""

    text: str
    starts: list[int]
    ends: list[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` (not empty) stood in the written text."""
        return self.starts[start], self.ends[end - 1]


def clean_up(written: str) -> CleanText:
    """`written` in NFC with plain spaces and dashes, broken document codes joined."""
    chars, starts, ends = _compose(written)
    text = "".join(chars)
    dropped = _superfluous_spaces(text)
    missing = {match.start() + 1 for match in _TIGHT_BRACKET.finditer(text)}
    if not dropped and not missing:
        return CleanText(text, starts, ends)
    kept: list[tuple[str, int]] = []
    for index, char in enumerate(text):
        if index in missing:
            kept.append((" ", index))
        if index not in dropped:
            kept.append((char, index))
    return CleanText(
        "".join(char for char, _ in kept),
        [starts[index] for _, index in kept],
        [ends[index] for _, index in kept],
    )


def _compose(written: str) -> tuple[list[str], list[int], list[int]]:
    """One entry for each character of the clean text; a cluster keeps the span of all its parts."""
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position = 0
    while position < len(written):
        simple_end = _simple_end(written, position)
        if simple_end > position:
            chars.extend(written[position:simple_end])
            starts.extend(range(position, simple_end))
            ends.extend(range(position + 1, simple_end + 1))
            position = simple_end
            continue
        if written.startswith("\r\n", position):
            position += 1  # the line feed behind it says all
            continue
        end = _cluster_end(written, position)
        clean = _clean_cluster(written[position:end])
        chars.extend(clean)
        starts.extend([position] * len(clean))
        ends.extend([end] * len(clean))
        position = end
    return chars, starts, ends


def _simple_end(written: str, position: int) -> int:
    match = _SIMPLE.match(written, position)
    end = match.end() if match else position
    if end < len(written) and end > position and _joins(written[end - 1], written[end]):
        return end - 1
    return end


def _cluster_end(written: str, position: int) -> int:
    end = position + 1
    tail = unicodedata.normalize("NFC", written[position])
    while end < len(written) and _joins(tail[-1], written[end]):
        tail = unicodedata.normalize("NFC", tail[-1] + written[end])
        end += 1
    return end


def _joins(before: str, char: str) -> bool:
    if unicodedata.combining(char):
        return True
    return char > "\u02ff" and unicodedata.normalize("NFC", before + char) != (
        unicodedata.normalize("NFC", before) + unicodedata.normalize("NFC", char)
    )


def _clean_cluster(cluster: str) -> str:
    clean = unicodedata.normalize("NFC", cluster)
    if len(clean) > 1 and clean[0].isalpha():
        return clean
    clean = clean[:1]  # an accent over a digit or a sign says nothing
    if clean in _REPLACED:
        return _REPLACED[clean]
    if clean in _SUPERSCRIPTS:
        return clean
    digit = unicodedata.digit(clean, None)
    if digit is not None:
        return str(digit)
    decomposition = unicodedata.decomposition(clean)
    if decomposition.startswith(("<compat>", "<wide>", "<narrow>", "<circle>", "<fraction>")):
        plain = unicodedata.normalize("NFKC", clean).replace("⁄", "/")
        if decomposition.startswith("<fraction>"):
            return f" {plain}"
        return plain if plain.isascii() and plain.strip() else clean
    return clean


def _superfluous_spaces(text: str) -> set[int]:
    """Spaces inside a document code ("72/KH- ⏎UBND") and before closing punctuation."""
    dropped: set[int] = set()
    for match in _SPLIT_CODE.finditer(text):
        dropped.update(index for index in range(match.start(), match.end()) if text[index] in " \n")
    index = text.find(" ")
    while index != -1:
        after = text[index + 1 : index + 3]
        if (
            after[:1] in _NO_SPACE_BEFORE and after[:1] and not _opens_something(text, index, after)
        ) or (text[index - 1 : index] == "(" and index):
            dropped.add(index)
        index = text.find(" ", index + 1)
    return dropped


def _opens_something(text: str, index: int, after: str) -> bool:
    """A dot before a digit or a letter (".vn"), or a space that begins a line, stays."""
    return after[1:2].isalnum() or text[index - 1 : index] in ("", "\n", " ")
