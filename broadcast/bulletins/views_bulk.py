"""Several bulletins of the library at once: the deed, its questions where it has any, its undo."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from wtforms.fields import SelectChoice

from broadcast import web
from broadcast.bulletins import bulk
from broadcast.bulletins.bulk import BulkDeed, Several
from broadcast.bulletins.forms import ReasonForm
from broadcast.bulletins.pages import pages
from broadcast.people.rules import Right
from broadcast.timetable.filling import fill_station
from broadcast.timetable.forms import WishForm, offered_zones
from broadcast.timetable.queries import list_slots, today
from broadcast.web import needs

DEFAULT_DAYS = 7


@pages.post("/nhieu")
@needs(Right.WRITE)
def several() -> Any:
    """Which button was pressed is the deed; what needs more words asks for them on its own page."""
    desk, ids = web.desk(), request.form.getlist("chosen")
    deed = request.form.get("deed", "")
    if not ids or deed not in set(BulkDeed):
        flash(_("Hãy đánh dấu ít nhất một tin bài trước."), "wait")
        return redirect(_back())
    match BulkDeed(deed):
        case BulkDeed.QUEUE:
            return _ask("bulletins/bulk_queue.html", ids, _wish_form(fresh=True))
        case BulkDeed.WITHDRAW:
            return _ask("bulletins/bulk_withdraw.html", ids, ReasonForm(formdata=None))
        case BulkDeed.SUBMIT:
            return _told(bulk.submit_several(desk, ids), _("gửi duyệt"))
        case BulkDeed.TOPIC:
            if not (topic := request.form.get("topic_id", "")):
                flash(_("Hãy chọn chủ đề muốn chuyển tới."), "wait")
                return redirect(_back())
            return _told(bulk.move_several(desk, ids, topic), _("chuyển chủ đề"))
        case BulkDeed.ARCHIVE:
            return _told(bulk.archive_several(desk, ids, archived=True), _("cất vào kho lưu"))
        case BulkDeed.RESTORE:
            return _told(bulk.archive_several(desk, ids, archived=False), _("lấy ra khỏi kho lưu"))


@pages.post("/nhieu/xep")
@needs(Right.SCHEDULE)
def queue_several() -> Any:
    desk, ids = web.desk(), request.form.getlist("chosen")
    form = _wish_form()
    if not form.validate_on_submit():
        return _ask("bulletins/bulk_queue.html", ids, form)
    outcome = bulk.queue_several(desk, ids, form.draft())
    fill_station(desk)
    return _told(outcome, _("xếp lịch"))


@pages.post("/nhieu/thu-hoi")
@needs(Right.WRITE)
def withdraw_several() -> Any:
    desk, ids = web.desk(), request.form.getlist("chosen")
    form = ReasonForm()
    if not form.validate_on_submit():
        return _ask("bulletins/bulk_withdraw.html", ids, form)
    return _told(bulk.withdraw_several(desk, ids, form.reason.data), _("thu hồi"))


@pages.post("/nhieu/hoan-tac")
@needs(Right.WRITE)
def undo_several() -> Any:
    desk = web.desk()
    outcome = bulk.undo_several(desk, request.form.get("undo", ""))
    if Right.SCHEDULE in desk.actor.rights:
        fill_station(desk)
    return _told(outcome, _("hoàn tác"))


def _wish_form(*, fresh: bool = False) -> WishForm:
    """`fresh` offers the next seven days; otherwise it holds what was sent."""
    desk = web.desk()
    form = WishForm(formdata=None) if fresh else WishForm()
    form.zone_ids.choices = offered_zones(desk)
    form.slot_ids.choices = [
        SelectChoice(slot.id, f"{slot.name} {slot.local_time:%H:%M}") for slot in list_slots(desk)
    ]
    if fresh:
        form.from_day.data = today(desk)
        form.last_day.data = today(desk) + timedelta(days=DEFAULT_DAYS - 1)
    return form


def _ask(template: str, ids: list[str], form: Any) -> Any:
    chosen = bulk.chosen_bulletins(web.desk(), ids)
    page = render_template(template, chosen=chosen, form=form, back=_back())
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK


def _told(outcome: Several, deed: str) -> Any:
    """Says what was done with its undo, and of each that could not follow why."""
    if outcome.done:
        said = ngettext(
            "Đã %(deed)s %(num)d tin bài.", "Đã %(deed)s %(num)d tin bài.", outcome.done, deed=deed
        )
        flash(said, f"undo {outcome.undo}" if outcome.undo else "done")
    for title, why in outcome.refused[:10]:
        flash(_("“%(title)s”: %(why)s", title=title, why=_(why)), "fail")
    return redirect(_back())


def _back() -> str:
    """The list as it was filtered; only our own query is believed, never an address."""
    kept = request.form.get("kept", "")
    return url_for("bulletins.index") + (f"?{kept}" if kept and kept.isprintable() else "")
