"""What a view needs of its request: the desk, the station, a link that may not exist yet."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from ipaddress import ip_address
from typing import Any, ParamSpec, TypeVar
from urllib.parse import urlsplit

from flask import current_app, g, request, url_for
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.routing import BuildError

from broadcast.clock import Clock
from broadcast.config import Settings
from broadcast.desk import Desk
from broadcast.errors import NotSignedIn
from broadcast.jobs.queue import JobQueue
from broadcast.people.rules import Actor, Right
from broadcast.stations.models import Station

P = ParamSpec("P")
R = TypeVar("R")

READING = {"GET", "HEAD", "OPTIONS"}


class Parts:
    """What `create_app` was given, kept in `app.extensions["loa"]`."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        jobs: JobQueue,
        writing: sessionmaker[Session],
        reading: sessionmaker[Session],
    ) -> None:
        self.settings = settings
        self.clock = clock
        self.jobs = jobs
        self.writing = writing
        self.reading = reading


def parts() -> Parts:
    found: Parts = current_app.extensions["loa"]
    return found


def now() -> datetime:
    """The moment of this request; one and the same for everything it does."""
    if "now" not in g:
        g.now = parts().clock()
    moment: datetime = g.now
    return moment


def session() -> Session:
    """The request's session. A reading request never takes SQLite's write lock."""
    if "session" not in g:
        make = parts().reading if request.method in READING else parts().writing
        g.session = make()
    found: Session = g.session
    return found


def desk() -> Desk:
    """:raises NotSignedIn: when nobody is known to be asking."""
    if g.get("actor") is None:
        raise NotSignedIn
    if "desk" not in g:
        g.desk = Desk(session(), g.actor, now(), parts().jobs)
    found: Desk = g.desk
    return found


def become(actor: Actor) -> Desk:
    """From here on the request acts as `actor` (a signed-in person, a box, a report key)."""
    g.actor = actor
    g.pop("desk", None)
    return desk()


def writing_desk(actor: Actor) -> Desk:
    """A desk that may write although the request only reads (a heartbeat of a sign-in)."""
    return Desk(parts().writing(), actor, now(), parts().jobs)


def station() -> Station:
    if "station" not in g:
        g.station = session().get_one(Station, desk().station_id)
    found: Station = g.station
    return found


def needs(
    right: Right, *, to_post: Right | None = None
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """A view for those who hold `right`, whose form is for those who hold `to_post`. The services
    check again; this spares a useless page, and answers before anything sent is looked at.
    """

    def guard(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            desk().actor.must(right if request.method in READING or to_post is None else to_post)
            return view(*args, **kwargs)

        guarded.needs = right  # type: ignore[attr-defined]
        guarded.needs_to_post = to_post or right  # type: ignore[attr-defined]
        return guarded

    return guard


def link(endpoint: str, **values: Any) -> str | None:
    """`url_for`, or None for a page that this deployment does not have."""
    try:
        return url_for(endpoint, **values)
    except BuildError:
        return None


def own_address() -> str:
    """Without a slash at its end: what boxes and players are told (`LOA_PUBLIC_URL`); where nobody
    has set it, the address that this request came by.
    """
    told = parts().settings.public_url
    return request.host_url.rstrip("/") if is_only_here(told) else told


def is_only_here(url: str) -> bool:
    """At such an address a machine reaches nothing but itself."""
    host = urlsplit(url).hostname or "localhost"
    try:
        address = ip_address(host)
    except ValueError:
        return host == "localhost"
    return address.is_loopback or address.is_unspecified


def is_fragment() -> bool:
    """Htmx asks for a piece of the page."""
    return request.headers.get("HX-Request") == "true"


def close_session(_error: BaseException | None = None) -> None:
    found = g.pop("session", None)
    if found is not None:
        found.close()
