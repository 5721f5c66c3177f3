"""Vietnamese public holidays of a year: Bộ luật Lao động 45/2019/QH14, điều 112, and 24 November.

Tết is five days and the National Day two; which ones is announced each year (one day before Tết
and four from it, or two and three; 1 or 3 September). Days swapped with a Saturday and whatever
else is announced come in by the table of overrides, which always wins. These are defaults for the
operator to look over, not law.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from scheduler.timetable.lunar import LunarDate, tet, to_solar
from scheduler.timetable.wall_clock import ONE_DAY

TET_DAYS = 5
CULTURE_DAY_SINCE = 2026
NAMES = {
    "new_year": "Tết Dương lịch",
    "hung_kings": "Giỗ Tổ Hùng Vương",
    "victory": "Ngày Chiến thắng",
    "labour": "Ngày Quốc tế Lao động",
    "beside_national": "Nghỉ lễ Quốc khánh",
    "national": "Quốc khánh",
    "culture": "Ngày Văn hóa Việt Nam",
}
TET_NAMES = (
    "Nghỉ Tết cuối năm",
    "Mùng 1 Tết",
    "Mùng 2 Tết",
    "Mùng 3 Tết",
    "Mùng 4 Tết",
    "Mùng 5 Tết",
)
"""Any day before mùng một has the first name."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """What was announced for a year: days before mùng một, and 1 or 3 September."""

    days_before_tet: int = 1
    eve_of_national_day: bool = True


ANNOUNCED: Mapping[int, Announcement] = {
    2023: Announcement(days_before_tet=2),
    2024: Announcement(days_before_tet=2, eve_of_national_day=False),
    2025: Announcement(days_before_tet=2),
    2026: Announcement(),
}


def public_holidays(
    year: int,
    overrides: Mapping[date, str | None] | None = None,
    announced: Announcement | None = None,
) -> dict[date, str]:
    """Day and Vietnamese name of each public holiday of a solar year, in order.

    :param overrides: a name adds or renames a day, None takes it out; days of other years are
        left aside, so one table serves all years.
    :param announced: for that year; without it what is known of the year, else the usual.
    """
    chosen = announced or ANNOUNCED.get(year, Announcement())
    days = _tet_days(year, chosen.days_before_tet)
    days[date(year, 1, 1)] = NAMES["new_year"]
    days[to_solar(LunarDate(10, 3, year))] = NAMES["hung_kings"]
    days[date(year, 4, 30)] = NAMES["victory"]
    days[date(year, 5, 1)] = NAMES["labour"]
    days[date(year, 9, 1 if chosen.eve_of_national_day else 3)] = NAMES["beside_national"]
    days[date(year, 9, 2)] = NAMES["national"]
    if year >= CULTURE_DAY_SINCE:
        days[date(year, 11, 24)] = NAMES["culture"]
    for day, name in (overrides or {}).items():
        if day.year != year:
            continue
        if name is None:
            days.pop(day, None)
        else:
            days[day] = name
    return dict(sorted(days.items()))


def _tet_days(year: int, days_before: int) -> dict[date, str]:
    first = tet(year)
    days = {}
    for number in range(-days_before, TET_DAYS - days_before):
        days[first + timedelta(days=number)] = TET_NAMES[max(number + 1, 0)]
    return days


def holidays_between(
    from_day: date,
    until_day: date,
    overrides: Mapping[date, str | None] | None = None,
) -> dict[date, str]:
    """The public holidays on the local days [from_day, until_day), in order."""
    if until_day <= from_day:
        return {}
    years = range(from_day.year, (until_day - ONE_DAY).year + 1)
    days = {day: name for year in years for day, name in public_holidays(year, overrides).items()}
    return {day: name for day, name in days.items() if from_day <= day < until_day}
