"""The finished report as one frozen value, before it becomes Word or PDF. PURE.

Parts and their order follow Nghị định 30/2020/NĐ-CP, Phụ lục I; the exporters add the layout and
nothing else. Texts are plain Vietnamese without markup; `wording.tidied` cleans what people type.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Align(StrEnum):
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. Widths are shares: they are stretched to the width of the page's text."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    aligns: tuple[Align, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading without its number (I., 1., a) come by depth, three at most) and what follows."""

    heading: str
    blocks: tuple[Paragraph | Grid, ...] = ()
    children: tuple["Section", ...] = ()


class Authority(StrEnum):
    """In whose name the signer signs, as Phụ lục I, phần II, mục 7 abbreviates it."""

    COLLECTIVE = "TM."
    DEPUTY = "KT."
    BY_ORDER = "TL."
    BY_DELEGATION = "TUQ."
    ACTING = "Q."


@dataclass(frozen=True, slots=True)
class Signature:
    """`position` is the signer's own, `head` the head's ("CHỦ TỊCH") where one signs for them.

    An empty `signer` leaves the space for a name to be written in.
    """

    authority: Authority
    position: str
    body: str = "ỦY BAN NHÂN DÂN"
    head: str = "CHỦ TỊCH"
    signer: str = ""


@dataclass(frozen=True, slots=True)
class Annex:
    """One annex on pages of its own. `title` is set in capitals, `subject` in bold below it."""

    title: str
    subject: str
    grids: tuple[Grid, ...]
    notes: tuple[str, ...] = ()
    is_landscape: bool = False


@dataclass(frozen=True, slots=True)
class ReportDocument:
    """Everything the paper says, in the order it says it.

    `issuer` are the lines of the issuing body; a commune's People's Committee has no `superior`.
    `number` and `issued_on` stay empty until the report is issued and leave a blank to fill in.
    `is_electronic` leaves number and date blank inside the annexes, where the system links them.
    Recipients and names are dated data: give those that were valid at the time.
    """

    issuer: tuple[str, ...]
    issuer_in_words: str
    notation: str
    place: str
    subject: str
    opening: str
    sections: tuple[Section, ...]
    closing: str
    recipients: tuple[str, ...]
    archive: str
    signature: Signature
    year: int
    superior: str = ""
    number: int | None = None
    issued_on: date | None = None
    title: str = "Báo cáo"
    addressees: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    is_electronic: bool = False
    organ_id: str = ""
    topic: str = ""
