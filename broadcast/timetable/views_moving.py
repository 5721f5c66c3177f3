"""The question before a session is moved, and its answer: a page, or a piece in the calendar."""

from datetime import date, time
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from broadcast import web
from broadcast.errors import EditConflict, InvalidInput, LoaError
from broadcast.people.rules import Right
from broadcast.timetable.filling import fill_station
from broadcast.timetable.forms_days import MoveForm
from broadcast.timetable.moving import Move, Scope, foresee_move, move_session
from broadcast.timetable.ordering import get_session
from broadcast.timetable.pages import pages
from broadcast.web import needs
from scheduler.timetable.wall_clock import zone_named


@pages.get("/buoi/<session_id>/doi-gio")
@needs(Right.SCHEDULE)
def ask_move(session_id: str) -> Any:
    """`ngay` and `gio` are where it was dropped; without them it is asked from where it stands."""
    form = MoveForm(formdata=None)
    local = _stands_at(session_id)
    form.to_day.data = _parsed(date.fromisoformat, "ngay") or local.date()
    form.to_time.data = _parsed(time.fromisoformat, "gio") or local.time()
    return _question(session_id, form)


@pages.post("/buoi/<session_id>/doi-gio")
@needs(Right.SCHEDULE)
def move_in_time(session_id: str) -> Any:
    desk = web.desk()
    form = MoveForm()
    if not form.validate_on_submit():
        return _question(session_id, form, status=422)
    picked = _parsed(time.fromisoformat, "pick", request.form)
    if picked:
        form.to_time.data = picked
    name = get_session(desk, session_id).name
    try:
        slot = move_session(desk, session_id, _move_of(form))
    except EditConflict as err:
        return _question(session_id, form, told=err, status=409)
    except InvalidInput as err:
        return _question(session_id, form, told=err, status=422)
    fill_station(desk)
    day, at = form.to_day.data, form.to_time.data
    flash(_("Đã dời %(name)s sang %(at)s.", name=name, at=f"{at:%H:%M} {day:%d/%m}"), "done")
    undo: dict[str, Any] = {"vua-tach": slot.id} if slot else {"vua-doi": session_id}
    if request.form.get("back") == "day":
        return _leave_for(url_for("timetable.day", day=day.isoformat(), **undo))
    return _leave_for(url_for("timetable.week", ngay=day.isoformat(), **undo))


def _move_of(form: MoveForm) -> Move:
    return Move(
        to_day=form.to_day.data,
        to_time=form.to_time.data,
        row_version=form.row_version.data or 0,
        scope=Scope(form.scope.data),
        reason=form.reason.data or "",
        may_overlap=form.may_overlap.data,
    )


def _leave_for(address: str) -> Response:
    """A piece in the calendar is told where to go; a page is sent there."""
    if web.is_fragment():
        return Response(status=204, headers={"HX-Redirect": address})
    return redirect(address)  # type: ignore[return-value]


def _question(
    session_id: str, form: MoveForm, *, told: LoaError | None = None, status: int = 200
) -> Any:
    """Asked anew it shows the session as it stands now; the next answer is about that one."""
    desk = web.desk()
    day, at = form.to_day.data, form.to_time.data
    local = _stands_at(session_id)
    seen = foresee_move(desk, session_id, day or local.date(), at or local.time())
    form.row_version.data = seen.session.row_version
    zone = local.tzinfo
    return render_template(
        "timetable/_move.html" if web.is_fragment() else "timetable/move.html",
        form=form,
        seen=seen,
        stands=local,
        free=[start.astimezone(zone).time() for start in seen.free],
        told=told,
        back=request.values.get("back", "week"),
    ), status


def _stands_at(session_id: str) -> Any:
    """The start as the station's clocks show it."""
    row = get_session(web.desk(), session_id)
    return row.starts_at.astimezone(zone_named(web.station().time_zone))


def _parsed(parse: Any, name: str, values: Any = None) -> Any:
    """What the address says, None when it says nothing that can be read."""
    try:
        return parse((values or request.args).get(name, ""))
    except ValueError:
        return None
