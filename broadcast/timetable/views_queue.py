"""The queue as pages: what waits, asking for airings, taking back."""

from datetime import timedelta
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from wtforms.fields import SelectChoice

from broadcast import web
from broadcast.bulletins.queries import get_bulletin
from broadcast.errors import InvalidInput
from broadcast.people.rules import Right
from broadcast.timetable.filling import fill_station
from broadcast.timetable.forms import WishForm, offered_zones
from broadcast.timetable.pages import pages
from broadcast.timetable.queries import find_fill_note, list_queue, list_slots, today, when_heard
from broadcast.timetable.queueing import close_wish, queue_bulletin, reopen_wish
from broadcast.timetable.rehearsal import rehearse_wish
from broadcast.web import needs

DEFAULT_DAYS = 7


@pages.get("/hang-doi")
@needs(Right.LOOK)
def queue() -> Any:
    desk = web.desk()
    return render_template(
        "timetable/queue.html", asked=list_queue(desk), note=find_fill_note(desk)
    )


@pages.route("/xep/<bulletin_id>", methods=["GET", "POST"], endpoint="queue_bulletin")
@needs(Right.SCHEDULE)
def queue_bulletin_page(bulletin_id: str) -> Any:
    """Asks for airings, after a look at what that would do; then says when it will be heard."""
    desk = web.desk()
    bulletin = get_bulletin(desk, bulletin_id)
    form, foreseen = WishForm(), None
    form.zone_ids.choices = offered_zones(desk)
    form.slot_ids.choices = [
        SelectChoice(slot.id, f"{slot.name} {slot.local_time:%H:%M}") for slot in list_slots(desk)
    ]
    if request.method == "GET":
        form.from_day.data = today(desk)
        form.last_day.data = today(desk) + timedelta(days=DEFAULT_DAYS - 1)
    elif form.validate_on_submit():
        try:
            if request.form.get("deed") == "rehearse":
                foreseen = rehearse_wish(desk, bulletin_id, form.draft())
            else:
                queue_bulletin(desk, bulletin_id, form.draft())
                fill_station(desk)
                flash(_("Đã xếp lịch."), "done")
                return redirect(url_for("timetable.heard", bulletin_id=bulletin_id))
        except InvalidInput as err:
            form.form_errors.append(_(err.message))
    page = render_template(
        "timetable/wish_form.html",
        form=form,
        bulletin=bulletin,
        foreseen=foreseen,
        heard=when_heard(desk, bulletin_id),
    )
    return page, 422 if form.errors else 200


@pages.get("/bao-gio/<bulletin_id>")
@needs(Right.LOOK)
def heard(bulletin_id: str) -> Any:
    desk = web.desk()
    bulletin = get_bulletin(desk, bulletin_id)
    return render_template(
        "timetable/heard.html", bulletin=bulletin, heard=when_heard(desk, bulletin_id)
    )


@pages.post("/hang-doi/<wish_id>/rut")
@needs(Right.SCHEDULE)
def close(wish_id: str) -> Any:
    desk = web.desk()
    close_wish(desk, wish_id)
    fill_station(desk)
    return render_template("timetable/closed.html", wish_id=wish_id)


@pages.post("/hang-doi/<wish_id>/tra-lai")
@needs(Right.SCHEDULE)
def reopen(wish_id: str) -> Any:
    desk = web.desk()
    row = reopen_wish(desk, wish_id)
    fill_station(desk)
    flash(_("Đã đưa lại vào hàng đợi."), "done")
    return redirect(url_for("timetable.heard", bulletin_id=row.bulletin_id))
