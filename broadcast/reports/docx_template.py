"""The report in the office's own Word template: fields in braces, filled in by docxtpl.

The template is somebody's file: it may name fields, loop and choose, and nothing else.
"""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.exceptions import SecurityError, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml.etree import LxmlError

from broadcast.reports import wording
from broadcast.reports.document import Grid, Paragraph, ReportDocument
from broadcast.reports.docx_properties import set_properties
from broadcast.reports.errors import BadTemplate
from broadcast.reports.stable_zip import stable_zip
from broadcast.reports.template_line import line_at_fault

MAX_TEMPLATE_BYTES = 5_000_000
MAX_UNPACKED_BYTES = 50_000_000
"""A template is a few pages and a coat of arms; more is a mistake or an attack."""
_FILTERS = ("upper", "lower", "capitalize", "trim", "join", "default", "first", "last", "length")
_RENDERING_FAILED = (
    TemplateError, TypeError, ValueError, ArithmeticError, LookupError, RecursionError, LxmlError,
)  # fmt: skip


def export_with_template(template_path: Path, document: ReportDocument) -> bytes:
    """The Word file in the office's layout; the same template and document give the same bytes.

    :raises BadTemplate: not a Word file, too large, or a field in it is wrong; the message
        names the line at fault.
    :raises DocumentIncomplete: a part the decree asks for is empty.
    """
    document = wording.tidied(document)
    template = DocxTemplate(BytesIO(_read(template_path)))
    try:
        template.render(template_fields(document), _Sandbox(), autoescape=True)
        set_properties(template.docx, document)
        file = BytesIO()
        template.docx.save(file)
    except _RENDERING_FAILED as error:
        line = line_at_fault(template, error)
        raise BadTemplate(_said(error, line), line=line, reason=str(error)) from error
    except (OpcError, BadZipFile, KeyError) as error:
        raise BadTemplate("Tệp này không phải tài liệu Word (.docx).") from error
    return stable_zip(file.getvalue())


def template_fields(document: ReportDocument) -> Mapping[str, Any]:
    """What a template may name: texts, and lists of texts to loop over.

    `noi_dung` is the running text: each part has `cap` (1-3 for headings, 0 for text) and `chu`.
    Tables stand in `phu_luc`, each with `ten`, `trich_yeu`, `cot` and `dong`.
    """
    return {
        "co_quan_cap_tren": document.superior.upper(),
        "co_quan": [line.upper() for line in document.issuer],
        "ten_co_quan": document.issuer_in_words,
        "so_ky_hieu": wording.number_line(document),
        "dia_danh_ngay": wording.place_and_date(document),
        "ten_loai": document.title.upper(),
        "trich_yeu": document.subject,
        "kinh_gui": list(wording.addressee_lines(document)),
        "can_cu": list(wording.ground_lines(document)),
        "mo_dau": document.opening,
        "noi_dung": [part for one in wording.flow(document.sections) for part in _parts(one)],
        "ket": wording.closing_line(document),
        "noi_nhan": list(wording.recipient_lines(document)),
        "chuc_vu": list(wording.signature_lines(document)),
        "nguoi_ky": document.signature.signer,
        "phu_luc": [_annex_fields(document, at) for at in range(len(document.annexes))],
        "nam": str(document.year),
    }


class _Sandbox(ImmutableSandboxedEnvironment):
    """Fields, loops and choices only: no calls, no repetition, no building of giant texts."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=True)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in _FILTERS}

    def is_safe_callable(self, obj: Any) -> bool:
        return False

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        raise SecurityError(f"không dùng được phép tính {operator} trong mẫu")


def _read(template_path: Path) -> bytes:
    if template_path.stat().st_size > MAX_TEMPLATE_BYTES:
        raise BadTemplate("Mẫu Word lớn hơn 5 MB. Hãy bỏ bớt ảnh rồi tải lên lại.")
    blob = template_path.read_bytes()
    try:
        with ZipFile(BytesIO(blob)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
            names = archive.namelist()
    except BadZipFile as error:
        raise BadTemplate("Tệp này không phải tài liệu Word (.docx).") from error
    if "word/document.xml" not in names or unpacked > MAX_UNPACKED_BYTES:
        raise BadTemplate("Tệp này không phải tài liệu Word (.docx) dùng làm mẫu được.")
    if any(name.endswith("vbaProject.bin") for name in names):
        raise BadTemplate("Mẫu có macro (.docm). Hãy lưu lại dạng .docx không macro rồi tải lên.")
    return blob


def _parts(part: wording.Heading | Paragraph | Grid) -> list[dict[str, Any]]:
    if isinstance(part, Grid):
        return [{"cap": 0, "chu": " | ".join(row)} for row in (part.header, *part.rows)]
    return [{"cap": part.level if isinstance(part, wording.Heading) else 0, "chu": part.text}]


def _annex_fields(document: ReportDocument, index: int) -> dict[str, Any]:
    annex = document.annexes[index]
    grid = annex.grids[0]
    return {
        "so": wording.annex_label(document, index),
        "ten": annex.title.upper(),
        "trich_yeu": annex.subject,
        "kem_theo": wording.attachment_line(document),
        "cot": list(grid.header),
        "dong": [list(row) for row in grid.rows],
        "ghi_chu": list(annex.notes),
    }


def _said(error: Exception, line: str) -> str:
    where = f" ở dòng “{line}”" if line else ""
    return f"Mẫu Word có chỗ sai{where}: {error}. Hãy sửa mẫu rồi tải lên lại."
