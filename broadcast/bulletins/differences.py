"""What changed between two texts, by paragraph and then by word. PURE."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum


class Fate(StrEnum):
    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Run:
    """Joined, the runs that are not REMOVED give the new text, those not ADDED the old one."""

    fate: Fate
    text: str


_WORD = re.compile(r"\S+\s*|\s+")


def compare(old: str, new: str) -> tuple[Run, ...]:
    """Runs in reading order; of a replaced place the old words come first."""
    runs: list[Run] = []
    for fate, text in _by_paragraph(old, new):
        if runs and runs[-1].fate is fate:
            runs[-1] = Run(fate, runs[-1].text + text)
        elif text:
            runs.append(Run(fate, text))
    return tuple(runs)


def _by_paragraph(old: str, new: str) -> Iterator[tuple[Fate, str]]:
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    for deed, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if deed == "equal":
            yield Fate.KEPT, "".join(before[a:b])
        else:
            yield from _by_word("".join(before[a:b]), "".join(after[c:d]))


def _by_word(old: str, new: str) -> Iterator[tuple[Fate, str]]:
    before, after = _WORD.findall(old), _WORD.findall(new)
    # Common syllables count as junk in long texts: otherwise the work grows with the square.
    for _deed, a, b, c, d in SequenceMatcher(None, before, after).get_opcodes():
        if before[a:b] == after[c:d]:
            yield Fate.KEPT, "".join(before[a:b])
        else:
            yield Fate.REMOVED, "".join(before[a:b])
            yield Fate.ADDED, "".join(after[c:d])
