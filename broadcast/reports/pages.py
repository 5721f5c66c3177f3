"""The blueprint that the pages of figures, channels and papers hang on."""

from datetime import date, datetime, timedelta
from typing import Any

from flask import Blueprint
from flask_babel import gettext

from broadcast.reports.period_words import say_dates, say_label
from broadcast.reports.periods import Period, month_period

pages = Blueprint("reports", __name__, url_prefix="/bao-cao")


@pages.app_template_filter("day_before")
def day_before(day: date) -> date:
    """The last day of a half-open span, for people."""
    return day - timedelta(days=1)


@pages.app_template_filter("as_instant")
def as_instant(written: str) -> datetime:
    """An RFC 3339 instant of our own making, for the filters that show it in the station's zone."""
    return datetime.fromisoformat(written)


@pages.app_template_filter("label_said")
def label_said(period: Period) -> str:
    """In the language of the page; papers print `Period.label`."""
    return say_label(period, gettext)


@pages.app_template_filter("dates_said")
def dates_said(period: Period) -> str:
    """In the language of the page; papers print `Period.dates`."""
    return say_dates(period, gettext)


@pages.context_processor
def words_of_months() -> dict[str, Any]:
    return {"month_days": month_days, "days_within": days_within}


def month_days(key: str) -> tuple[date, date]:
    """First and last day of the month `2023-05`."""
    year, month = key.split("-")
    period = month_period(int(year), int(month))
    return period.first_day, period.last_day


def days_within(key: str, period: Period) -> tuple[date, date]:
    """The days of that month which the period holds: by the decree it begins on a 15th."""
    first_day, last_day = month_days(key)
    return max(first_day, period.first_day), min(last_day, period.last_day)
