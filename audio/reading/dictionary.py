"""The station's own words: what is written so is said so, whatever the rules think."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from audio.reading.document import Document, Rule
from audio.reading.model import Match, RuleClass


@dataclass(frozen=True, slots=True)
class DictionaryEntry:
    """`written` as a whole word or phrase is said `spoken`.

    An entry of the station wins over a shared one, a longer over a shorter one.
    """

    written: str
    spoken: str
    scope: Literal["station", "shared"] = "station"
    case_sensitive: bool = True


def dictionary_rule(entries: Sequence[DictionaryEntry]) -> Rule | None:
    """A rule that knows `entries`, None without any.

    Looks up by the first character, so that many entries cost little.
    """
    if not entries:
        return None
    by_first: dict[str, list[DictionaryEntry]] = {}
    ordered = sorted(entries, key=lambda entry: (-len(entry.written), entry.scope == "shared"))
    for entry in ordered:
        if entry.written.strip():
            by_first.setdefault(entry.written[0].lower(), []).append(entry)

    def read_entry(document: Document, position: int) -> Match | None:
        text = document.text
        if position and text[position - 1].isalnum() and text[position].isalnum():
            return None
        for entry in by_first.get(text[position].lower(), ()):
            end = position + len(entry.written)
            found = text[position:end]
            same = found == entry.written or (
                not entry.case_sensitive and found.lower() == entry.written.lower()
            )
            if same and not (found[-1].isalnum() and text[end : end + 1].isalnum()):
                where = "của đài" if entry.scope == "station" else "dùng chung"
                reason = f"Từ điển {where}."
                return Match(end, entry.spoken, RuleClass.DICTIONARY, reason)
        return None

    return read_entry
