"""Recognises who is asking: a browser by its cookie. Boxes and report keys come by their own."""

from datetime import timedelta

from flask import g, request
from flask import session as cookie
from sqlalchemy import select, update

from broadcast import web
from broadcast.people.models import SignIn
from broadcast.people.rules import Actor
from broadcast.people.secrets import secret_hash

SEEN_EVERY = timedelta(minutes=5)
"""Writing at each click would make every reading page a writing one."""


def recognise_person() -> None:
    """Sets `g.person` and `g.actor` when the cookie belongs to a sign-in that still holds."""
    if request.endpoint == "static":
        # Any cache may keep these; nothing in them may depend on a cookie, not even `Vary`.
        return
    token = cookie.get("sign_in")
    if token is None:
        return
    row = web.session().scalar(select(SignIn).where(SignIn.token_hash == secret_hash(token)))
    if row is None or row.revoked_at is not None or row.expires_at <= web.now():
        cookie.pop("sign_in", None)
        return
    person = row.user
    if person.disabled_at is not None:
        return
    g.person, g.sign_in_id = person, row.id
    g.actor = Actor.person(person.station_id, person.id, person.display_name, person.role)
    if web.now() - row.seen_at > SEEN_EVERY:
        _mark_seen(row.id)


def _mark_seen(sign_in_id: str) -> None:
    with web.parts().writing() as session:
        session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(seen_at=web.now()))
        session.commit()
