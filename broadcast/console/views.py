"""The frame: today's page, the on-air strip, and the guide."""

import hashlib
from http import HTTPStatus
from typing import Any

from flask import Blueprint, g, make_response, render_template, request
from flask_babel import get_locale
from werkzeug.wrappers import Response

from broadcast import web
from broadcast.console.desk_now import DeskNow, desk_now
from broadcast.console.year import YearFigures, year_figures
from broadcast.people.rules import Right
from broadcast.web import needs

pages = Blueprint("console", __name__)


@pages.get("/")
@needs(Right.LOOK)
def today() -> Any:
    present = _look()
    figures = year_figures(web.desk())
    return render_template(
        "console/today.html",
        look=present,
        etag=_etag(present),
        figures=figures,
        year_etag=_etag(figures),
    )


@pages.get("/hom-nay")
@needs(Right.LOOK)
def today_live() -> Response:
    """The part of today's page that changes by itself, asked for every ten seconds.

    The page sends back the tag of what it shows. As long as nothing changed the answer is a bare
    304, and `HX-Reswap: none` keeps htmx from swapping in its emptiness. Polls, not server-sent
    events: an open connection would hold a thread of the server each, while 50 open dashboards
    polling take an eighth of one core (tests/bench/bench_dashboards.py).
    """
    present = _look()
    etag = _etag(present)
    return _if_changed(etag, "console/_live.html", look=present, etag=etag)


@pages.get("/hom-nay/nam")
@needs(Right.LOOK)
def year_live() -> Response:
    """The year's three figures, asked for every minute in the same way."""
    figures = year_figures(web.desk())
    etag = _etag(figures)
    return _if_changed(etag, "console/_year.html", figures=figures, year_etag=etag)


@pages.get("/tren-song")
@needs(Right.LOOK)
def on_air() -> Any:
    return render_template("console/_on_air.html")


@pages.get("/huong-dan")
@needs(Right.LOOK)
def help() -> Any:  # noqa: A001 -- the page's name in every link
    return render_template("help/guide.html")


@pages.get("/huong-dan/the")
@needs(Right.LOOK)
def card() -> Any:
    return render_template("help/card.html")


def _look() -> DeskNow:
    present = desk_now(web.desk())
    g.on_air, g.needs_me_count = present.on_air, len(present.needs)
    return present


def _if_changed(etag: str, template: str, /, **facts: Any) -> Response:
    if request.if_none_match.contains(etag):
        response = make_response("", HTTPStatus.NOT_MODIFIED)
        response.headers["HX-Reswap"] = "none"
    else:
        response = make_response(render_template(template, **facts))
    response.set_etag(etag)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _etag(facts: DeskNow | YearFigures) -> str:
    """Of the facts, not of the page: what did not change is not even rendered."""
    said = f"{get_locale()}|{facts!r}"
    return hashlib.sha256(said.encode()).hexdigest()[:32]
