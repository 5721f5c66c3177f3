"""The clean text with what the rules may ask of it: words before and after a place, bounded."""

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from audio.reading.model import Match
from audio.reading.style import ReadingStyle

_WORD = re.compile(r"[^\W_]+")
_STOP = re.compile(r"[.;!?]\s|[.;!?]$|\n\s*+\n|[()]")
_OLD_TONES = dict(
    zip(
        ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"],
        ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"],
        strict=True,
    )
)


@lru_cache(maxsize=8192)
def fold(word: str) -> str:
    """Lower case with one way of placing tones: hoà is hòa, UỶ is ủy."""
    lower = word.lower()
    pair = lower[-2:]
    if pair in _OLD_TONES and lower[-3:-2] != "q":
        return lower[:-2] + _OLD_TONES[pair]
    return lower


@dataclass(frozen=True)
class Document:
    """One text in the middle of being read. Positions are those of the clean text."""

    text: str
    style: ReadingStyle
    schedule: bool = False
    """True when the text is a timetable, where T2 is Monday and CN is Sunday."""
    speak: Callable[[int, int], str] = field(default=lambda _start, _end: "")
    """How a part of the text reads, for rules that wrap others ("≥ 100 lượt")."""
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def index_words(self) -> None:
        """Note where the words are. Once, before the rules run."""
        for match in _WORD.finditer(self.text):
            self.starts.append(match.start())
            self.ends.append(match.end())

    def before(self, position: int, count: int, *, across: bool = False) -> list[str]:
        """Up to `count` folded words that end at or before `position`, nearest first.

        Stops at the end of the sentence unless `across`.
        """
        index = bisect_left(self.ends, position + 1) - 1
        words: list[str] = []
        right = position
        while index >= 0 and len(words) < count:
            gap = self.text[self.ends[index] : right]
            if len(gap) > 40 or (not across and _STOP.search(gap)):
                break
            words.append(fold(self.text[self.starts[index] : self.ends[index]][:40]))
            right = self.starts[index]
            index -= 1
        return words

    def after(self, position: int, count: int) -> list[str]:
        """Up to `count` folded words that begin at or after `position`, in order."""
        return [fold(word) for word in self.after_as_written(position, count)]

    def after_as_written(self, position: int, count: int) -> list[str]:
        """The same words in their own case."""
        index = bisect_left(self.starts, position)
        words: list[str] = []
        left = position
        while index < len(self.starts) and len(words) < count:
            gap = self.text[left : self.starts[index]]
            if len(gap) > 40 or _STOP.search(gap):
                break
            words.append(self.text[self.starts[index] : self.ends[index]][:40])
            left = self.ends[index]
            index += 1
        return words

    def word_end(self, position: int) -> int:
        """End of the word that begins at `position`."""
        match = _WORD.match(self.text, position)
        return match.end() if match else position

    def starts_line(self, position: int) -> bool:
        """True when only spaces stand between the line's begin and `position`."""
        cut = self.text[max(0, position - 12) : position].rstrip(" ")
        return (cut == "" and position <= 12) or cut.endswith("\n")


Rule = Callable[[Document, int], Match | None]
"""Looks at one place of the text and answers how it is said, or None."""
