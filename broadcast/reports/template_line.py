"""Finds the line of a Word template that Jinja stumbled over, as its author sees it in Word."""

# ruff: noqa: SLF001 - docxtpl and python-docx name the part being filled only with an underscore

import re
import traceback

from docxtpl import DocxTemplate

_TAG = re.compile(r"<[^>]+>")
_PARAGRAPH = re.compile(r"<w:p([ >])")
_SHOWN = 120


def line_at_fault(template: DocxTemplate, error: Exception) -> str:
    """The words of the paragraph, shortened to 120 letters; "" where the error has no line."""
    number = getattr(error, "lineno", None) or _line_in_traceback(error)
    lines = _lines(template)
    if number is None or not 1 <= number <= len(lines):
        return ""
    return _TAG.sub("", lines[number - 1]).strip()[:_SHOWN]


def _line_in_traceback(error: Exception) -> int | None:
    """Jinja rewrites its frames, so that the innermost one speaks of the template's own line."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame.lineno for frame in frames if frame.filename == "<template>"]
    return ours[-1] if ours else None


def _lines(template: DocxTemplate) -> list[str]:
    """The part that was being filled, cut as docxtpl cuts it: one paragraph, one line."""
    part = getattr(template, "current_rendering_part", None)
    if part is None:
        return []
    is_body = part is template.docx._part
    xml = template.get_xml() if is_body else template.get_part_xml(part)
    return _PARAGRAPH.sub(r"\n<w:p\1", template.patch_xml(xml)).splitlines()
