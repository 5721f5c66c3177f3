"""The spoken text cut for the eye: what was changed and why, and which sentence is where. PURE."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Generic, TypeVar

from audio.reading import Change, Reading, RuleClass

KINDS: dict[RuleClass, str] = {
    RuleClass.DICTIONARY: "dictionary",
    RuleClass.ABBREVIATION: "abbreviation",
    RuleClass.DOCUMENT_NUMBER: "abbreviation",
    RuleClass.LETTER: "abbreviation",
    RuleClass.DATE: "date",
    RuleClass.TIME: "date",
    RuleClass.CARDINAL: "number",
    RuleClass.DECIMAL: "number",
    RuleClass.MONEY: "number",
    RuleClass.UNIT: "number",
    RuleClass.PHONE: "number",
    RuleClass.RANGE: "number",
    RuleClass.ROMAN: "number",
    RuleClass.ORDINAL: "number",
}
"""The families the page has colours for; every other rule is a `sign`."""
UNKNOWN = "unknown"
LEFT_OUT = "left-out"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of spoken text. `kind` is empty where it is said as it is written."""

    text: str
    kind: str = ""
    written: str = ""
    why: str = ""


@dataclass(slots=True)
class Stretch:
    """Pieces that belong to one sentence of the audio; times are None between sentences."""

    starts_ms: int | None = None
    ends_ms: int | None = None
    pieces: list[Piece] = field(default_factory=list)


Paragraph = list[Stretch]
_Span = tuple[int, int, dict[str, object]]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    kind: str
    written: str
    why: str


class _Shelf(Generic[T]):
    """Things that do not overlap, found by a place in the text without looking at all of them."""

    def __init__(self, things: Iterable[tuple[int, int, T]]) -> None:
        self._spans = sorted(things, key=lambda span: span[:2])
        self._starts = [start for start, _end, _thing in self._spans]

    def touching(self, start: int, end: int) -> T | None:
        """The last one that shares a letter with `[start, end)`."""
        index = bisect_left(self._starts, end) - 1
        if index >= 0 and self._spans[index][1] > start:
            return self._spans[index][2]
        return None

    def before(self, place: int) -> T | None:
        """The last one that begins before `place`."""
        index = bisect_left(self._starts, place) - 1
        return self._spans[index][2] if index >= 0 else None


def lay_out(reading: Reading, sentences: Sequence[dict[str, object]] = ()) -> list[Paragraph]:
    """`reading.spoken` by paragraph, its changes marked, cut where `sentences` begin and end.

    :param sentences: `Rendition.sentences`; one that is not found in the text is left out.
    """
    marks = _marks_of(reading)
    spans = _spans_of(reading.spoken, sentences)
    shown = _Shelf((mark.start, mark.end, mark) for mark in marks if mark.end > mark.start)
    said = _Shelf(spans)
    left_out: dict[int, list[_Mark]] = {}
    for mark in marks:
        if mark.end == mark.start:
            left_out.setdefault(mark.start, []).append(mark)
    page: list[Paragraph] = [[]]
    for start, end in pairwise(_cuts(reading.spoken, marks, spans)):
        text = reading.spoken[start:end]
        line = _stretch(page[-1], said.touching(start, start + 1))
        line.pieces.extend(Piece("", m.kind, m.written, m.why) for m in left_out.get(start, ()))
        mark_here = shown.touching(start, start + 1)
        if text.startswith("\n"):
            page.append([])
        elif mark_here is None:
            line.pieces.append(Piece(text))
        else:
            line.pieces.append(Piece(text, mark_here.kind, mark_here.written, mark_here.why))
    at_end = left_out.get(len(reading.spoken), ())
    _stretch(page[-1], None).pieces.extend(Piece("", m.kind, m.written, m.why) for m in at_end)
    return [lines for paragraph in page if (lines := [one for one in paragraph if one.pieces])]


def _cuts(spoken: str, marks: Sequence[_Mark], spans: Sequence[_Span]) -> list[int]:
    cuts = {0, len(spoken)}
    cuts.update(place for mark in marks for place in (mark.start, mark.end))
    cuts.update(place for start, end, _ in spans for place in (start, end))
    cuts.update(place for found in re.finditer("\n+", spoken) for place in found.span())
    return sorted(cuts)


def _stretch(paragraph: Paragraph, sentence: dict[str, object] | None) -> Stretch:
    """The stretch in work when it belongs to the same sentence, else the next one."""
    starts_ms, ends_ms = _ms(sentence, "starts_ms"), _ms(sentence, "ends_ms")
    if not paragraph or (paragraph[-1].starts_ms, paragraph[-1].ends_ms) != (starts_ms, ends_ms):
        paragraph.append(Stretch(starts_ms, ends_ms))
    return paragraph[-1]


def _ms(sentence: dict[str, object] | None, name: str) -> int | None:
    return None if sentence is None else int(str(sentence[name]))


def _marks_of(reading: Reading) -> list[_Mark]:
    """Changes of letters that nobody hears are not shown; a doubt outshines the change under it."""
    flags = _Shelf((flag.start, flag.end, flag) for flag in reading.flags)
    changes = _Shelf((one.start, one.end, one) for one in reading.changes)
    marks = [
        _Mark(
            one.spoken_start,
            one.spoken_end,
            UNKNOWN if flags.touching(one.start, one.end) else _kind_of(one),
            one.written,
            one.reason,
        )
        for one in reading.changes
        if one.rule is not RuleClass.UNICODE and (one.spoken or one.written.strip())
    ]
    for flag in reading.flags:
        if changes.touching(flag.start, flag.end) is None:
            last = changes.before(flag.start)
            start = flag.start + (last.spoken_end - last.end if last else 0)
            end = min(start + flag.end - flag.start, len(reading.spoken))
            marks.append(_Mark(min(start, end), end, UNKNOWN, flag.written, flag.reason))
    return marks


def _kind_of(change: Change) -> str:
    return KINDS.get(change.rule, "sign") if change.spoken else LEFT_OUT


def _spans_of(spoken: str, sentences: Sequence[dict[str, object]]) -> list[_Span]:
    """Where each sentence stands; the audio's text has single spaces, the page's has paragraphs."""
    spans: list[_Span] = []
    cursor = 0
    for sentence in sentences:
        words = str(sentence["text"]).split()
        found = re.compile(r"\s+".join(map(re.escape, words))).search(spoken, cursor)
        if words and found:
            spans.append((found.start(), found.end(), sentence))
            cursor = found.end()
    return spans
