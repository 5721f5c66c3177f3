"""Recurrences as RFC 5545 text; dateutil, which knows nothing of ours, is the second opinion."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.timetable.errors import RuleNotExpressible
from scheduler.timetable.rrule import first_day, from_rrule, to_rrule
from scheduler.timetable.slots import Frequency, Recurrence, falls_on
from scheduler.timetable.wall_clock import zone_named

HANOI = "Asia/Ho_Chi_Minh"
MONDAY = date(2026, 11, 23)
DAY = timedelta(days=1)


def read(text: str, starts: date = MONDAY, local_time: time = time(17), time_zone: str = HANOI):
    return from_rrule(text, starts=starts, local_time=local_time, time_zone=time_zone)


def recurrence(frequency: Frequency, **facts) -> Recurrence:
    facts = {name: frozenset(v) if isinstance(v, set) else v for name, v in facts.items()}
    return Recurrence(frequency=frequency, **({"anchor": MONDAY} | facts))


@st.composite
def expressible(draw) -> Recurrence:
    frequency = draw(st.sampled_from(Frequency))
    facts = {
        Frequency.DAILY: {},
        Frequency.WEEKLY: {"weekdays": draw(st.frozensets(st.integers(0, 6), min_size=1))},
        Frequency.MONTHLY: {
            "month_days": draw(st.frozensets(st.sampled_from([1, 9, 28, 30, 31, -1]), min_size=1))
        },
    }[frequency]
    anchor = draw(st.dates(date(2024, 1, 1), date(2026, 1, 1)))
    return recurrence(frequency, anchor=anchor, interval=draw(st.integers(1, 4)), **facts)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (recurrence(Frequency.DAILY), "FREQ=DAILY"),
        (recurrence(Frequency.DAILY, interval=3), "FREQ=DAILY;INTERVAL=3"),
        (recurrence(Frequency.WEEKLY, weekdays={4, 0}), "FREQ=WEEKLY;BYDAY=MO,FR"),
        (recurrence(Frequency.MONTHLY, month_days={15, -1}), "FREQ=MONTHLY;BYMONTHDAY=-1,15"),
    ],
    ids=str,
)
def test_a_recurrence_is_written_as_this_text_and_read_from_it(make_slot, rule, text):
    assert to_rrule(make_slot(recurrence=rule)) == text
    assert read(text).recurrence == rule
    assert read(f"RRULE:{text.lower()}").recurrence == rule


def test_the_end_of_a_slot_is_the_last_second_before_it_in_utc(make_slot):
    slot = make_slot(valid_until=date(2026, 12, 1))

    assert to_rrule(slot).endswith("UNTIL=20261130T165959Z")


def test_lunar_days_are_not_expressible(make_slot):
    lunar = recurrence(Frequency.MONTHLY, lunar_days={15})

    with pytest.raises(RuleNotExpressible) as refused:
        to_rrule(make_slot(recurrence=lunar))

    assert "âm lịch" in refused.value.message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FREQ=WEEKLY", recurrence(Frequency.WEEKLY, weekdays={0})),
        ("FREQ=MONTHLY", recurrence(Frequency.MONTHLY, month_days={23})),
        ("FREQ=DAILY;BYDAY=MO,TU", recurrence(Frequency.WEEKLY, weekdays={0, 1})),
        ("FREQ=WEEKLY;WKST=SU;BYDAY=SU", recurrence(Frequency.WEEKLY, weekdays={6})),
        (
            "FREQ=WEEKLY;WKST=MO;INTERVAL=2;BYDAY=SU",
            recurrence(Frequency.WEEKLY, weekdays={6}, interval=2),
        ),
    ],
)
def test_what_the_text_leaves_out_comes_from_its_start(text, expected):
    assert read(text).recurrence == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "FREQ",
        "INTERVAL=2",
        "FREQ=YEARLY",
        "FREQ=HOURLY",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;COUNT=2000",
        "FREQ=DAILY;COUNT=5;UNTIL=20261130",
        "FREQ=DAILY;FREQ=DAILY",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=hai",
        "FREQ=DAILY;INTERVAL=2;BYDAY=MO",
        "FREQ=WEEKLY;BYDAY=2MO",
        "FREQ=WEEKLY;BYMONTHDAY=3",
        "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU",
        "FREQ=MONTHLY;BYDAY=MO",
        "FREQ=MONTHLY;BYMONTHDAY=-2",
        "FREQ=MONTHLY;BYSETPOS=1;BYDAY=MO",
        "FREQ=DAILY;UNTIL=mai",
    ],
)
def test_what_cannot_be_expressed_is_refused_with_a_way_out(text):
    with pytest.raises(RuleNotExpressible) as refused:
        read(text)

    assert refused.value.code == "timetable.rule_not_expressible"
    assert refused.value.message.endswith(".")


@pytest.mark.parametrize(
    ("until", "valid_until"),
    [
        ("20261130", date(2026, 12, 1)),
        ("20261130T170000", date(2026, 12, 1)),
        ("20261130T165959", date(2026, 11, 30)),
        ("20261130T100000Z", date(2026, 12, 1)),
        ("20261130T095959Z", date(2026, 11, 30)),
        ("20261130T170000Z", date(2026, 12, 1)),
    ],
)
def test_until_includes_a_session_that_starts_by_then(until, valid_until):
    assert read(f"FREQ=DAILY;UNTIL={until}").valid_until == valid_until


def test_a_slot_that_never_falls_has_no_first_day(make_slot):
    thirtieth = recurrence(Frequency.MONTHLY, anchor=date(2026, 2, 1), month_days={30}, interval=12)

    assert first_day(make_slot(recurrence=thirtieth, valid_from=MONDAY)) is None


def test_the_first_day_is_not_before_the_slot_is_valid(make_slot):
    friday = make_slot(recurrence=recurrence(Frequency.WEEKLY, weekdays={4}), valid_from=MONDAY)

    assert first_day(friday) == MONDAY + 4 * DAY


@settings(deadline=None, max_examples=80)
@given(rule=expressible(), length=st.integers(1, 200))
def test_another_program_finds_the_same_days(make_slot, rule, length):
    slot = make_slot(
        recurrence=rule, valid_from=date(2026, 1, 1), valid_until=date(2026, 1, 1) + length * DAY
    )
    ours = [
        day for day in (slot.valid_from + n * DAY for n in range(length)) if falls_on(rule, day)
    ]
    starts = first_day(slot)
    assert starts == (ours[0] if ours else None)
    if starts is None:
        return

    dtstart = datetime.combine(starts, slot.local_time, zone_named(HANOI))
    theirs = [at.date() for at in rrulestr(to_rrule(slot), dtstart=dtstart)]

    assert theirs == ours


@settings(deadline=None, max_examples=80)
@given(rule=expressible(), length=st.none() | st.integers(1, 400))
def test_what_is_written_is_read_again(make_slot, rule, length):
    valid_from = date(2026, 1, 1)
    valid_until = None if length is None else valid_from + length * DAY
    slot = make_slot(recurrence=rule, valid_from=valid_from, valid_until=valid_until)
    starts = first_day(slot)
    if starts is None:
        return

    imported = read(to_rrule(slot), starts=starts)

    assert imported.valid_until == valid_until
    days = [starts + n * DAY for n in range(150)]
    assert [falls_on(imported.recurrence, d) for d in days] == [falls_on(rule, d) for d in days]


def test_until_is_read_in_the_zone_of_the_slot():
    paris = read("FREQ=DAILY;UNTIL=20261130T160000Z", time_zone="Europe/Paris")

    assert paris.valid_until == date(2026, 12, 1)
    assert datetime(2026, 11, 30, 16, tzinfo=UTC).astimezone(zone_named("Europe/Paris")).hour == 17
