"""The paper around the text: motto, header, "Nơi nhận", signature, page numbers, table rules.

Works on whole lines, before any other rule. A single line is content unless it can be nothing
but furniture.
"""

import re
from dataclasses import dataclass

_MOTTO = re.compile(
    r"cộng h(?:òa|oà) xã hội chủ nghĩa việt nam|độc lập {0,2}-? {0,2}tự do {0,2}-? {0,2}hạnh phúc"
)
_PAGE = re.compile(r"(?:trang|page) ?(?:số )?\d{1,3}(?: ?/ ?\d{1,3})?\.?|- ?\d{1,3} ?-")
_LONE_PAGE = re.compile(r"\d{1,3}")
_RULES = re.compile(r"[-–—_=*+|.~·•:\s]{3,}+|[|\s]+")
_RECIPIENTS = re.compile(r"nơi nhận ?:?(?:.{0,200})?")
_SIGNED = re.compile(
    r"\((?:đã ký|ký tên|ký, đóng dấu|ký tên, đóng dấu|đã ký và đóng dấu)[^)]{0,40}\)"
)
_FOR = re.compile(r"(?:tm|kt|tl|tuq|q|t/m)\.? {0,2}[^\W\d_].{0,80}")
_OFFICE = re.compile(
    r"(?:phó |quyền )?(?:chủ tịch|bí thư|giám đốc|trưởng ban|trưởng phòng|chánh văn phòng|"
    r"hiệu trưởng|trưởng thôn|tổ trưởng|trưởng công an|chỉ huy trưởng|người lập biểu|bộ trưởng|"
    r"thứ trưởng|thủ trưởng đơn vị)(?: ubnd| ủy ban nhân dân)?(?: xã| phường)?"
)
_NUMBER_LINE = re.compile(r"số ?: ?.{0,40}")
_PLACE_DATE = re.compile(r"[^\d,:]{2,40}, ngày (?:\d{1,2}|[. ]{1,12}) ?tháng.{1,30}")
_BODY = re.compile(
    r"(?:ủy ban nhân dân|uỷ ban nhân dân|ubnd|hđnd|hội đồng nhân dân|đảng ủy|"
    r"đảng bộ|ban chỉ đạo|ban chỉ huy|mttq|ủy ban mttq)(?: .{0,40})?"
)
_NAME = re.compile(r"(?:[A-ZÀ-ỸĐ][a-zà-ỹđ]{1,8}(?: |$)){2,5}|(?:[A-ZÀ-ỸĐ]{2,8}(?: |$)){2,5}")
_SMALLEST_PAPER = 4
"""Lines below which a text is a note, whose every line is meant to be heard."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the clean text, with its place."""

    start: int
    end: int
    text: str

    @property
    def plain(self) -> str:
        return " ".join(self.text.lower().replace("uỷ", "ủy").split())


def find_furniture(text: str) -> list[tuple[int, int]]:
    """Spans of lines that are never read, in order, without their line ends."""
    lines = _split(text)
    full = [index for index, line in enumerate(lines) if line.plain]
    is_paper = len(full) >= _SMALLEST_PAPER
    silent = {index for index in full if _is_furniture(lines, index, is_paper=is_paper)}
    if is_paper:
        silent |= _headers(lines, full) | _closings(lines, full)
    else:
        silent |= _recipients(lines, full)
    return [(lines[index].start, lines[index].end) for index in sorted(silent)]


def _split(text: str) -> list[Line]:
    lines: list[Line] = []
    start = 0
    for part in text.split("\n"):
        lines.append(Line(start, start + len(part), part))
        start += len(part) + 1
    return lines


def _is_furniture(lines: list[Line], index: int, *, is_paper: bool) -> bool:
    plain = lines[index].plain
    if len(plain) > 160:
        return False
    if _MOTTO.search(plain) and len(plain) < 110:
        return True
    if _PAGE.fullmatch(plain) or _RULES.fullmatch(plain) or _SIGNED.fullmatch(plain):
        return True
    return is_paper and bool(_LONE_PAGE.fullmatch(plain)) and _stands_apart(lines, index)


def _stands_apart(lines: list[Line], index: int) -> bool:
    """An empty line, or the end of the text, on both sides: a page number in pasted PDF text."""
    above = index == 0 or not lines[index - 1].plain
    below = index + 1 == len(lines) or not lines[index + 1].plain
    return above and below


def _headers(lines: list[Line], full: list[int]) -> set[int]:
    """Short lines around the motto: the body, its number, place and date."""
    silent: set[int] = set()
    for place, index in enumerate(full):
        if not _MOTTO.search(lines[index].plain):
            continue
        for near in full[max(0, place - 4) : place + 6]:
            plain = lines[near].plain
            if (
                _NUMBER_LINE.fullmatch(plain)
                or _PLACE_DATE.fullmatch(plain)
                or (len(plain) < 45 and near != index and _is_body(lines, full, near))
            ):
                silent.add(near)
    return silent


def _is_body(lines: list[Line], full: list[int], index: int) -> bool:
    """A line that names the issuing body, or the second line of its name."""
    if _BODY.fullmatch(lines[index].plain):
        return True
    place = full.index(index)
    previous = lines[full[place - 1]] if place else None
    return bool(
        previous
        and _BODY.fullmatch(previous.plain)
        and lines[index].text.isupper()
        and lines[index].plain.startswith(("xã", "phường", "thị trấn", "huyện", "tỉnh", "đặc khu"))
    )


def _closings(lines: list[Line], full: list[int]) -> set[int]:
    """From "Nơi nhận" or the signature's first line to the signer's name."""
    silent: set[int] = set()
    place = 0
    while place < len(full):
        plain = lines[full[place]].plain
        recipients = bool(_RECIPIENTS.fullmatch(plain))
        if recipients or (place >= 2 and _is_signature(lines[full[place]])):
            end = _closing_end(lines, full, place)
            last = full[end - 1]
            if last + 1 == len(lines) or end == len(full) or not lines[last + 1].plain:
                silent.update(full[place:end])
            place = end
        else:
            place += 1
    return silent


def _recipients(lines: list[Line], full: list[int]) -> set[int]:
    """“Nơi nhận” and the list under it, in a note too short to be a paper."""
    silent: set[int] = set()
    listed = False
    for index in full:
        opens = bool(_RECIPIENTS.fullmatch(lines[index].plain))
        listed = opens or (listed and lines[index].plain.startswith(("-", "+")))
        if listed:
            silent.add(index)
    return silent


def _is_signature(line: Line) -> bool:
    if _FOR.fullmatch(line.plain):
        return line.text.strip()[:1].isupper() and line.text.strip()[-1:] not in ".;,:"
    return bool(_OFFICE.fullmatch(line.plain)) and line.text.strip()[-1:] not in ".;,:"


def _closing_end(lines: list[Line], full: list[int], place: int) -> int:
    """Index after the last silent line: recipients, offices, the name."""
    end = place + 1
    while end < len(full) and end - place < 25:
        line = lines[full[end]]
        stripped = line.text.strip()
        recipient = stripped.startswith(("-", "+", "–")) and len(stripped) < 90
        if not (
            recipient
            or _is_signature(line)
            or _SIGNED.fullmatch(line.plain)
            or _NAME.fullmatch(stripped)
        ):
            break
        end += 1
        if (
            _NAME.fullmatch(stripped)
            and not stripped.isupper()
            and not _OFFICE.fullmatch(line.plain)
        ):
            break
    return end
