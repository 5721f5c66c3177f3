"""One day of the calendar as a page."""

from datetime import date, timedelta
from typing import Any

from flask import render_template, request
from flask_babel import gettext as _

from broadcast import web
from broadcast.errors import NotFound
from broadcast.people.rules import Right
from broadcast.stations.queries import list_zones
from broadcast.timetable.day import read_day
from broadcast.timetable.pages import pages
from broadcast.timetable.queries import today
from broadcast.timetable.undoing import find_undo
from broadcast.web import needs

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)


@pages.get("/ngay")
@pages.get("/ngay/<day>")
@needs(Right.LOOK)
def day(day: str = "") -> Any:
    desk = web.desk()
    asked = read_day_asked(day, today(desk))
    zone_id = request.args.get("khu-vuc", "")
    zones = list_zones(desk)
    return render_template(
        "timetable/day.html",
        look=read_day(desk, asked, zone_id),
        before=asked - timedelta(days=1),
        after=asked + timedelta(days=1),
        zones=zones,
        zone_id=zone_id,
        zone_name=next((zone.name for zone in zones if zone.id == zone_id), _("Mọi khu vực")),
        undo=find_undo(desk, request.args),
    )


def read_day_asked(asked: str, otherwise: date) -> date:
    """:raises NotFound: an address with a day that does not exist."""
    if not asked:
        return otherwise
    try:
        found = date.fromisoformat(asked)
    except ValueError as err:
        raise NotFound(day=asked) from err
    if not EARLIEST <= found <= LATEST:
        raise NotFound(day=asked)
    return found
