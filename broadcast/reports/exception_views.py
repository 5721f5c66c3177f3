"""The sessions outside the regulation's hours as a page, to read and to print."""

from typing import Any

from flask import render_template, request

from broadcast import web
from broadcast.people.rules import Right
from broadcast.reports.errors import (
    DateNotUnderstood,
    NoSuchPeriod,
    PeriodReversed,
    PeriodTooLong,
)
from broadcast.reports.figure_views import PICKER, today
from broadcast.reports.pages import pages
from broadcast.reports.period_words import read_picked
from broadcast.stations.papers import list_regulations
from broadcast.timetable.exceptions import list_exceptions, say_hours
from broadcast.web import needs


@pages.get("/ngoai-gio")
@needs(Right.LOOK)
def exceptions() -> Any:
    try:
        period = read_picked(request.args, today())
    except (PeriodReversed, PeriodTooLong, NoSuchPeriod, DateNotUnderstood) as err:
        return render_template("reports/no_period.html", err=err, **PICKER), err.status
    desk = web.desk()
    time_zone = web.station().time_zone
    found = list_exceptions(desk, period.first_day, period.end_day)
    return render_template(
        "reports/exceptions.html",
        rows=[(one, say_hours(one.parts, time_zone)) for one in found],
        period=period,
        has_regulation=bool(list_regulations(desk)),
        **PICKER,
    )
