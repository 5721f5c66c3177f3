"""A report put together from the figures, the other channels and what the office decided."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import select

from broadcast.airlog.models import AiringRow
from broadcast.airlog.rules import AiringOutcome
from broadcast.bulletins.models import Topic
from broadcast.desk import Desk
from broadcast.reports.airing_facts import NOT_ITEMS, fact_of
from broadcast.reports.airing_lines import AiringLine, airing_lines
from broadcast.reports.annexes import NumericRow
from broadcast.reports.cchc_report import (
    Measured,
    Paperwork,
    PlanReference,
    annual_cchc_report,
    default_paragraphs,
    statistics,
)
from broadcast.reports.cchc_texts import Part
from broadcast.reports.channel_rows import channel_rows
from broadcast.reports.channel_service import facts_within
from broadcast.reports.channels import ChannelFact
from broadcast.reports.counting import Question, are_minutes_estimated, minutes
from broadcast.reports.document import ReportDocument
from broadcast.reports.evidence_rows import conditions
from broadcast.reports.exception_lines import ExceptionLine
from broadcast.reports.facts import (
    CountingRule,
    Figures,
    FiguresTable,
    GroupBy,
    MinutesBasis,
)
from broadcast.reports.models import Ground, ReportRow
from broadcast.reports.names import names_of
from broadcast.reports.office import office_on, signature_of
from broadcast.reports.paper_draft import PaperDraft
from broadcast.reports.periods import (
    Period,
    recognised_period,
    same_period_last_year,
    year_to_date,
)
from broadcast.reports.plan_targets import targets_in, together
from broadcast.reports.questions import EvidenceQuestion
from broadcast.reports.rollup import counting_rule
from broadcast.reports.summary import Topics, figures_of
from broadcast.stations.models import Station
from broadcast.stations.queries import rule_in_force
from broadcast.timetable.exceptions import list_exceptions, say_hours

TABLES: tuple[tuple[GroupBy, ...], ...] = (
    (GroupBy.TOPIC,),
    (GroupBy.MONTH,),
    (GroupBy.TOPIC, GroupBy.MONTH),
    (GroupBy.ZONE,),
)
_SENTENCE = re.compile(
    r"(?:Căn cứ\s+)?(?P<kind>.+?) số .*?(?: của (?P<issuer>.+?))?(?P<subject> (?:về|ban hành) .+)"
)


@dataclass(frozen=True, slots=True)
class BuiltReport:
    """Everything a report says and rests on; what `frozen.dump` keeps when it is issued."""

    paper: ReportDocument
    tables: tuple[FiguresTable, ...]
    rule: CountingRule
    period: Period
    labels: dict[str, str]
    """Names of zones and slots by their ids, as they were."""
    airings: tuple[AiringLine, ...] | None = None
    """The evidence, by the airing; None where nobody asked and in reports of before it was kept."""


def build_report(desk: Desk, row: ReportRow) -> BuiltReport:
    """The report as it would be printed now, under the rule in force.

    Minutes of chosen topics are net ones: a session is not of one topic.
    """
    draft = PaperDraft.model_validate(row.texts)
    period = period_of(row)
    rule, topics = rule_of(desk, draft), Topics(only=tuple(draft.topic_ids))
    tables = tuple(figures_of(desk, Question(rule, period, by), topics) for by in TABLES)
    channels = facts_within(desk, period)
    paperwork = Paperwork(
        signature=signature_of(draft),
        recipients=tuple(draft.recipients),
        addressees=tuple(draft.addressees),
        archive=draft.archive,
        number=int(row.number) if row.number else None,
        issued_on=row.issued_on,
        is_electronic=draft.is_electronic,
        plans=tuple(plan_of(ground) for ground in list_grounds(desk, draft.ground_ids)),
        ratings=tuple(draft.ratings),
        numeric_rows=_numeric_rows(desk, Question(rule, period), topics, channels),
        texts=draft.paragraphs(),
    )
    measured = Measured(tables[0].total, rule, period, channels, _exceptions(desk, draft, period))
    paper = annual_cchc_report(
        office_on(desk, row.issued_on or period.last_day), measured, paperwork
    )
    return BuiltReport(paper, tables, rule, period, _labels(desk, tables))


def period_of(row: ReportRow) -> Period:
    """By its name where its days have one."""
    return recognised_period(row.from_day, row.until_day - date.resolution)


def with_airings(desk: Desk, row: ReportRow, built: BuiltReport) -> BuiltReport:
    """The same report with every airing its figures rest on."""
    topic_ids = PaperDraft.model_validate(row.texts).topic_ids
    wanted = select(AiringRow).where(
        *conditions(desk, EvidenceQuestion(built.period)),
        AiringRow.outcome != AiringOutcome.WAITING,
        AiringRow.kind.not_in(NOT_ITEMS),
    )
    if topic_ids:
        wanted = wanted.where(AiringRow.topic_id.in_(topic_ids))
    zone = ZoneInfo(desk.session.get_one(Station, desk.station_id).time_zone)
    facts = (fact_of(one) for one in desk.session.scalars(wanted))
    return replace(built, airings=airing_lines(facts, built.rule, zone))


def statistics_of(desk: Desk, row: ReportRow) -> tuple[str, ...]:
    """The sentences of figures as the report will print them, without the office's own words."""
    draft = PaperDraft.model_validate(row.texts)
    period = period_of(row)
    rule, topics = rule_of(desk, draft), Topics(only=tuple(draft.topic_ids))
    total = figures_of(desk, Question(rule, period), topics).total
    found = _exceptions(desk, draft, period)
    told = statistics(Measured(total, rule, period, facts_within(desk, period), found))
    return tuple(paragraph.text for paragraph in told)


def _exceptions(desk: Desk, draft: PaperDraft, period: Period) -> tuple[ExceptionLine, ...]:
    """What the log has; what is only planned may still be put right."""
    if not draft.lists_exceptions:
        return ()
    time_zone = desk.session.get_one(Station, desk.station_id).time_zone
    return tuple(
        ExceptionLine(
            day=one.day,
            name=one.name,
            hours=say_hours(one.parts, time_zone),
            zones=one.zones,
            decision_number=one.regulation.decision_number,
            decision_date=one.regulation.decision_date,
            reason=one.why.reason,
            is_emergency=one.is_emergency,
        )
        for one in list_exceptions(desk, period.first_day, period.end_day)
        if one.is_heard
    )


def own_or_default(desk: Desk, row: ReportRow, draft: PaperDraft) -> dict[Part, str]:
    """Every free part as somebody edits it: the office's own words, else the default ones."""
    period = period_of(row)
    office = office_on(desk, row.issued_on or period.last_day)
    plans = tuple(plan_of(ground) for ground in list_grounds(desk, draft.ground_ids))
    own = draft.paragraphs()
    return {
        part: "\n".join(own.get(part) or default_paragraphs(part, office, period, plans))
        for part in Part
    }


def rule_of(desk: Desk, draft: PaperDraft) -> CountingRule:
    rule = counting_rule(rule_in_force(desk))
    return replace(rule, minutes=MinutesBasis.NET) if draft.topic_ids else rule


def list_grounds(desk: Desk, ids: Sequence[str] | None = None) -> list[Ground]:
    """The register, oldest first; with `ids` only those."""
    wanted = select(Ground).where(Ground.station_id == desk.station_id)
    if ids is not None:
        wanted = wanted.where(Ground.id.in_(ids))
    return list(desk.session.scalars(wanted.order_by(Ground.issued_on, Ground.number)))


def plan_of(ground: Ground) -> PlanReference:
    """The register keeps whole sentences; the report cites kind, issuer and subject apart."""
    found = _SENTENCE.fullmatch(ground.sentence.strip().rstrip(".;"))
    if found is None:
        return PlanReference(ground.number, ground.issued_on, ground.sentence)
    return PlanReference(
        ground.number,
        ground.issued_on,
        found["subject"].strip(),
        found["kind"],
        issuer=found["issuer"] or "",
    )


def _numeric_rows(
    desk: Desk, question: Question, topics: Topics, channels: Sequence[ChannelFact]
) -> tuple[NumericRow, ...]:
    now = figures_of(desk, question, topics).total
    to_date = replace(question, period=year_to_date(question.period))
    before = replace(question, period=same_period_last_year(question.period))
    running = figures_of(desk, to_date, topics).total
    last = figures_of(desk, before, topics).total
    known = last.airings or last.missed or last.partial
    planned = together(targets_in(desk, question.period), topics.only)
    rows = [
        NumericRow(
            form,
            unit,
            result=_worth(now, question.rule, measure),
            planned=Decimal(getattr(planned, measure)) or None,
            to_date=_worth(running, question.rule, measure),
            last_year=_worth(last, question.rule, measure) if known else None,
            is_estimate=now.estimates > 0
            if measure != "minutes"
            else are_minutes_estimated(now, question.rule),
        )
        for form, unit, measure in (
            ("Tin, bài phát trên đài truyền thanh", "tin bài", "items"),
            ("Lượt phát trên đài truyền thanh", "lượt phát", "airings"),
            (_minutes_form(question.rule), "phút", "minutes"),
        )
    ]
    since = facts_within(desk, to_date.period)
    return (*rows, *channel_rows(channels, since))


def _worth(figures: Figures, rule: CountingRule, measure: str) -> Decimal:
    return minutes(figures, rule) if measure == "minutes" else Decimal(getattr(figures, measure))


def _minutes_form(rule: CountingRule) -> str:
    is_net = rule.minutes is MinutesBasis.NET
    return "Thời lượng thực phát" if is_net else "Thời lượng các buổi phát"


def _labels(desk: Desk, tables: Sequence[FiguresTable]) -> dict[str, str]:
    name_of = names_of(desk)
    return {
        f"{by.value}:{part}": name_of(by, part)
        for table in tables
        for row in table.rows
        for by, part in zip(table.by, row.key, strict=True)
    }


def list_topics(desk: Desk) -> list[Topic]:
    """Topics in use, in the order of their hues."""
    return list(
        desk.session.scalars(
            select(Topic)
            .where(Topic.station_id == desk.station_id, Topic.archived_at.is_(None))
            .order_by(Topic.hue, Topic.name)
        )
    )
