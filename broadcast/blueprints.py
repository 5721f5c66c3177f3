"""Every door of the application: pages for people, interfaces for boxes and the report module."""

from flask import Flask
from flask_wtf.csrf import CSRFProtect

from broadcast.airlog.views import pages as airlog_pages
from broadcast.boxes.api import api as box_api
from broadcast.boxes.media import media
from broadcast.boxes.path_players import players
from broadcast.boxes.views import pages as box_pages
from broadcast.bulletins.views import pages as bulletin_pages
from broadcast.console.openapi import api as openapi
from broadcast.console.views import pages as console_pages
from broadcast.limiting import limit_guesses
from broadcast.people.views import pages as people_pages
from broadcast.reports.api import api as report_api
from broadcast.reports.views import pages as report_pages
from broadcast.stations.views import pages as station_pages
from broadcast.timetable.views import pages as timetable_pages

PAGES = (
    console_pages,
    people_pages,
    station_pages,
    bulletin_pages,
    timetable_pages,
    box_pages,
    airlog_pages,
    report_pages,
)
MACHINES = (box_api, media, players, report_api, openapi)
limit_guesses(box_api, media, players, report_api)


def register(app: Flask) -> None:
    for blueprint in (*PAGES, *MACHINES):
        app.register_blueprint(blueprint)


def exempt_machines(csrf: CSRFProtect) -> None:
    """They carry a token in a header and no cookie: there is nothing to forge."""
    for blueprint in MACHINES:
        csrf.exempt(blueprint)
