"""The week, one session of it, and what a person does to that session."""

from datetime import date, timedelta
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from broadcast import web
from broadcast.errors import InvalidInput, NotFound
from broadcast.people.rules import Right
from broadcast.timetable import (
    views_closures,
    views_emergency,
    views_feed,
    views_queue,
    views_slots,
    views_year,
)
from broadcast.timetable.filling import fill_station
from broadcast.timetable.forms_days import ChangeForm
from broadcast.timetable.occurrences import change_occurrence, undo_change
from broadcast.timetable.ordering import get_session, move_line, release_line
from broadcast.timetable.pages import pages
from broadcast.timetable.queries import find_fill_note, today
from broadcast.timetable.running_sheet import read_sheet
from broadcast.timetable.week import read_week
from broadcast.web import needs
from scheduler.timetable.slots import ChangeKind

__all__ = [
    "pages",
    "views_closures",
    "views_emergency",
    "views_feed",
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
    shown = read_week(desk, _day_asked(today(desk)))
    return {
        "week": shown,
        "before": shown.monday - timedelta(days=7),
        "after": shown.monday + timedelta(days=7),
        "note": find_fill_note(desk),
    }


def _day_asked(otherwise: date) -> date:
    """:raises NotFound: an address with a day that does not exist."""
    asked = request.args.get("ngay", "")
    if not asked:
        return otherwise
    try:
        day = date.fromisoformat(asked)
    except ValueError as err:
        raise NotFound(day=asked) from err
    if not date(2000, 1, 1) <= day <= date(2100, 1, 1):
        raise NotFound(day=asked)
    return day


@pages.get("/buoi/<session_id>")
@needs(Right.LOOK)
def session(session_id: str) -> Any:
    return _session_page(session_id, ChangeForm(formdata=None))


def _session_page(session_id: str, form: ChangeForm, status: int = 200) -> Any:
    sheet = read_sheet(web.desk(), session_id)
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
    """Moves, lengthens or cancels this one session."""
    desk = web.desk()
    row = get_session(desk, session_id)
    form = ChangeForm()
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
    if kind == ChangeKind.MOVED:
        day, at = form.to_day.data, form.to_time.data
        facts: dict[str, object] = {}
        if day:
            facts["to_day"] = day.isoformat()
        if at:
            facts["to_time"] = f"{at:%H:%M}"
        return ChangeKind.MOVED, facts
    raise InvalidInput


@pages.post("/buoi/<session_id>/hoan-tac")
@needs(Right.SCHEDULE)
def undo(session_id: str) -> Any:
    desk = web.desk()
    row = get_session(desk, session_id)
    undo_change(desk, row.slot_id or "", row.local_day)
    fill_station(desk)
    flash(_("Đã hoàn tác: buổi này lại theo khung giờ."), "done")
    return redirect(url_for("timetable.session", session_id=session_id))


def _number(typed: str | None) -> int:
    """:raises InvalidInput: no number; only a page of ours sends this field."""
    try:
        return int(typed or "")
    except ValueError as err:
        raise InvalidInput from err
