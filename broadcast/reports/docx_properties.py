"""Metadata of Nghị định 30/2020/NĐ-CP, Phụ lục VI, in Word's own document properties."""

from datetime import UTC, date, datetime, time
from xml.sax.saxutils import escape

from docx.document import Document as WordDocument
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from broadcast.reports.document import ReportDocument
from broadcast.reports.numbers_vi import two_digits
from broadcast.reports.pdf_export import page_count
from broadcast.reports.wording import full_title, signature_lines

SUBJECT_MAX = 500
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def exchange_metadata(document: ReportDocument) -> dict[str, str]:
    """Fields of Phụ lục VI by their names there; what is not known yet is left out.

    `Subject` holds at most 500 characters.
    """
    fields = {
        "OrganId": document.organ_id,
        "OrganName": document.issuer_in_words,
        "CodeNumber": "" if document.number is None else two_digits(document.number),
        "CodeNotation": document.notation,
        "IssuedDate": document.issued_on.isoformat() if document.issued_on else "",
        "Place": document.place,
        "TypeName": document.title,
        "Subject": full_title(document)[:SUBJECT_MAX],
        "PageAmount": str(page_count(document)),
        "Language": "Tiếng Việt",
        "SignerPosition": " / ".join(signature_lines(document)),
        "SignerFullName": document.signature.signer,
        "To": "; ".join((*document.addressees, *document.recipients)),
    }
    return {name: value for name, value in fields.items() if value}


def set_properties(word: WordDocument, document: ReportDocument) -> None:
    """Core properties people see in Word, and the exchange fields as custom properties."""
    core = word.core_properties
    made_at = _noon_of(document.issued_on or date(document.year, 12, 31))
    core.title = full_title(document)[:255]
    core.subject = document.subject[:255]
    core.author = core.last_modified_by = document.issuer_in_words[:255]
    core.category = document.title
    core.keywords = document.topic[:255]
    core.language = "vi-VN"
    core.comments = ""
    core.identifier = f"{document.number or ''}/{document.notation}"
    core.created = core.modified = made_at
    core.revision = 1
    blob = _custom_xml(exchange_metadata(document)).encode()
    part = Part(PackURI("/docProps/custom.xml"), _CONTENT_TYPE, blob, word.part.package)
    word.part.package.relate_to(part, _RELATION)


def _custom_xml(fields: dict[str, str]) -> str:
    """Property ids start at 2, as the format asks."""
    properties = "".join(
        f'<property fmtid="{_FORMAT_ID}" pid="{pid}" name="{name}">'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for pid, (name, value) in enumerate(fields.items(), start=2)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<Properties xmlns="{_NAMESPACE}" xmlns:vt="{_VALUES}">{properties}</Properties>'
    )


def _noon_of(day: date) -> datetime:
    """A document is dated by the day; noon keeps the day the same in every zone near Việt Nam."""
    return datetime.combine(day, time(5), tzinfo=UTC)
