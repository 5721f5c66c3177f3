"""Days of silence and holidays as one page."""

from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from broadcast import web
from broadcast.errors import InvalidInput, NotFound
from broadcast.people.rules import Right
from broadcast.timetable.calendar import zone_tree
from broadcast.timetable.cards import say_zones
from broadcast.timetable.closures import (
    add_closure,
    forget_holiday,
    remove_closure,
    set_holiday,
)
from broadcast.timetable.filling import fill_station
from broadcast.timetable.forms import offered_zones
from broadcast.timetable.forms_days import ClosureForm, HolidayForm
from broadcast.timetable.pages import pages
from broadcast.timetable.queries import list_closures, list_holidays, today
from broadcast.web import needs
from scheduler.timetable.wall_clock import ONE_DAY


@pages.get("/ngung-phat")
@needs(Right.LOOK)
def closures() -> Any:
    form = ClosureForm(formdata=None)
    form.from_day.data = form.last_day.data = today(web.desk())
    return _page(form, HolidayForm(formdata=None))


@pages.post("/ngung-phat")
@needs(Right.SCHEDULE)
def add_closure_page() -> Any:
    desk = web.desk()
    form = ClosureForm()
    _offer(form)
    if form.validate_on_submit():
        try:
            add_closure(desk, form.draft())
        except InvalidInput as err:
            form.form_errors.append(_(err.message))
        else:
            fill_station(desk)
            flash(_("Đã ghi đợt ngừng phát. Các buổi trong đợt đã được gỡ khỏi lịch."), "done")
            return redirect(url_for("timetable.closures"))
    return _page(form, HolidayForm(formdata=None), 422)


@pages.post("/ngung-phat/<closure_id>/bo")
@needs(Right.SCHEDULE)
def drop_closure(closure_id: str) -> Any:
    desk = web.desk()
    remove_closure(desk, closure_id)
    fill_station(desk)
    flash(_("Đã bỏ đợt ngừng phát. Các buổi chưa tới giờ đã trở lại lịch."), "done")
    return redirect(url_for("timetable.closures"))


@pages.post("/ngay-le")
@needs(Right.SCHEDULE)
def holiday() -> Any:
    """A day becomes a holiday (with a name), none (without), or is again what the calendar says."""
    desk = web.desk()
    form = HolidayForm()
    if not form.validate_on_submit():
        return _page(ClosureForm(formdata=None), form, 422)
    set_holiday(desk, form.day.data, form.name.data or "")
    fill_station(desk)
    flash(_("Đã ghi ngày lễ."), "done")
    return redirect(url_for("timetable.closures"))


@pages.post("/ngay-le/<day>/bo")
@needs(Right.SCHEDULE)
def drop_holiday(day: str) -> Any:
    desk = web.desk()
    try:
        named = date.fromisoformat(day)
    except ValueError as err:
        raise NotFound(day=day) from err
    if request.form.get("deed") == "take_out":
        set_holiday(desk, named, "")
    else:
        forget_holiday(desk, named)
    fill_station(desk)
    flash(_("Đã sửa lịch ngày lễ."), "done")
    return redirect(url_for("timetable.closures"))


def _offer(form: ClosureForm) -> None:
    form.zone_ids.choices = offered_zones(web.desk())


def _page(form: ClosureForm, holiday_form: HolidayForm, status: int = 200) -> Any:
    desk = web.desk()
    _offer(form)
    tree = zone_tree(desk)
    page = render_template(
        "timetable/closures.html",
        form=form,
        holiday_form=holiday_form,
        closures=[
            (row, row.until_day - ONE_DAY, say_zones(tree, row.zone_ids))
            for row in list_closures(desk)
        ],
        holidays=list_holidays(desk),
    )
    return page, status
