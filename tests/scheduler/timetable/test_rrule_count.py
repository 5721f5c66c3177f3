"""A rule that holds so many times: kept as an end, the same days as another program counts."""

from datetime import date, datetime, time, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.timetable.errors import RuleNotExpressible
from scheduler.timetable.expand import expand
from scheduler.timetable.rrule import MOST_TIMES, end_after, from_rrule
from scheduler.timetable.slots import Frequency, Recurrence, falls_on

MONDAY = date(2026, 11, 23)
DAY = timedelta(days=1)
RULES = st.sampled_from(
    [
        "FREQ=DAILY",
        "FREQ=DAILY;INTERVAL=3",
        "FREQ=WEEKLY;BYDAY=MO,FR",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU",
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=1,-1",
    ]
)


def read(text: str):
    return from_rrule(text, starts=MONDAY, local_time=time(17), time_zone="Asia/Ho_Chi_Minh")


def test_three_times_every_day_end_with_the_third():
    assert read("FREQ=DAILY;COUNT=3").valid_until == date(2026, 11, 26)


@settings(deadline=None, max_examples=80)
@given(rule=RULES, count=st.integers(1, 40))
def test_another_program_counts_the_same_days(rule, count):
    imported = read(f"{rule};COUNT={count}")

    days = (imported.valid_until - MONDAY).days
    ours = [d for d in (MONDAY + n * DAY for n in range(days)) if falls_on(imported.recurrence, d)]
    start = datetime.combine(MONDAY, time(17))
    assert ours == [at.date() for at in rrulestr(f"{rule};COUNT={count}", dtstart=start)]


@settings(deadline=None, max_examples=60)
@given(rule=RULES, count=st.integers(1, 40), cut=st.integers(0, 120))
def test_counted_windows_joined_are_the_whole(make_slot, rule, count, cut):
    imported = read(f"{rule};COUNT={count}")
    slot = make_slot(
        recurrence=imported.recurrence, valid_from=MONDAY, valid_until=imported.valid_until
    )
    end, middle = MONDAY + 3_000 * DAY, MONDAY + cut * DAY

    def between(first, last):
        return expand([slot], [], [], (), from_day=first, to_day=last)

    whole = between(MONDAY, end)
    assert between(MONDAY, middle) + between(middle, end) == whole
    assert len(whole) == count


@pytest.mark.parametrize("count", [0, -1, MOST_TIMES + 1])
def test_a_number_of_times_that_makes_no_sense_is_refused(count):
    with pytest.raises(RuleNotExpressible):
        end_after(Recurrence(frequency=Frequency.DAILY, anchor=MONDAY), MONDAY, count)


def test_a_rule_that_never_falls_has_no_end():
    thirtieth = Recurrence(
        frequency=Frequency.MONTHLY,
        anchor=date(2026, 2, 1),
        interval=12,
        month_days=frozenset({30}),
    )

    assert end_after(thirtieth, MONDAY, 2) is None
