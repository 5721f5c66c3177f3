"""Measures of the page after Nghị định 30/2020/NĐ-CP, Phụ lục I, for Word and PDF alike. PURE."""

from dataclasses import dataclass

PAGE_WIDTH_MM, PAGE_HEIGHT_MM = 210, 297
MARGIN_TOP_MM, MARGIN_BOTTOM_MM = 20, 20
MARGIN_LEFT_MM, MARGIN_RIGHT_MM = 30, 15
TEXT_WIDTH_MM = PAGE_WIDTH_MM - MARGIN_LEFT_MM - MARGIN_RIGHT_MM
LANDSCAPE_TEXT_WIDTH_MM = PAGE_HEIGHT_MM - MARGIN_LEFT_MM - MARGIN_RIGHT_MM
PAGE_NUMBER_FROM_TOP_MM = 10

HEAD_LEFT_MM, HEAD_RIGHT_MM = 65, 100
"""The nation's name in 12 pt bold is 88 mm wide: it never wraps in 100 mm."""
SIGNATURE_LEFT_MM, SIGNATURE_RIGHT_MM = 75, 90
SIGNATURE_SPACE_MM = 30
FIRST_LINE_INDENT_MM = 12.7
SPACE_AFTER_PT = 6
LINE_SPACING = 1.15
RULE_PT = 0.75
SHORT_RULE_SHARE = 0.4
"""Lines under the issuing body and the subject: between a third and a half of the text."""


@dataclass(frozen=True, slots=True)
class Face:
    """How a part of the paper is set."""

    size_pt: int
    is_bold: bool = False
    is_italic: bool = False


NATION = Face(12, is_bold=True)
MOTTO = Face(13, is_bold=True)
SUPERIOR = Face(12)
ISSUER = Face(12, is_bold=True)
NUMBER = Face(13)
PLACE_AND_DATE = Face(13, is_italic=True)
TITLE = Face(14, is_bold=True)
SUBJECT = Face(14, is_bold=True)
BODY = Face(14)
GROUND = Face(14, is_italic=True)
HEADINGS = {1: Face(14, is_bold=True), 2: Face(14, is_bold=True), 3: Face(14)}
SIGNATURE = Face(14, is_bold=True)
RECIPIENTS_WORD = Face(12, is_bold=True, is_italic=True)
RECIPIENTS = Face(11)
ANNEX_LABEL = Face(14, is_bold=True)
ATTACHMENT = Face(14, is_italic=True)
TABLE_HEAD = Face(12, is_bold=True)
TABLE_BODY = Face(12)
NOTE = Face(12, is_italic=True)
PAGE_NUMBER = Face(13)
