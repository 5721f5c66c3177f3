"""What a reading is made of: changes with their reasons, and flags for what no rule covers."""

from dataclasses import dataclass
from enum import StrEnum


class RuleClass(StrEnum):
    """The family of a change; the review screen colours by it."""

    DICTIONARY = "dictionary"
    ABBREVIATION = "abbr"
    DOCUMENT_NUMBER = "docno"
    DATE = "date"
    TIME = "time"
    CARDINAL = "card"
    DECIMAL = "dec"
    MONEY = "money"
    UNIT = "unit"
    PHONE = "phone"
    RANGE = "range"
    ROMAN = "roman"
    ORDINAL = "ord"
    ADDRESS = "url"
    SLASH = "slash"
    LIST = "list"
    FURNITURE = "furniture"
    SYMBOL = "sym"
    LETTER = "letter"
    UNICODE = "unicode"


@dataclass(frozen=True, slots=True)
class Change:
    """`written[start:end]` is said as `spoken[spoken_start:spoken_end]`, which may be empty."""

    start: int
    end: int
    written: str
    spoken_start: int
    spoken_end: int
    spoken: str
    rule: RuleClass
    reason: str


@dataclass(frozen=True, slots=True)
class Flag:
    """A place in the written text that no rule covers and a person must look at."""

    start: int
    end: int
    written: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A written text beside its spoken form. Changes are in order and do not overlap."""

    written: str
    spoken: str
    changes: tuple[Change, ...]
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A rule's answer on the cleaned text: `[start, end)` is said as `spoken`.

    `flag` is the reason why a person should look; the words are then a neutral spelling.
    """

    end: int
    spoken: str
    rule: RuleClass
    reason: str
    flag: str = ""
