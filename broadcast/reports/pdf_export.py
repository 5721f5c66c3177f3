"""The report as PDF: the layout of the Word file, with the Vietnamese fonts inside."""

from io import BytesIO

from reportlab.lib.enums import TA_LEFT
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, NextPageTemplate, PageBreak, Spacer

from broadcast.reports import paper, wording
from broadcast.reports.document import Grid, Paragraph, ReportDocument
from broadcast.reports.pdf_layout import (
    PagesOfParts,
    Rule,
    body_style,
    columns,
    grid_table,
    style,
    text,
)
from broadcast.reports.type_measure import width_mm


def export_pdf(document: ReportDocument) -> bytes:
    """The PDF; the same document gives the same bytes, without the time it was made.

    :raises DocumentIncomplete: a part the decree asks for is empty.
    """
    document = wording.tidied(document)
    file = BytesIO()
    pages = PagesOfParts(
        file,
        title=wording.full_title(document),
        author=document.issuer_in_words,
        subject=document.subject,
        keywords=[document.topic],
        lang="vi-VN",
        invariant=1,
    )
    story = [_head(document), *_title(document), *_text(document)]
    for index in range(len(document.annexes)):
        story += _annex(document, index)
    pages.build(story)
    return file.getvalue()


def page_count(document: ReportDocument) -> int:
    """Pages of the whole paper, annexes and all: the PDF and the Word file break alike."""
    return export_pdf(document).count(b"/Type /Page\n")


def _head(document: ReportDocument) -> Flowable:
    left: list[Flowable] = []
    if document.superior:
        left.append(text(document.superior.upper(), style(paper.SUPERIOR)))
    left += [text(line.upper(), style(paper.ISSUER)) for line in document.issuer]
    issuer_mm = width_mm(document.issuer[-1].upper(), paper.ISSUER.size_pt)
    left.append(Rule(paper.SHORT_RULE_SHARE * max(issuer_mm, 40)))
    left.append(text(wording.number_line(document), style(paper.NUMBER, spaceBefore=6)))
    right = [
        text(wording.NATION, style(paper.NATION)),
        text(wording.MOTTO, style(paper.MOTTO)),
        Rule(width_mm(wording.MOTTO, paper.MOTTO.size_pt)),
        text(wording.place_and_date(document), style(paper.PLACE_AND_DATE, spaceBefore=6)),
    ]
    return columns((paper.HEAD_LEFT_MM, paper.HEAD_RIGHT_MM), left, right)


def _title(document: ReportDocument) -> list[Flowable]:
    subject_mm = min(width_mm(document.subject, paper.SUBJECT.size_pt), paper.TEXT_WIDTH_MM)
    return [
        Spacer(0, 18),
        text(document.title.upper(), style(paper.TITLE)),
        text(document.subject, style(paper.SUBJECT)),
        Rule(paper.SHORT_RULE_SHARE * subject_mm, after_pt=12),
    ]


def _text(document: ReportDocument) -> list[Flowable]:
    centred, body = style(paper.BODY, spaceAfter=2 * paper.SPACE_AFTER_PT), body_style(paper.BODY)
    story: list[Flowable] = [text(line, centred) for line in wording.addressee_lines(document)]
    story += [text(line, body_style(paper.GROUND)) for line in wording.ground_lines(document)]
    story.append(text(document.opening, body))
    for part in wording.flow(document.sections):
        if isinstance(part, Grid):
            story.append(grid_table(part, paper.TEXT_WIDTH_MM))
            story.append(Spacer(0, paper.SPACE_AFTER_PT))
        elif isinstance(part, Paragraph):
            story.append(text(part.text, body))
        else:
            heading = body_style(paper.HEADINGS[part.level], keepWithNext=1)
            story.append(text(part.text, heading))
    closing = text(wording.closing_line(document), body)
    return [*story, KeepTogether([closing, _signature(document)])]


def _signature(document: ReportDocument) -> Flowable:
    left = [text("Nơi nhận:", style(paper.RECIPIENTS_WORD, alignment=TA_LEFT))]
    small = style(paper.RECIPIENTS, alignment=TA_LEFT)
    left += [text(line, small) for line in wording.recipient_lines(document)]
    bold = style(paper.SIGNATURE)
    right: list[Flowable] = [text(line, bold) for line in wording.signature_lines(document)]
    right += [Spacer(0, paper.SIGNATURE_SPACE_MM * mm), text(document.signature.signer, bold)]
    return columns((paper.SIGNATURE_LEFT_MM, paper.SIGNATURE_RIGHT_MM), list(left), right)


def _annex(document: ReportDocument, index: int) -> list[Flowable]:
    annex = document.annexes[index]
    orientation = "landscape" if annex.is_landscape else "portrait"
    within_mm = paper.LANDSCAPE_TEXT_WIDTH_MM if annex.is_landscape else paper.TEXT_WIDTH_MM
    attachment = wording.attachment_line(document)
    attached_mm = width_mm(attachment, paper.ATTACHMENT.size_pt, "Tinos-Italic")
    return [
        NextPageTemplate(f"{orientation}-first"),
        PageBreak(),
        text(wording.annex_label(document, index), style(paper.ANNEX_LABEL)),
        text(annex.title.upper(), style(paper.TITLE)),
        text(annex.subject, style(paper.SUBJECT)),
        text(attachment, style(paper.ATTACHMENT)),
        Rule(paper.SHORT_RULE_SHARE * min(attached_mm, within_mm), after_pt=14),
        *(grid_table(grid, within_mm) for grid in annex.grids),
        *(text(note, style(paper.NOTE, alignment=TA_LEFT, spaceBefore=6)) for note in annex.notes),
    ]
