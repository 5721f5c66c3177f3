"""Figures of the other channels: counted by hand in seconds, imported, and read for a report."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select

from broadcast.bulletins.models import Topic
from broadcast.desk import Desk, use_case
from broadcast.errors import NotFound
from broadcast.people.rules import Right
from broadcast.people.trail import note_deed
from broadcast.reports import models
from broadcast.reports.channels import Channel, ChannelFact, Source
from broadcast.reports.errors import ChannelFactRefused
from broadcast.reports.numbers_vi import amount
from broadcast.reports.periods import Period, free_period, month_period

MOST = 2**31 - 1
"""What the column holds; no commune hands out so many leaflets."""


@dataclass(frozen=True, slots=True)
class FactDraft:
    """A figure as somebody entered it. Both days are included."""

    first_day: date
    last_day: date
    channel: Channel
    measure: str
    value: int
    source: Source = Source.MANUAL
    topic_id: str | None = None
    form: str = ""
    evidence: str = ""


@use_case
def add_facts(desk: Desk, drafts: Sequence[FactDraft]) -> int:
    """All of them or none. :raises ChannelFactRefused: :raises PeriodReversed: :raises NotFound:"""
    desk.actor.must(Right.WRITE)
    for draft in drafts:
        desk.session.add(_row(desk, draft))
    note_deed(desk, "reports.channel_facts_added", "station", desk.station_id, rows=len(drafts))
    return len(drafts)


@use_case
def remove_fact(desk: Desk, fact_id: str) -> None:
    """:raises NotFound: Issued reports keep what they said."""
    desk.actor.must(Right.WRITE)
    row = desk.session.get(models.ChannelFact, fact_id)
    if row is None or row.station_id != desk.station_id:
        raise NotFound(fact=fact_id)
    note_deed(
        desk, "reports.channel_fact_removed", "channel_fact", row.id, value=row.value,
        channel=row.channel, measure=row.measure,
    )  # fmt: skip
    desk.session.delete(row)


@use_case
def count_one(desk: Desk, draft: FactDraft) -> int:
    """The quick counter: adds to the month's own figure of the same kind; says what it is now."""
    desk.actor.must(Right.WRITE)
    wanted = _row(desk, draft)
    known = desk.session.scalar(
        select(models.ChannelFact)
        .where(
            models.ChannelFact.station_id == desk.station_id,
            models.ChannelFact.from_day == wanted.from_day,
            models.ChannelFact.until_day == wanted.until_day,
            models.ChannelFact.channel == wanted.channel,
            models.ChannelFact.topic_id.is_(None)
            if wanted.topic_id is None
            else models.ChannelFact.topic_id == wanted.topic_id,
            models.ChannelFact.measure == wanted.measure,
            models.ChannelFact.source == models.Source.MANUAL,
        )
        .limit(1)
        .with_for_update()
    )
    if known is None:
        desk.session.add(wanted)
        return wanted.value
    if not 0 <= known.value + draft.value <= MOST:
        raise ChannelFactRefused
    known.value += draft.value
    return known.value


def list_facts(desk: Desk, year: int) -> list[models.ChannelFact]:
    """Figures that touch the year, newest entry first."""
    fact = models.ChannelFact
    return list(
        desk.session.scalars(
            select(fact)
            .where(
                fact.station_id == desk.station_id,
                fact.from_day < date(year + 1, 1, 1),
                fact.until_day > date(year, 1, 1),
            )
            .order_by(fact.from_day, fact.channel, fact.created_at)
        )
    )


def facts_within(desk: Desk, period: Period) -> tuple[ChannelFact, ...]:
    """The figures whose days lie wholly within the period, as a report reads them."""
    fact = models.ChannelFact
    rows = desk.session.execute(
        select(fact, Topic.name)
        .outerjoin(Topic, Topic.id == fact.topic_id)
        .where(
            fact.station_id == desk.station_id,
            fact.from_day >= period.first_day,
            fact.until_day <= period.end_day,
        )
        .order_by(fact.channel, Topic.hue, Topic.name, fact.measure, fact.from_day)
    )
    summed: dict[tuple[str, ...], ChannelFact] = {}
    for row, topic in rows:
        told = ChannelFact(
            channel=Channel(row.channel),
            topic=_within_a_sentence(topic or ""),
            form=row.form,
            measure="số lượng",
            unit=row.measure,
            value=Decimal(row.value),
            source=Source(row.source.value),
        )
        key = (told.channel.value, told.topic, told.form, told.unit, told.source.value)
        before = summed.get(key)
        summed[key] = told if before is None else _sum(before, told)
    return tuple(summed.values())


def left_out(desk: Desk, period: Period) -> int:
    """How many figures touch the period and reach beyond it: no part of them is counted."""
    fact = models.ChannelFact
    rows = desk.session.scalars(
        select(fact.id).where(
            fact.station_id == desk.station_id,
            fact.from_day < period.end_day,
            fact.until_day > period.first_day,
            (fact.from_day < period.first_day) | (fact.until_day > period.end_day),
        )
    )
    return len(rows.all())


def month_days(day: date) -> tuple[date, date]:
    """First and last day of the calendar month of `day`: what the quick counter counts into."""
    period = month_period(day.year, day.month)
    return period.first_day, period.last_day


def _row(desk: Desk, draft: FactDraft) -> models.ChannelFact:
    period = free_period(draft.first_day, draft.last_day)
    measure = " ".join(draft.measure.split())
    if not measure or len(measure) > 80 or not 0 <= draft.value <= MOST:
        raise ChannelFactRefused
    amount(draft.value, measure)
    if draft.topic_id is not None:
        topic = desk.session.get(Topic, draft.topic_id)
        if topic is None or topic.station_id != desk.station_id:
            raise NotFound(topic=draft.topic_id)
    return models.ChannelFact(
        id=desk.new_id(),
        station_id=desk.station_id,
        from_day=period.first_day,
        until_day=period.last_day + timedelta(days=1),
        channel=draft.channel.value,
        topic_id=draft.topic_id,
        form=draft.form.strip()[:200],
        measure=measure,
        value=draft.value,
        source=models.Source(draft.source.value),
        evidence=draft.evidence.strip()[:500],
        author_name=desk.actor.name,
        created_at=desk.now,
    )


def _sum(one: ChannelFact, other: ChannelFact) -> ChannelFact:
    return replace(one, value=one.value + other.value)


def _within_a_sentence(name: str) -> str:
    """`Cải cách hành chính` -> `cải cách hành chính`; an abbreviation keeps its capitals."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]
