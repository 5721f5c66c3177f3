"""What every page knows without asking: who is signed in, the station, words in its time zone."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, g
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.local import LocalProxy

from broadcast import web, wording
from broadcast.console.needs import list_needs
from broadcast.console.on_air import OnAir, on_air_now

WORDS = (_("giờ"), _("phút"), _("giây"), _("ngày"), _("vừa xong"), _("trước"), _("dưới 1 phút"))
"""What `wording` says, named here for the catalogue; weekdays stand in the macros of forms."""


def configure_context(app: Flask) -> None:
    app.context_processor(_everywhere)
    for name in ("local_time", "local_date", "local_moment", "minute_of_day"):
        app.jinja_env.filters[name] = _in_station_zone(getattr(wording, name))
    app.jinja_env.filters["long_date"] = _in_station_zone(_in_words_of_page(wording.long_date))
    for name in ("ago", "until"):
        app.jinja_env.filters[name] = _from_now(_in_words_of_page(getattr(wording, name)))
    for name in ("weekday", "duration"):
        app.jinja_env.filters[name] = _in_words_of_page(getattr(wording, name))
    for name in ("clock_length", "minutes", "number_vi", "percent_vi"):
        app.jinja_env.filters[name] = getattr(wording, name)


def _everywhere() -> dict[str, Any]:
    person = g.get("person")
    known: dict[str, Any] = {"me": person, "rights": frozenset(), "now": web.now()}
    if person is not None:
        known |= {"station": web.station(), "rights": g.actor.rights}
        # Proxies: a fragment that shows neither does not ask the database for them.
        known |= {"on_air": LocalProxy(_on_air), "needs_me_count": LocalProxy(_needs_me_count)}
    return known


def _on_air() -> OnAir:
    if "on_air" not in g:
        g.on_air = on_air_now(web.desk())
    found: OnAir = g.on_air
    return found


def _needs_me_count() -> int:
    if "needs_me_count" not in g:
        g.needs_me_count = len(list_needs(web.desk()))
    found: int = g.needs_me_count
    return found


def station_zone() -> ZoneInfo:
    """The station's zone; before anybody is signed in, Vietnam's."""
    return ZoneInfo(web.station().time_zone if g.get("actor") else "Asia/Ho_Chi_Minh")


def _in_words_of_page(words: Callable[..., str]) -> Callable[..., str]:
    """In the language of the page: each word goes through the catalogue."""

    @wraps(words)
    def said(*given: Any) -> str:
        return words(*given, gettext)

    return said


def _in_station_zone(words: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(words)
    def filled(value: Any) -> Any:
        return "" if value is None else words(value, station_zone())

    return filled


def _from_now(words: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(words)
    def filled(value: Any) -> Any:
        return "" if value is None else words(value, web.now())

    return filled
