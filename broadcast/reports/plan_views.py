"""The page on which a year's plan is set."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from broadcast import web
from broadcast.people.rules import Right
from broadcast.reports.errors import TargetOutOfBounds
from broadcast.reports.figure_views import today
from broadcast.reports.pages import pages
from broadcast.reports.paper_building import list_topics
from broadcast.reports.periods import year_period
from broadcast.reports.plan_targets import MEASURES, Target, set_targets, targets_in
from broadcast.web import needs

WHOLE = "all"
"""Stands for the whole station in the names of the fields."""


@pages.route("/ke-hoach", methods=["GET", "POST"])
@needs(Right.LOOK, to_post=Right.REPORT)
def plan() -> Any:
    desk = web.desk()
    asked = request.values.get("year") or str(today().year)
    period = year_period(int(asked) if asked.isascii() and asked.isdecimal() else 0)
    topics = list_topics(desk)
    typed, error = dict(request.form), ""
    if request.method == "POST":
        try:
            wanted = {
                None if name == WHOLE else name: _read(name)
                for name in (WHOLE, *(topic.id for topic in topics))
            }
            set_targets(desk, period.year, wanted)
        except TargetOutOfBounds as err:
            error = err.message
        else:
            flash(_("Đã lưu kế hoạch năm %(year)s.", year=period.year), "done")
            return redirect(url_for("reports.index", kind="year", year=period.year))
    else:
        typed = {
            f"{one.topic_id or WHOLE}.{name}": str(getattr(one, name) or "")
            for one in targets_in(desk, period)
            for name in MEASURES
        }
    may_write = Right.REPORT in desk.actor.rights
    lines = [(WHOLE, _("Cả đài"), None), *((one.id, one.name, one.hue) for one in topics)]
    return render_template(
        "reports/plan.html", year=period.year, lines=lines, typed=typed, error=error,
        may_write=may_write,
    )  # fmt: skip


def _read(name: str) -> Target:
    """:raises TargetOutOfBounds: not a whole number."""
    return Target(*(_number(request.form.get(f"{name}.{measure}", "")) for measure in MEASURES))


def _number(written: str) -> int:
    """People write thousands with a dot."""
    digits = written.strip().replace(".", "").replace("\u00a0", "").replace(" ", "")
    if not digits:
        return 0
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= 9):
        raise TargetOutOfBounds(written=written)
    return int(digits)
