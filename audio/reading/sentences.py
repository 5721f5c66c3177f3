"""Cuts spoken text into parts a voice can say in one breath, with the pause after each.

Cuts stand at punctuation, then at clause words, and only when nothing else fits between two words
of an over-long clause; never inside a number, a capitalised name or before its title.
"""

import re
from dataclasses import dataclass

from audio.reading.lexicon.prosody import (
    CLAUSE_WORDS,
    NUMBER_WORDS,
    PAUSES_MS,
    TITLE_ABBREVIATIONS,
)

PARAGRAPH_PAUSE_MS = 800
_CLAUSE_PAUSE_MS = 120
_WORD = re.compile(r"\S+")
_BREAK = re.compile(r"\n[ \t]*\n\s*")
_HEADING = re.compile(r"(?m)^(?P<heading>[^\n]{1,60}[^\s.,;:!?…-])[ ]{0,8}\n(?=[ ]{0,8}[A-ZĐÀ-Ỹ“])")
"""A short line without an end mark before a capital is a heading; full lines are wrapped text."""
_ITEM = re.compile(
    r"(?m)\n[ ]{0,8}+(?:[-–] |(?=(?:Một|Hai|Ba|Bốn|Năm|Sáu|Bảy|Tám|Chín|Mười)(?: \w{2,5}){0,2} là,"
    r"|Thứ \w{2,5}, |Phần \w{2,5}(?: \w{2,5}){0,2}, ))"
)
"""A list item, with its dash or in words, begins a sentence whatever stood before."""
_MARKS = "\"'”“’)]»"


@dataclass(frozen=True, slots=True)
class SpeechPart:
    """One request to a voice. `sentence` counts from 0 and is shared by the parts of one."""

    text: str
    pause_after_ms: int
    sentence: int


@dataclass(frozen=True, slots=True)
class _Clause:
    words: list[str]
    pause_ms: int
    ends_sentence: bool


def split_for_speech(spoken: str, *, limit: int = 100) -> tuple[SpeechPart, ...]:
    """Parts of at most `limit` characters that together give the words of `spoken`.

    A single word longer than `limit` is cut by force: a voice refuses it otherwise.
    """
    parts: list[SpeechPart] = []
    sentence = 0
    pending: list[_Clause] = []
    for clause in _clauses(spoken):
        pending.append(clause)
        if clause.ends_sentence:
            parts.extend(_pack(pending, limit, sentence))
            sentence += 1
            pending = []
    parts.extend(_pack(pending, limit, sentence))
    return tuple(parts)


def _clauses(spoken: str) -> list[_Clause]:
    """Runs of words up to the next mark; a blank line ends a sentence of its own."""
    clauses: list[_Clause] = []
    paragraphs = _paragraphs(spoken)
    for number, paragraph in enumerate(paragraphs):
        words = _WORD.findall(paragraph)
        current: list[str] = []
        for index, word in enumerate(words):
            current.append(word)
            following = words[index + 1] if index + 1 < len(words) else ""
            pause = _pause_after(word, following)
            if pause:
                mark = word.rstrip(_MARKS)[-1:]
                clauses.append(_Clause(current, pause, mark in ".!?…"))
                current = []
        last = number == len(paragraphs) - 1
        if current:
            clauses.append(_Clause(current, 0 if last else PARAGRAPH_PAUSE_MS, ends_sentence=True))
        elif clauses:
            final = clauses[-1]
            pause = final.pause_ms if last else max(final.pause_ms, PARAGRAPH_PAUSE_MS)
            clauses[-1] = _Clause(final.words, pause, ends_sentence=True)
    return clauses


def _paragraphs(spoken: str) -> list[str]:
    """Blank lines part, except where a page break tore a sentence: the next word is lower case."""
    paragraphs: list[str] = []
    for piece in _BREAK.split(_ITEM.sub("\n\n", _HEADING.sub(r"\g<heading>\n\n", spoken))):
        text = piece.strip()
        if not text:
            continue
        torn = paragraphs and text[0].islower() and paragraphs[-1][-1] not in ".!?:;"
        if torn:
            paragraphs[-1] += " " + text
        else:
            paragraphs.append(text)
    return paragraphs


def _pause_after(word: str, following: str) -> int:
    mark = word.rstrip(_MARKS)[-1:]
    if mark not in PAUSES_MS:
        return 0
    if mark == "." and (word in TITLE_ABBREVIATIONS or (following and following[0].islower())):
        return 0
    if word in ("-", "–"):
        return PAUSES_MS["-"]
    return PAUSES_MS[mark] if mark != "-" else 0


def _pack(clauses: list[_Clause], limit: int, sentence: int) -> list[SpeechPart]:
    """Whole clauses together while they fit; a clause too long alone is cut at the best places."""
    parts: list[SpeechPart] = []
    text = ""
    pause = 0
    for clause in clauses:
        whole = " ".join(clause.words)
        joined = f"{text} {whole}" if text else whole
        if len(joined) <= limit:
            text, pause = joined, clause.pause_ms
            continue
        if text:
            parts.append(SpeechPart(text, pause, sentence))
        *firsts, text = _cut(clause.words, limit)
        pause = clause.pause_ms
        parts.extend(SpeechPart(first, _CLAUSE_PAUSE_MS, sentence) for first in firsts)
    if text:
        parts.append(SpeechPart(text, pause, sentence))
    return parts


def _cut(words: list[str], limit: int) -> list[str]:
    """A long clause in pieces of at most `limit` characters."""
    pieces: list[str] = []
    start = 0
    while start < len(words):
        end, length = start, -1
        while end < len(words) and length + 1 + len(words[end]) <= limit:
            length += 1 + len(words[end])
            end += 1
        if end == start:
            word = words[start]
            pieces.extend(word[at : at + limit] for at in range(0, len(word), limit))
            start += 1
            continue
        if end < len(words):
            end = _best_cut(words, start, end)
        pieces.append(" ".join(words[start:end]))
        start = end
    return pieces


def _best_cut(words: list[str], start: int, end: int) -> int:
    """The last good place in `(start, end]`: before a clause word, else outside what belongs."""
    earliest = start + max(1, (end - start) // 3)
    for place in range(end, earliest - 1, -1):
        if words[place].lower() in CLAUSE_WORDS and not _belongs(words, place):
            return place
    for place in range(end, start, -1):
        if not _belongs(words, place):
            return place
    return end


def _belongs(words: list[str], place: int) -> bool:
    """True when the words left and right of `place` are one number or one name."""
    left, right = words[place - 1].lower().strip(","), words[place].lower().strip(",.;:")
    if left in NUMBER_WORDS and right in NUMBER_WORDS:
        return True
    if words[place - 1][:1].isupper() and words[place][:1].isupper():
        return True
    return left in ("số", "ngày", "tháng", "năm", "thứ", "khóa", "quý", "phẩy", "phần") or (
        left in NUMBER_WORDS and right in ("tháng", "năm", "phẩy", "phần", "trăm", "đồng", "giờ")
    )
