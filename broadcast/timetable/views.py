"""The week, one session of it, and what a person does to that session."""

from datetime import timedelta
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from broadcast import web
from broadcast.errors import InvalidInput
from broadcast.people.rules import Right
from broadcast.timetable import (
    views_closures,
    views_day,
    views_emergency,
    views_feed,
    views_moving,
    views_queue,
    views_slots,
    views_year,
)
from broadcast.timetable.filling import fill_station
from broadcast.timetable.forms import offered_zones
from broadcast.timetable.forms_days import ChangeForm
from broadcast.timetable.occurrences import change_occurrence, undo_change
from broadcast.timetable.ordering import get_session, move_line, release_line
from broadcast.timetable.pages import pages
from broadcast.timetable.queries import find_fill_note, today
from broadcast.timetable.quiet_hours import QuietReasonMissing
from broadcast.timetable.running_sheet import read_sheet
from broadcast.timetable.undoing import find_undo
from broadcast.timetable.views_day import read_day_asked
from broadcast.timetable.week import read_week
from broadcast.web import needs
from scheduler.timetable.slots import ChangeKind

__all__ = [
    "pages",
    "views_closures",
    "views_day",
    "views_emergency",
    "views_feed",
    "views_moving",
    "views_queue",
    "views_slots",
    "views_year",
]


@pages.get("/")
@needs(Right.LOOK)
def week() -> Any:
    return render_template("timetable/week.html", **_week_page())


@pages.get("/in")
@needs(Right.LOOK)
def print_week() -> Any:
    return render_template("timetable/print_week.html", **_week_page())


def _week_page() -> dict[str, Any]:
    desk = web.desk()
    shown = read_week(desk, read_day_asked(request.args.get("ngay", ""), today(desk)))
    return {
        "week": shown,
        "before": shown.monday - timedelta(days=7),
        "after": shown.monday + timedelta(days=7),
        "note": find_fill_note(desk),
        "undo": find_undo(desk, request.args),
    }


@pages.get("/buoi/<session_id>")
@needs(Right.LOOK)
def session(session_id: str) -> Any:
    return _session_page(session_id, ChangeForm(formdata=None))


def _session_page(session_id: str, form: ChangeForm, status: int = 200) -> Any:
    desk = web.desk()
    sheet = read_sheet(desk, session_id)
    form.zone_ids.choices = offered_zones(desk)
    if not form.row_version.data:
        form.row_version.data = sheet.card.row.row_version
    return render_template("timetable/session.html", sheet=sheet, form=form), status


@pages.post("/buoi/<session_id>/thu-tu")
@needs(Right.SCHEDULE)
def move(session_id: str) -> Any:
    """Puts a bulletin at a place of this session; from another session, too."""
    desk = web.desk()
    values = request.form
    move_line(
        desk,
        values.get("line", ""),
        session_id,
        _number(values.get("position", "")),
        row_version=_number(values.get("row_version", "")),
    )
    fill_station(desk)
    flash(_("Đã đặt lại thứ tự. Máy sẽ giữ nguyên chỗ này."), "done")
    return redirect(url_for("timetable.session", session_id=session_id))


@pages.post("/chuyen-tin")
@needs(Right.SCHEDULE)
def carry() -> Any:
    """Carries a bulletin to the end of another session."""
    desk = web.desk()
    target = get_session(desk, request.form.get("to_session", ""))
    move_line(desk, request.form.get("line", ""), target.id, 999, row_version=target.row_version)
    fill_station(desk)
    flash(_("Đã chuyển tin sang buổi này."), "done")
    return redirect(url_for("timetable.session", session_id=target.id))


@pages.post("/buoi/<session_id>/tha")
@needs(Right.SCHEDULE)
def release(session_id: str) -> Any:
    desk = web.desk()
    release_line(desk, request.form.get("line", ""))
    fill_station(desk)
    flash(_("Đã thả. Từ giờ máy tự xếp chỗ cho tin này."), "done")
    return redirect(url_for("timetable.session", session_id=session_id))


@pages.post("/buoi/<session_id>/doi")
@needs(Right.SCHEDULE)
def change(session_id: str) -> Any:
    """Lengthens, replaces or cancels this one session; moving it is a question of its own."""
    desk = web.desk()
    row = get_session(desk, session_id)
    form = ChangeForm()
    form.zone_ids.choices = offered_zones(desk)
    try:
        kind, facts = _what_changes(form)
        if not form.validate_on_submit():
            return _session_page(session_id, form, 422)
        change_occurrence(
            desk,
            row.slot_id or "",
            row.local_day,
            kind=kind,
            facts=facts,
            reason=form.reason.data or "",
            row_version=_number(form.row_version.data),
        )
    except InvalidInput as err:
        form.form_errors.append(_(err.message))
        return _session_page(session_id, form, 422)
    fill_station(desk)
    flash(_("Đã đổi riêng buổi này. Có thể hoàn tác cho tới giờ phát."), "done")
    return redirect(url_for("timetable.session", session_id=session_id))


def _what_changes(form: ChangeForm) -> tuple[ChangeKind, dict[str, object]]:
    kind = request.form.get("kind", "")
    if kind == ChangeKind.CANCELLED:
        return ChangeKind.CANCELLED, {}
    if kind == ChangeKind.LENGTHENED:
        minutes = form.planned_minutes.data
        return ChangeKind.LENGTHENED, {"planned_ms": minutes * 60_000} if minutes else {}
    if kind == ChangeKind.REPLACED:
        facts = {"name": (form.name.data or "").strip(), "zone_ids": form.zone_ids.data or []}
        return ChangeKind.REPLACED, {name: value for name, value in facts.items() if value}
    raise InvalidInput


@pages.post("/buoi/<session_id>/hoan-tac")
@needs(Right.SCHEDULE)
def undo(session_id: str) -> Any:
    """Back to the calendar when the calendar asked for it."""
    desk = web.desk()
    row = get_session(desk, session_id)
    day = row.local_day.isoformat()
    try:
        undo_change(desk, row.slot_id or "", row.local_day)
    except QuietReasonMissing as err:
        return views_slots.ask_why(row.slot_id or "", err)
    fill_station(desk)
    flash(_("Đã hoàn tác: buổi này lại theo khung giờ."), "done")
    if request.form.get("back") == "day":
        return redirect(url_for("timetable.day", day=day))
    if request.form.get("back") == "week":
        return redirect(url_for("timetable.week", ngay=day))
    return redirect(url_for("timetable.session", session_id=session_id))


def _number(typed: str | None) -> int:
    """:raises InvalidInput: no number; only a page of ours sends this field."""
    try:
        return int(typed or "")
    except ValueError as err:
        raise InvalidInput from err
