"""Slots as pages: the list, adding, changing, archiving, undoing."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from broadcast import web
from broadcast.errors import EditConflict, InvalidInput
from broadcast.people.rules import Right
from broadcast.stations.queries import list_zones
from broadcast.timetable.emergency_desk import list_ready_bulletins
from broadcast.timetable.filling import fill_station
from broadcast.timetable.following import change_slot_from, undo_slot_change
from broadcast.timetable.forms import TUNES, SlotForm, offered_zones, slot_values
from broadcast.timetable.forms_relays import fallback_choices
from broadcast.timetable.pages import pages
from broadcast.timetable.queries import list_slots, today
from broadcast.timetable.quiet_hours import QuietReasonMissing
from broadcast.timetable.service import (
    add_slot,
    archive_slot,
    change_slot,
    get_slot,
)
from broadcast.timetable.slot_words import say_recurrence
from broadcast.timetable.values import recurrence_of
from broadcast.web import needs
from scheduler.timetable.errors import TimetableError


@pages.get("/khung-gio")
@needs(Right.LOOK)
def slots() -> Any:
    desk = web.desk()
    return render_template(
        "timetable/slots.html",
        slots=[(row, say_recurrence(recurrence_of(row.recurrence), _)) for row in list_slots(desk)],
        archived=list_slots(desk, archived=True),
        zone_names={zone.id: zone.name for zone in list_zones(desk)},
    )


@pages.route("/khung-gio/them", methods=["GET", "POST"], endpoint="add_slot")
@needs(Right.SCHEDULE)
def add_slot_page() -> Any:
    desk = web.desk()
    form = SlotForm()
    _offer(form)
    if request.method == "GET":
        form.valid_from.data = today(desk)
        form.opening_words.data = _("Đây là {ten_dai}. Hôm nay là {ngay}. Mời bà con nghe {buoi}.")
        form.closing_words.data = _("{buoi} của {ten_dai} đến đây là hết. Cảm ơn bà con đã nghe.")
    elif form.validate_on_submit():
        try:
            row = add_slot(desk, form.draft(form.valid_from.data))
        except (InvalidInput, TimetableError) as err:
            _show(form, err)
        else:
            fill_station(desk)
            flash(_("Đã thêm khung giờ “%(name)s” và xếp vào lịch.", name=row.name), "done")
            return redirect(url_for("timetable.slots"))
    return _form_page(form)


@pages.route("/khung-gio/<slot_id>", methods=["GET", "POST"])
@needs(Right.SCHEDULE)
def edit_slot(slot_id: str) -> Any:
    desk = web.desk()
    row = get_slot(desk, slot_id)
    form = SlotForm(data=slot_values(row))
    _offer(form)
    if form.validate_on_submit():
        version = int(form.row_version.data or 0)
        try:
            draft = form.draft(recurrence_of(row.recurrence).anchor)
            if form.apply_from.data:
                change_slot_from(desk, slot_id, form.apply_from.data, draft, row_version=version)
            else:
                change_slot(desk, slot_id, draft, row_version=version)
        except (InvalidInput, TimetableError, EditConflict) as err:
            _show(form, err)
        else:
            fill_station(desk)
            flash(_("Đã lưu khung giờ. Những buổi chưa phát đã theo khung mới."), "done")
            return redirect(url_for("timetable.slots"))
    return _form_page(form, slot_id)


@pages.post("/khung-gio/<slot_id>/cat")
@needs(Right.SCHEDULE)
def archive(slot_id: str) -> Any:
    desk = web.desk()
    archived = request.form.get("archived") != "no"
    try:
        archive_slot(desk, slot_id, archived=archived)
    except QuietReasonMissing as err:
        return ask_why(slot_id, err)
    fill_station(desk)
    if archived:
        flash(_("Đã cất khung giờ. Tin trong các buổi ấy được xếp sang buổi khác."), "done")
    else:
        flash(_("Đã dùng lại khung giờ."), "done")
    return redirect(url_for("timetable.slots"))


@pages.post("/khung-gio/<slot_id>/hoan-tac")
@needs(Right.SCHEDULE)
def undo_slot(slot_id: str) -> Any:
    desk = web.desk()
    try:
        undo_slot_change(desk, slot_id)
    except QuietReasonMissing as err:
        return ask_why(slot_id, err)
    fill_station(desk)
    flash(_("Đã hoàn tác lần sửa gần nhất của khung giờ."), "done")
    if request.form.get("back"):
        return redirect(url_for("timetable.week"))
    return redirect(url_for("timetable.slots"))


def ask_why(slot_id: str, err: QuietReasonMissing) -> Any:
    """A button has no room for a reason: the slot's form, where it is written, says what is wrong.

    A twin that was to go back into its slot is still there, so the form is of what stands now.
    """
    flash(_(err.message), "fail")
    return redirect(url_for("timetable.edit_slot", slot_id=slot_id))


def _offer(form: SlotForm) -> None:
    desk = web.desk()
    form.zone_ids.choices = offered_zones(desk)
    ready = list_ready_bulletins(desk)
    for one in form.relays:
        field = one.form.fallback
        field.choices = fallback_choices(TUNES, ready, field.object_data or "")


def _show(form: SlotForm, err: Exception) -> None:
    message = _(str(getattr(err, "message", "")))
    if isinstance(err, QuietReasonMissing):
        form.quiet_reason.errors = [message]
    else:
        form.form_errors.append(message)


def _form_page(form: SlotForm, slot_id: str = "") -> Any:
    row = get_slot(web.desk(), slot_id) if slot_id else None
    page = render_template("timetable/slot_form.html", form=form, slot=row)
    return page, 422 if form.errors else 200
