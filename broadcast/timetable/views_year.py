"""The year's plan as a page."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from broadcast import web
from broadcast.errors import InvalidInput, NotFound
from broadcast.people.rules import Right
from broadcast.timetable.pages import pages
from broadcast.timetable.queries import today
from broadcast.timetable.year_plan import read_year, save_targets
from broadcast.web import needs


@pages.get("/nam")
@needs(Right.LOOK)
def year() -> Any:
    asked = request.args.get("nam", "") or str(today(web.desk()).year)
    if not asked.isdecimal() or not 2000 <= int(asked) <= 2100:
        raise NotFound(year=asked)
    return _page(int(asked), {}, "")


@pages.post("/nam/<int:year>")
@needs(Right.SCHEDULE)
def save_year(year: int) -> Any:
    typed = {
        name.removeprefix("topic-"): value.strip()
        for name, value in request.form.items()
        if name.startswith("topic-")
    }
    try:
        save_targets(web.desk(), year, {topic: _number(value) for topic, value in typed.items()})
    except InvalidInput as err:
        return _page(year, typed, _(err.message), 422)
    flash(_("Đã lưu kế hoạch năm %(year)s.", year=year), "done")
    return redirect(url_for("timetable.year", nam=year))


def _number(typed: str) -> int:
    """:raises InvalidInput: letters where a number belongs; an empty field is no plan."""
    if typed and not typed.isdecimal():
        raise InvalidInput("Hãy ghi số lượt bằng chữ số, ví dụ 24.")
    return int(typed or "0")


def _page(year: int, typed: dict[str, str], problem: str, status: int = 200) -> Any:
    desk = web.desk()
    now = today(desk)
    due = None
    if now.year == year:
        due = now.timetuple().tm_yday / 365
    page = render_template(
        "timetable/year.html",
        year=year,
        rows=read_year(desk, year),
        typed=typed,
        problem=problem,
        due=due,
    )
    return page, status
