"""The calendar feed: for calendar programs by its key, for people the page that shows the key."""

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from broadcast import web
from broadcast.desk import Desk
from broadcast.limiting import guesses
from broadcast.people.rules import Actor, Right
from broadcast.stations.queries import list_zones
from broadcast.timetable.feed import actor_of_feed, find_feed_key, renew_feed_key, write_feed
from broadcast.timetable.pages import pages
from broadcast.web import needs


@pages.get("/lich/<key>.ics")
@guesses
def feed(key: str) -> Response:
    """No sign-in: whoever knows the address may read, as calendar programs do."""
    stranger = Desk(web.session(), Actor.machine("", "lịch ngoài"), web.now(), web.parts().jobs)
    reader = stranger.acting_as(actor_of_feed(stranger, key))
    body = write_feed(reader, request.args.get("khu-vuc") or None)
    return Response(
        body,
        mimetype="text/calendar",
        headers={"Cache-Control": "private, max-age=300", "X-Robots-Tag": "noindex"},
    )


@pages.get("/lich-ngoai")
@needs(Right.LOOK)
def feeds() -> Any:
    desk = web.desk()
    return render_template("timetable/feeds.html", key=find_feed_key(desk), zones=list_zones(desk))


@pages.post("/lich-ngoai")
@needs(Right.SCHEDULE)
def renew_feed() -> Any:
    renew_feed_key(web.desk())
    flash(_("Đã tạo địa chỉ mới. Địa chỉ cũ không dùng được nữa."), "done")
    return redirect(url_for("timetable.feeds"))
