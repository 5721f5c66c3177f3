"""Puts pieces together into a Reading whose spans hold on both sides, and settles it.

A reading is settled when reading its words again changes nothing: what one rule says must not be
taken up by another.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from audio.reading.model import Change, Flag, Reading, RuleClass
from audio.reading.reader import Piece
from audio.reading.unicode_cleanup import CleanText

_CLEANED = "Dấu, khoảng trắng hoặc bảng mã được làm sạch."


@dataclass
class _Assembly:
    """The reading under construction."""

    written: str
    clean: CleanText
    spoken: list[str] = field(default_factory=list)
    length: int = 0
    position: int = 0
    """Everything in `written` before this place is accounted for."""
    changes: list[Change] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)

    def say(self, words: str) -> None:
        self.spoken.append(words)
        self.length += len(words)

    def change(self, start: int, end: int, words: str, rule: RuleClass, reason: str) -> None:
        if self.written[start:end] != words:
            spoken_end = self.length + len(words)
            self.changes.append(
                Change(
                    start,
                    end,
                    self.written[start:end],
                    self.length,
                    spoken_end,
                    words,
                    rule,
                    reason,
                )
            )
        self.say(words)
        self.position = end


def assemble(written: str, clean: CleanText, pieces: Sequence[Piece]) -> Reading:
    """The pieces of the clean text as one reading of the written text."""
    assembly = _Assembly(written, clean)
    for piece in pieces:
        start, end = clean.span(piece.start, piece.end)
        start = max(start, assembly.position)
        if piece.match is None:
            _copy(assembly, piece)
            continue
        if start > assembly.position:
            assembly.change(assembly.position, start, "", RuleClass.UNICODE, _CLEANED)
        match = piece.match
        assembly.change(start, max(start, end), match.spoken, match.rule, match.reason)
        if match.flag:
            assembly.flags.append(Flag(start, end, written[start:end], match.flag))
    if assembly.position < len(written):
        assembly.change(assembly.position, len(written), "", RuleClass.UNICODE, _CLEANED)
    return Reading(
        written, "".join(assembly.spoken), tuple(assembly.changes), tuple(assembly.flags)
    )


def _copy(assembly: _Assembly, piece: Piece) -> None:
    """Say a stretch as written; where clean-up touched it, note the change."""
    clean = assembly.clean
    start, end = clean.span(piece.start, piece.end)
    words = clean.text[piece.start : piece.end]
    if start == assembly.position and assembly.written[start:end] == words:
        assembly.say(words)
        assembly.position = end
        return
    index = piece.start
    while index < piece.end:
        end = clean.ends[index]
        stop = index + 1
        while stop < piece.end and clean.starts[stop] < end:
            stop += 1
        words = clean.text[index:stop]
        begin = assembly.position
        assembly.change(begin, max(begin, end), words, RuleClass.UNICODE, _CLEANED)
        index = stop


def compose(first: Reading, second: Reading) -> Reading:
    """`first`, then `second` of its words, as one reading of the first's written text."""
    if not second.changes:
        return first
    groups = _group(first.changes, second.changes)
    changes: list[Change] = []
    to_written = to_spoken = 0
    for group in groups:
        written_start, spoken_start = group.start + to_written, group.start + to_spoken
        to_written += sum(
            (c.end - c.start) - (c.spoken_end - c.spoken_start) for c in group.earlier
        )
        to_spoken += sum((c.spoken_end - c.spoken_start) - (c.end - c.start) for c in group.later)
        written_end, spoken_end = group.end + to_written, group.end + to_spoken
        cause = (group.earlier or group.later)[0]
        changes.append(
            Change(
                written_start,
                written_end,
                first.written[written_start:written_end],
                spoken_start,
                spoken_end,
                second.spoken[spoken_start:spoken_end],
                cause.rule,
                cause.reason,
            )
        )
    real = tuple(change for change in changes if change.written != change.spoken)
    return Reading(first.written, second.spoken, real, first.flags)


@dataclass
class _Group:
    """Changes of two readings that touch in the text between them."""

    start: int
    end: int
    earlier: list[Change] = field(default_factory=list)
    later: list[Change] = field(default_factory=list)

    def touches(self, start: int, end: int) -> bool:
        empty = start == end or self.start == self.end
        return start < self.end or (empty and start == self.end)


def _group(first: Sequence[Change], second: Sequence[Change]) -> list[_Group]:
    """Changes of both readings joined where they touch, in order."""
    spans = [(c.spoken_start, c.spoken_end, 0, c) for c in first]
    spans += [(c.start, c.end, 1, c) for c in second]
    spans.sort(key=lambda span: span[:3])
    groups: list[_Group] = []
    for start, end, side, change in spans:
        if groups and groups[-1].touches(start, end):
            groups[-1].end = max(groups[-1].end, end)
        else:
            groups.append(_Group(start, end))
        (groups[-1].later if side else groups[-1].earlier).append(change)
    return groups
