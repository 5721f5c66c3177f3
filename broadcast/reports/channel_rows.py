"""Lines of the numeric annex for the other channels: each whole, then its parts by topic. PURE."""

from collections.abc import Sequence
from decimal import Decimal

from broadcast.reports.annexes import NumericRow
from broadcast.reports.channels import CHANNEL_NAMES, Channel, ChannelFact, total_of


def channel_rows(
    facts: Sequence[ChannelFact], to_date: Sequence[ChannelFact]
) -> tuple[NumericRow, ...]:
    """In the order of `Channel`; parts add up to the whole above them.

    `to_date` are the facts since the year began, those of the period among them.
    """
    order = list(Channel)
    ranked = sorted(facts, key=lambda fact: order.index(fact.channel))
    rows: list[NumericRow] = []
    for channel, form, unit in dict.fromkeys((one.channel, one.form, one.unit) for one in ranked):
        alike = [
            one for one in ranked if (one.channel, one.form, one.unit) == (channel, form, unit)
        ]
        since = [
            one for one in to_date if (one.channel, one.form, one.unit) == (channel, form, unit)
        ]
        name = form or CHANNEL_NAMES[channel]
        topics = list(dict.fromkeys(one.topic for one in alike))
        if len(topics) == 1 and topics[0] and not form:
            name = f"{name}: {topics[0]}"
        rows.append(_row(name, unit, alike, since))
        if len(topics) > 1:
            rows += [
                _row(
                    f"Trong đó: {topic or 'không theo chủ đề'}",
                    unit,
                    [one for one in alike if one.topic == topic],
                    [one for one in since if one.topic == topic],
                    is_part=True,
                )
                for topic in topics
            ]
    return tuple(rows)


def _row(
    form: str,
    unit: str,
    facts: Sequence[ChannelFact],
    to_date: Sequence[ChannelFact],
    *,
    is_part: bool = False,
) -> NumericRow:
    is_estimate = any(fact.is_estimate for fact in facts)
    since: Decimal | None = total_of(to_date) if to_date else None
    return NumericRow(
        form,
        unit,
        total_of(facts),
        to_date=since,
        note="Ước tính" if is_estimate else "",
        is_estimate=is_estimate,
        is_part=is_part,
    )
