"""Abbreviations: those with one reading, those the neighbours decide, and unknown capitals."""

import re

from audio.reading.document import Document, fold
from audio.reading.lexicon.abbreviations import ABBREVIATIONS, LONGEST_ABBREVIATION
from audio.reading.lexicon.ambiguous import AMBIGUOUS, ONLY_WITH_DOT, Sense
from audio.reading.lexicon.syllables import is_syllable
from audio.reading.model import Match, RuleClass

_RUN = re.compile(rf"[^\W_](?:[^\W_]|[-&./,()](?=[^\W_.)]|\.)|[.)]){{0,{LONGEST_ABBREVIATION}}}")
_SPACED = re.compile(r"([A-ZĐ]{2,6}) - ([A-ZĐ&]{2,6})(?![^\W_])")
_CAPITALS = re.compile(r"[A-ZĐƯĂÂÊÔƠ]{2,12}(?![^\W_])")
_CAPITAL_WORD = re.compile(r"[^\W\d_²³]{2,20}(?![^\W_])")
_EXPANDED = "Viết tắt thông dụng."
_DECIDED = "Viết tắt nhiều nghĩa, chọn theo từ đứng cạnh."


def read_abbreviation(document: Document, position: int) -> Match | None:
    """The longest abbreviation of the table that stands whole at `position`."""
    run = _RUN.match(document.text, position)
    if run is None:
        return None
    spaced = _SPACED.match(document.text, position)
    joined = "-".join(spaced.groups()) if spaced else ""
    if spaced and joined in ABBREVIATIONS:
        return Match(spaced.end(), ABBREVIATIONS[joined], RuleClass.ABBREVIATION, _EXPANDED)
    written = run.group()
    for length in range(min(len(written), LONGEST_ABBREVIATION), 1, -1):
        spoken = ABBREVIATIONS.get(written[:length])
        end = position + length
        if spoken is None or document.text[end : end + 1].isalnum():
            continue
        if _is_plain_word(document, position, written[:length]):
            continue
        end = _pass_over_dot(document, end)
        return Match(end, spoken, RuleClass.ABBREVIATION, _EXPANDED)
    return None


def read_ambiguous(document: Document, position: int) -> Match | None:
    """CT, TT, HĐ and their like, by the words around; flagged when these do not tell."""
    run = _CAPITALS.match(document.text, position) or _LONE.match(document.text, position)
    word = "".join(run.group().split()) if run else ""
    key = word.rstrip(".")
    if run is None or key not in AMBIGUOUS or (key in ONLY_WITH_DOT and not word.endswith(".")):
        return _read_mixed(document, position)
    end = run.end()
    if _is_plain_word(document, position, key):
        return None
    end = _pass_over_dot(document, end)
    sense = _choose(document, position, end, AMBIGUOUS[key])
    if sense is None:
        return Match(
            end,
            document.text[position:end],
            RuleClass.ABBREVIATION,
            _DECIDED,
            f"“{key}” có nhiều nghĩa, hãy viết đầy đủ.",
        )
    space = " " if document.text[end : end + 1].isalnum() else ""
    return Match(end, sense.spoken + space, RuleClass.ABBREVIATION, _DECIDED)


_LONE = re.compile(r"[PHQT]\.")
_MIXED = re.compile(r"(?:TTr|CTr)(?![^\W_])")


def _read_mixed(document: Document, position: int) -> Match | None:
    run = _MIXED.match(document.text, position)
    if run is None:
        return None
    spoken = AMBIGUOUS[run.group()][0].spoken
    return Match(run.end(), spoken, RuleClass.ABBREVIATION, _EXPANDED)


def flag_unknown(document: Document, position: int) -> Match | None:
    """Capitals that are neither known nor a Vietnamese syllable stay, with a flag."""
    run = _CAPITAL_WORD.match(document.text, position)
    if run is None or not run.group().isupper() or is_syllable(run.group()):
        return None
    reason = f"Chưa biết “{run.group()}” đọc thế nào; hãy thêm vào từ điển."
    return Match(run.end(), run.group(), RuleClass.ABBREVIATION, reason, reason)


def _choose(document: Document, start: int, end: int, senses: tuple[Sense, ...]) -> Sense | None:
    following = _following(document, end)
    before = set(document.before(start, 2))
    for sense in senses:
        if sense.after & following or sense.before & before:
            return sense
        if not sense.after and not sense.before:
            return sense
    return None


def _following(document: Document, end: int) -> set[str]:
    words = document.after_as_written(end, 1)
    if not words or len(document.text[end : end + 4].strip()) == 0:
        return set()
    gap = document.text[end : document.text.find(words[0], end)]
    if gap.strip(" .:\n"):
        return set()
    word = words[0]
    marks = {fold(word)}
    if word[0].isdigit():
        marks |= {"#", "#" * len(word)}
    if word[0].isupper() and not word.isupper():
        marks.add("^")
    return marks


def _pass_over_dot(document: Document, end: int) -> int:
    """“TP. Hải Phòng”, "KT. CHỦ TỊCH": the dot belongs to the abbreviation, not to the sentence."""
    text = document.text
    if text[end : end + 1] != "." or text[end - 1] == ".":
        return end
    following = text[end + 1 : end + 3].lstrip(" ")
    short = end >= 2 and not text[end - 4 : end].isalpha()
    return end + 1 if short and following[:1].isupper() else end


def _is_plain_word(document: Document, position: int, written: str) -> bool:
    """In a line of capitals "TU" or "CHI" is a word like its neighbours."""
    if not is_syllable(written) or not written.isupper():
        return False
    around = [*document.after_as_written(position, 2)[1:], *_word_before(document, position)]
    return any(
        word.isupper() and len(word) > 1 and is_syllable(word) and word not in ABBREVIATIONS
        for word in around
    )


def _word_before(document: Document, position: int) -> list[str]:
    text = document.text[max(0, position - 24) : position].split()
    return text[-1:]
