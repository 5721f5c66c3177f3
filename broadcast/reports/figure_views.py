"""Pages of figures: the period at a glance, the airings behind a figure, the counting rule."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from broadcast import web
from broadcast.people.rules import Right
from broadcast.reports.airing_facts import fact_of
from broadcast.reports.counting import Question
from broadcast.reports.daily import in_zone, measure
from broadcast.reports.errors import (
    DateNotUnderstood,
    NoSuchPeriod,
    PeriodReversed,
    PeriodTooLong,
)
from broadcast.reports.evidence import airings_page, session_names, sessions_page
from broadcast.reports.evidence_rows import conditions, sums_of
from broadcast.reports.facts import GroupBy
from broadcast.reports.forms import RuleForm
from broadcast.reports.glance import glance_at
from broadcast.reports.names import names_of
from broadcast.reports.pages import pages
from broadcast.reports.period_words import CUTOFFS, KINDS, read_picked
from broadcast.reports.questions import (
    read_evidence_question,
    read_period,
    wants_current_topics,
)
from broadcast.reports.radio_words import rule_sentence
from broadcast.reports.rollup import counting_rule
from broadcast.reports.rule_service import adopt_rule, list_rules
from broadcast.reports.summary import Topics, figures_of
from broadcast.stations.queries import rule_in_force
from broadcast.web import needs

PICKER: dict[str, Any] = {"kinds": KINDS, "cutoffs": CUTOFFS}
KEPT = ("place", "zone", "weekday", "hour", "bulletin", "topics")
"""What a figure asked for and the filter on the page has no field for."""


def today() -> date:
    """The station's local day."""
    return web.now().astimezone(zone()).date()


def zone() -> ZoneInfo:
    return ZoneInfo(web.station().time_zone)


@pages.get("/")
@needs(Right.LOOK)
def index() -> Any:
    try:
        period = read_picked(request.args, today())
    except (PeriodReversed, PeriodTooLong, NoSuchPeriod, DateNotUnderstood) as err:
        # Said where the next try begins, with what was asked still in its fields.
        return render_template("reports/no_period.html", err=err, **PICKER), err.status
    is_current = wants_current_topics(request.args)
    glance = glance_at(web.desk(), period, today(), zone(), Topics(current=is_current))
    asked: dict[str, Any] = request.args.to_dict()
    asked["topics"] = "as_aired" if is_current else "current"
    return render_template(
        "reports/index.html",
        glance=glance,
        period=period,
        GroupBy=GroupBy,
        **PICKER,
        sentence=rule_sentence(glance.rule, period),
        is_current=is_current,
        other_topics=url_for("reports.index", **asked),
    )


@pages.get("/luot-phat")
@needs(Right.LOOK)
def airings() -> Any:
    asked: dict[str, Any] = request.args.to_dict() | {"limit": "50"}
    if "from" not in asked:
        year = today().year
        asked |= {"from": f"{year}-01-01", "to": f"{year}-12-31"}
    question = read_evidence_question(asked)
    desk = web.desk()
    page = airings_page(desk, question)
    rule = counting_rule(rule_in_force(desk))
    following = None
    if page.next_cursor:
        kept = {name: asked[name] for name in asked if name != "limit"}
        following = url_for("reports.airings", **kept | {"cursor": page.next_cursor})
    return render_template(
        "reports/airings.html",
        page=page,
        parts_of=[
            in_zone(measure(fact_of(row), rule), question.zone_id or "") for row in page.airings
        ],
        sums=sums_of(desk, conditions(desk, question)),
        question=question,
        following=following,
        name_of=names_of(desk),
        GroupBy=GroupBy,
        kept={name: asked[name] for name in KEPT if asked.get(name)},
    )


@pages.get("/buoi-phat")
@needs(Right.LOOK)
def sessions() -> Any:
    """The sessions behind gross minutes."""
    period = read_period(request.args)
    desk = web.desk()
    cursor = request.args.get("cursor", "")
    found, next_cursor = sessions_page(desk, period, cursor)
    asked: dict[str, Any] = request.args.to_dict() | {"cursor": next_cursor or ""}
    return render_template(
        "reports/sessions.html",
        rows=found,
        total_ms=figures_of(
            desk, Question(counting_rule(rule_in_force(desk)), period)
        ).total.gross_ms
        or 0,
        period=period,
        following=url_for("reports.sessions", **asked) if next_cursor else None,
        names=session_names(desk, [row.session_id for row in found]),
    )


@pages.route("/quy-tac", methods=["GET", "POST"])
@needs(Right.LOOK, to_post=Right.ADMINISTER)
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
