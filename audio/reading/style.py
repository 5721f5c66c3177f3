"""The choices of a station's voice: regional words of numbers, letter names, list markers."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class ListMarkers(StrEnum):
    """How "1." at the head of a paragraph is said."""

    MOT_LA = "một_là"
    THU_NHAT = "thứ_nhất"
    PAUSE = "nghỉ"


class DocumentNumbers(StrEnum):
    """How "72/KH-UBND" is said: issuer only, every sign named, or the abbreviations spelt out."""

    SHORT = "gọn"
    FULL = "đầy_đủ"
    VERBATIM = "nguyên_văn"


@dataclass(frozen=True, slots=True)
class ReadingStyle:
    """One voice's way with numbers and signs. Dialect touches numbers only, never other words."""

    thousand: Literal["nghìn", "ngàn"] = "nghìn"
    zero_tens: Literal["linh", "lẻ"] = "linh"
    four: Literal["tư", "bốn"] = "tư"
    """Unit four after mươi: hai mươi tư, hai mươi bốn."""
    mung: bool = True
    """Days 1 to 10 are said "mùng bốn"; without it plain "bốn"."""
    quarter_four: Literal["bốn", "tư"] = "bốn"
    letter_names: Literal["bê", "bờ"] = "bê"
    list_markers: ListMarkers = ListMarkers.MOT_LA
    document_numbers: DocumentNumbers = DocumentNumbers.SHORT


NORTH = ReadingStyle()
CENTRAL = ReadingStyle(thousand="ngàn", zero_tens="lẻ")
SOUTH = ReadingStyle(thousand="ngàn", zero_tens="lẻ", four="bốn", mung=False)
