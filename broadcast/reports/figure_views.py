"""Pages of figures: the period at a glance, the airings behind a figure, the counting rule."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from broadcast import web
from broadcast.people.rules import Right
from broadcast.reports.evidence import airings_page
from broadcast.reports.facts import GroupBy
from broadcast.reports.forms import RuleForm
from broadcast.reports.glance import glance_at
from broadcast.reports.pages import pages
from broadcast.reports.period_words import CUTOFFS, KINDS, read_picked
from broadcast.reports.questions import read_evidence_question
from broadcast.reports.radio_words import rule_sentence
from broadcast.reports.rule_service import adopt_rule, list_rules
from broadcast.web import needs


def today() -> date:
    """The station's local day."""
    return web.now().astimezone(zone()).date()


def zone() -> ZoneInfo:
    return ZoneInfo(web.station().time_zone)


@pages.get("/")
@needs(Right.LOOK)
def index() -> Any:
    period = read_picked(request.args, today())
    glance = glance_at(web.desk(), period, today(), zone())
    return render_template(
        "reports/index.html",
        glance=glance,
        period=period,
        GroupBy=GroupBy,
        kinds=KINDS,
        cutoffs=CUTOFFS,
        sentence=rule_sentence(glance.rule, period),
    )


@pages.get("/luot-phat")
@needs(Right.LOOK)
def airings() -> Any:
    asked: dict[str, Any] = request.args.to_dict() | {"limit": "50"}
    if "from" not in asked:
        year = today().year
        asked |= {"from": f"{year}-01-01", "to": f"{year}-12-31"}
    question = read_evidence_question(asked)
    page = airings_page(web.desk(), question)
    following = None
    if page.next_cursor:
        kept = {name: asked[name] for name in asked if name != "limit"}
        following = url_for("reports.airings", **kept | {"cursor": page.next_cursor})
    return render_template(
        "reports/airings.html", page=page, question=question, following=following
    )


@pages.route("/quy-tac", methods=["GET", "POST"])
@needs(Right.LOOK)
def rule() -> Any:
    desk = web.desk()
    rules = list_rules(desk)
    form = RuleForm(obj=rules[0]) if request.method == "POST" else RuleForm.of(rules[0])
    if form.validate_on_submit():
        adopted = adopt_rule(
            desk,
            threshold_percent=form.threshold_percent.data,
            notices_count=form.notices_count.data,
            minutes=form.chosen_minutes,
            reason=form.reason.data,
        )
        flash(_("Quy tắc số %(version)s đã có hiệu lực.", version=adopted.version), "done")
        return redirect(url_for("reports.rule"))
    may_change = Right.ADMINISTER in desk.actor.rights
    return render_template("reports/rule.html", rules=rules, form=form, may_change=may_change)
