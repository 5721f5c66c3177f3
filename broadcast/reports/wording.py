"""The fixed wording of Nghị định 30/2020/NĐ-CP around a report; tidying of typed text. PURE."""

import re
import unicodedata
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from broadcast.reports.document import Authority, Grid, Paragraph, ReportDocument, Section
from broadcast.reports.errors import DocumentIncomplete
from broadcast.reports.numbers_vi import date_long, roman, two_digits

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_BLANK = "\N{NO-BREAK SPACE}" * 6
_SPACES = re.compile(r"\s+")
_BEFORE_PUNCTUATION = re.compile(r" +(?=[,;:.!?)](?:\s|$))")
_IN_SYMBOL = re.compile(r"(\d+) ?/ ?([A-ZĐ][A-Za-zĐđ]*) ?[-–] ?(?=[A-ZĐ])")
_UY = {"uỷ": "ủy", "Uỷ": "Ủy", "UỶ": "ỦY"}
_OLD_UY = re.compile(rf"\b({'|'.join(_UY)})\b")


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered heading: level 1 "I.", level 2 "1.", level 3 "a)"."""

    level: int
    text: str


def flow(sections: tuple[Section, ...]) -> tuple[Heading | Paragraph | Grid, ...]:
    """Headings, paragraphs and tables in reading order.

    :raises DocumentIncomplete: headings nested deeper than three levels or beyond the alphabet.
    """
    return tuple(part for number, one in enumerate(sections) for part in _walk(one, number, 1))


def number_line(document: ReportDocument) -> str:
    return f"Số: {_number(document)}/{document.notation}"


def place_and_date(document: ReportDocument) -> str:
    return f"{document.place}, {_date(document)}"


def ground_lines(document: ReportDocument) -> tuple[str, ...]:
    """One line per ground, each closed by a semicolon and the last by a full stop."""
    return _closed(document.grounds)


def addressee_lines(document: ReportDocument) -> tuple[str, ...]:
    """One line when there is one addressee; otherwise "Kính gửi:" and a dash for each."""
    names = document.addressees
    if len(names) < 2:
        return tuple(f"Kính gửi: {name.rstrip('.;, ')}." for name in names)
    return ("Kính gửi:", *(f"- {line}" for line in _closed(names)))


def recipient_lines(document: ReportDocument) -> tuple[str, ...]:
    """The list under "Nơi nhận:", which ends with the archive."""
    named = tuple(f"- {name.rstrip('.;, ')};" for name in document.recipients)
    return (*named, f"- Lưu: {document.archive.rstrip('.;, ')}.")


def closing_line(document: ReportDocument) -> str:
    """The last sentence of the text, closed by "./."."""
    return f"{document.closing.rstrip('./ ')}./."


def signature_lines(document: ReportDocument) -> tuple[str, ...]:
    """The authority and the position, in capitals, without the name."""
    signature = document.signature
    body, head, position = (
        text.upper() for text in (signature.body, signature.head, signature.position)
    )
    lines = {
        Authority.COLLECTIVE: (f"TM. {body}", position),
        Authority.DEPUTY: (f"TM. {body}", f"KT. {head}", position),
        Authority.BY_ORDER: (f"TL. {head}", position),
        Authority.BY_DELEGATION: (f"TUQ. {head}", position),
        Authority.ACTING: (f"TM. {body}", f"Q. {head}"),
    }
    return lines[signature.authority]


def annex_label(document: ReportDocument, index: int) -> str:
    """The word "Phụ lục", with a Roman number where there are several."""
    if len(document.annexes) < 2:
        return "Phụ lục"
    return f"Phụ lục {roman(index + 1)}"


def attachment_line(document: ReportDocument) -> str:
    """As in "(Kèm theo Báo cáo số ... ngày ... của ...)"; blank where the system fills it in."""
    shown = replace(document, number=None, issued_on=None) if document.is_electronic else document
    reference = f"số {_number(shown)}/{document.notation} {_date(shown)}"
    return f"(Kèm theo {document.title} {reference} của {document.issuer_in_words})"


def full_title(document: ReportDocument) -> str:
    return f"{document.title} {document.subject[:1].lower()}{document.subject[1:]}"


def tidy(text: str) -> str:
    """Typed text as an office prints it.

    Composed letters (NFC), no control characters, single spaces and none before punctuation, no
    spaces inside a document symbol ("17/KH - UBND"), and "ủy" in the spelling the decree uses.
    """
    composed = unicodedata.normalize("NFC", text)
    visible = "".join(
        letter for letter in composed if letter.isspace() or unicodedata.category(letter)[0] != "C"
    )
    single = _BEFORE_PUNCTUATION.sub("", _SPACES.sub(" ", visible)).strip(" ")
    joined = _IN_SYMBOL.sub(r"\1/\2-", single)
    return _OLD_UY.sub(lambda found: _UY[found[0]], joined)


def tidied(document: ReportDocument) -> ReportDocument:
    """The same document with every text in it tidied.

    :raises DocumentIncomplete: no issuing body, subject, text or closing.
    """
    clean: ReportDocument = _tidy_within(document)
    for name in ("issuer", "subject", "sections", "closing", "notation", "place"):
        if not getattr(clean, name):
            raise DocumentIncomplete(missing=name)
    return clean


def _tidy_within(value: Any) -> Any:
    if isinstance(value, str):
        return value if type(value) is not str else tidy(value)
    if isinstance(value, tuple):
        return tuple(_tidy_within(part) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        parts = {part.name: _tidy_within(getattr(value, part.name)) for part in fields(value)}
        return replace(value, **parts)
    return value


def _walk(section: Section, number: int, level: int) -> list[Heading | Paragraph | Grid]:
    if level > 3 or (level == 3 and number >= len(_LETTERS)):
        raise DocumentIncomplete(
            "Đề mục chỉ có ba cấp: I, 1 và a). Hãy bớt cấp.", heading=section.heading
        )
    if level == 1:
        text = f"{roman(number + 1)}. {section.heading.upper()}"
    elif level == 2:
        text = f"{number + 1}. {section.heading}"
    else:
        text = f"{_LETTERS[number]}) {section.heading}"
    found: list[Heading | Paragraph | Grid] = [Heading(level, text), *section.blocks]
    for index, child in enumerate(section.children):
        found += _walk(child, index, level + 1)
    return found


def _closed(lines: tuple[str, ...]) -> tuple[str, ...]:
    last = len(lines) - 1
    return tuple(
        line.rstrip(".;, ") + (";" if index < last else ".") for index, line in enumerate(lines)
    )


def _number(document: ReportDocument) -> str:
    return _BLANK if document.number is None else two_digits(document.number)


def _date(document: ReportDocument) -> str:
    if document.issued_on is None:
        return f"ngày{_BLANK}tháng{_BLANK}năm {document.year}"
    return date_long(document.issued_on)
