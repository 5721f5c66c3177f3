"""Reports in work and issued: one use case each for starting, writing and issuing."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from broadcast.airlog.head import get_head
from broadcast.desk import Desk, use_case
from broadcast.errors import EditConflict, NotFound
from broadcast.people.rules import Right
from broadcast.people.trail import note_deed
from broadcast.reports.counting import Question
from broadcast.reports.errors import NumberNotUnderstood, ReportAlreadyIssued, RuleMismatch
from broadcast.reports.frozen import dump, load
from broadcast.reports.models import OfficeTemplate, ReportRow
from broadcast.reports.office import drafted_paper
from broadcast.reports.paper_building import (
    BuiltReport,
    build_report,
    list_grounds,
    list_topics,
    period_of,
    with_airings,
)
from broadcast.reports.paper_draft import STANDARD, PaperDraft, followed
from broadcast.reports.periods import Period, year_period
from broadcast.reports.sheet import COLUMNS
from broadcast.reports.summary import Topics, figures_of

CCHC_TOPICS = frozenset({"cchc", "cds", "chuyen-doi-so"})
"""What the yearly report on administrative reform speaks of, where a station has these topics."""

Report = ReportRow
"""What the pages call a written report; they read its row and never ask its table."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A measure that was issued as `issued` and would be `now`; times in milliseconds."""

    heading: str
    issued: int
    now: int
    is_time: bool


@use_case
def start_report(desk: Desk, period: Period) -> ReportRow:
    """A draft with the period's grounds, the names of its last day, and last year's own texts.

    A draft of the same days that its maker has not written in yet is that draft.
    """
    desk.actor.must(Right.REPORT)
    begun = _untouched(desk, period)
    if begun is not None:
        return begun
    draft = _drafted_for(desk, period)
    draft.topic_ids = [one.id for one in list_topics(desk) if one.code in CCHC_TOPICS]
    last = _newest(desk)
    if last is not None:
        before = PaperDraft.model_validate(last.texts)
        # The path of the year stays; what the year has shown is written anew.
        draft.texts, draft.ratings, draft.archive = before.texts, before.ratings, before.archive
    row = ReportRow(
        id=desk.new_id(),
        station_id=desk.station_id,
        title=f"Báo cáo kết quả tuyên truyền công tác CCHC {period.label}"[:300],
        from_day=period.first_day,
        until_day=period.end_day,
        template=last.template if last else STANDARD,
        texts=draft.model_dump(mode="json"),
        author_name=desk.actor.name,
        created_at=desk.now,
    )
    desk.session.add(row)
    note_deed(desk, "reports.started", "report", row.id, period=period.dates)
    return row


@use_case
def save_report(
    desk: Desk, report_id: str, draft: PaperDraft, period: Period, *, version: int, template: str
) -> ReportRow:
    """Under another period what the registers filled in follows it; what was typed stays.

    :raises NotFound: :raises ReportAlreadyIssued:
    :raises EditConflict: somebody saved something else after `version`.
    """
    desk.actor.must(Right.REPORT)
    row = _in_work(desk, report_id)
    if (was := period_of(row)) != period:
        draft = followed(draft, _drafted_for(desk, was), _drafted_for(desk, period))
    texts = draft.model_dump(mode="json")
    is_saved = (row.texts, was, row.template) == (texts, period, template)
    if row.row_version != version and not is_saved:
        raise EditConflict(report=report_id)
    if template != STANDARD:
        get_template(desk, template)
    row.texts = texts
    row.from_day, row.until_day, row.template = period.first_day, period.end_day, template
    row.title = f"Báo cáo kết quả tuyên truyền công tác CCHC {period.label}"[:300]
    return row


@use_case
def issue_report(desk: Desk, report_id: str, number: str, issued_on: date) -> ReportRow:
    """Freezes document, figures, rule and log head; from here on nothing of it changes.

    :raises NotFound: :raises ReportAlreadyIssued: :raises NumberNotUnderstood:
    """
    desk.actor.must(Right.REPORT)
    row = _in_work(desk, report_id)
    if not (number.isascii() and number.isdecimal() and 1 <= int(number) <= 99_999):
        raise NumberNotUnderstood(number=number)
    row.number, row.issued_on = str(int(number)), issued_on
    built = with_airings(desk, row, build_report(desk, row))
    row.document = dump(built)
    row.log_number, row.log_hash = get_head(desk)
    row.rule_version = built.rule.version
    row.issued_at = desk.now
    note_deed(desk, "reports.issued", "report", row.id, number=row.number, log=row.log_number)
    return row


@use_case
def discard_report(desk: Desk, report_id: str) -> None:
    """Only a draft. :raises NotFound: :raises ReportAlreadyIssued:"""
    desk.actor.must(Right.REPORT)
    row = _in_work(desk, report_id)
    note_deed(desk, "reports.discarded", "report", row.id, title=row.title)
    desk.session.delete(row)


def get_report(desk: Desk, report_id: str) -> ReportRow:
    """:raises NotFound: :raises NotAllowed:"""
    desk.actor.must(Right.LOOK)
    row = desk.session.get(ReportRow, report_id)
    if row is None or row.station_id != desk.station_id:
        raise NotFound(report=report_id)
    return row


def list_reports(desk: Desk, most: int = 100) -> list[ReportRow]:
    """Newest first."""
    return list(
        desk.session.scalars(
            select(ReportRow)
            .where(ReportRow.station_id == desk.station_id)
            .order_by(ReportRow.created_at.desc(), ReportRow.id.desc())
            .limit(most)
        )
    )


def read_report(desk: Desk, row: ReportRow) -> BuiltReport:
    """As it was issued, or as it would be issued now."""
    return load(row.document) if row.issued_at else build_report(desk, row)


def changed_since_issue(desk: Desk, row: ReportRow) -> list[Changed]:
    """What a late row or a correction has changed; the paper itself stays as it was signed.

    Counted under the rule that the report was issued by. Empty for a draft, and where facts under
    that rule's threshold are no longer kept.
    """
    if not row.issued_at:
        return []
    issued = load(row.document)
    topics = Topics(only=tuple(PaperDraft.model_validate(row.texts).topic_ids))
    try:
        now = figures_of(desk, Question(issued.rule, issued.period), topics).total
    except RuleMismatch:
        return []
    was = issued.tables[0].total
    return [
        Changed(
            column.heading,
            getattr(was, column.measure) or 0,
            getattr(now, column.measure) or 0,
            column.is_time,
        )
        for column in COLUMNS
        if getattr(was, column.measure) != getattr(now, column.measure)
    ]


def get_template(desk: Desk, template_id: str) -> OfficeTemplate:
    """:raises NotFound:"""
    row = desk.session.get(OfficeTemplate, template_id)
    if row is None or row.station_id != desk.station_id:
        raise NotFound(template=template_id)
    return row


def trial_report(desk: Desk, today: date) -> BuiltReport:
    """This year's report with every part filled, to try a template on; nothing is kept."""
    period = year_period(today.year)
    draft = drafted_paper(desk, today)
    row = ReportRow(
        from_day=period.first_day,
        until_day=period.end_day,
        number="1",
        issued_on=today,
        texts=draft.model_dump(mode="json"),
    )
    return build_report(desk, row)


def list_templates(desk: Desk) -> list[OfficeTemplate]:
    """Newest first."""
    return list(
        desk.session.scalars(
            select(OfficeTemplate)
            .where(OfficeTemplate.station_id == desk.station_id)
            .order_by(OfficeTemplate.created_at.desc(), OfficeTemplate.id.desc())
        )
    )


def _drafted_for(desk: Desk, period: Period) -> PaperDraft:
    """What the registers say: the names of the period's last day and the plans of its year."""
    draft = drafted_paper(desk, period.last_day)
    draft.ground_ids = [one.id for one in list_grounds(desk) if one.year == period.year]
    return draft


def _untouched(desk: Desk, period: Period) -> ReportRow | None:
    return desk.session.scalar(
        select(ReportRow)
        .where(
            ReportRow.station_id == desk.station_id,
            ReportRow.author_name == desk.actor.name,
            ReportRow.from_day == period.first_day,
            ReportRow.until_day == period.end_day,
            ReportRow.issued_at.is_(None),
            ReportRow.row_version == 1,
        )
        .order_by(ReportRow.created_at.desc(), ReportRow.id.desc())
        .limit(1)
    )


def _newest(desk: Desk) -> ReportRow | None:
    return next(iter(list_reports(desk, 1)), None)


def _in_work(desk: Desk, report_id: str) -> ReportRow:
    row = get_report(desk, report_id)
    if row.issued_at is not None:
        raise ReportAlreadyIssued(report=report_id)
    return row
