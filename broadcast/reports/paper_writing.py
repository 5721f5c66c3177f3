"""The one page on which a report is written: period, words, figures, preview, issue."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from broadcast import web
from broadcast.desk import Desk
from broadcast.errors import EditConflict, InvalidInput
from broadcast.people.rules import Right
from broadcast.reports.figure_views import today
from broadcast.reports.forms import IssueForm, PaperForm, choices
from broadcast.reports.pages import pages
from broadcast.reports.paper_building import (
    list_grounds,
    list_topics,
    own_or_default,
    statistics_of,
)
from broadcast.reports.paper_draft import STANDARD, PaperDraft
from broadcast.reports.paper_forms import draft_of, fill
from broadcast.reports.paper_views import shown
from broadcast.reports.papers import (
    Report,
    get_report,
    list_templates,
    save_report,
    start_report,
)
from broadcast.reports.period_words import CUTOFFS, KINDS, read_picked
from broadcast.reports.periods import recognised_period
from broadcast.web import needs


@pages.route("/van-ban/moi", methods=["GET", "POST"])
@needs(Right.REPORT)
def new() -> Any:
    if request.method == "GET":
        return render_template("reports/new.html", kinds=KINDS, cutoffs=CUTOFFS, year=today().year)
    picked = read_picked(request.values, today())
    row = start_report(web.desk(), recognised_period(picked.first_day, picked.last_day))
    return redirect(url_for("reports.edit", report_id=row.id))


@pages.route("/van-ban/<report_id>/sua", methods=["GET", "POST"])
@needs(Right.REPORT)
def edit(report_id: str) -> Any:
    desk = web.desk()
    row = get_report(desk, report_id)
    if row.issued_at is not None:
        return redirect(url_for("reports.paper", report_id=row.id))
    form = _form(desk)
    if request.method == "GET":
        draft = PaperDraft.model_validate(row.texts)
        fill(form, row, draft, own_or_default(desk, row, draft))
        return _show(desk, row, form)
    if not form.validate_on_submit():
        return _show(desk, row, form)
    try:
        _save(desk, row, form)
    except EditConflict as err:
        row = get_report(desk, report_id)
        # What was typed stays in the fields; a second press saves it over the other's words.
        form.row_version.data = str(row.row_version)
        form.form_errors.append(err.message)
        return _show(desk, row, form, is_behind=True), err.status
    flash(_("Đã lưu."), "done")
    return redirect(url_for("reports.edit", report_id=report_id, _anchor="xem-truoc"))


@pages.post("/van-ban/<report_id>/giu")
@needs(Right.REPORT)
def keep(report_id: str) -> Any:
    """What `static/js/autosave.js` sends after a pause in the typing.

    :raises InvalidInput: :raises EditConflict: :raises ReportAlreadyIssued:
    """
    desk = web.desk()
    row = get_report(desk, report_id)
    form = _form(desk)
    if not form.validate_on_submit():
        raise InvalidInput(report=report_id)
    saved = _save(desk, row, form)
    return "", 204, {"X-Version": str(saved.row_version)}


def _form(desk: Desk) -> PaperForm:
    form = PaperForm()
    form.topic_ids.choices = choices((one.id, one.name) for one in list_topics(desk))
    form.ground_ids.choices = choices((one.id, one.sentence) for one in list_grounds(desk))
    standard = (STANDARD, _("Theo Nghị định 30/2020/NĐ-CP"))
    own = ((one.id, one.file_name) for one in list_templates(desk))
    form.template.choices = choices((standard, *own))
    return form


def _save(desk: Desk, row: Report, form: PaperForm) -> Report:
    before = PaperDraft.model_validate(row.texts)
    defaults = own_or_default(desk, row, before.model_copy(update={"texts": {}}))
    version = form.row_version.data or ""
    return save_report(
        desk,
        row.id,
        draft_of(form, before, defaults),
        form.period,
        version=int(version) if version.isdecimal() else 0,
        template=form.template.data,
    )


def _show(desk: Desk, row: Report, form: PaperForm, *, is_behind: bool = False) -> str:
    return render_template(
        "reports/edit.html",
        form=form,
        is_behind=is_behind,
        statistics=statistics_of(desk, row),
        **shown(desk, row, IssueForm(formdata=None, issued_on=today())),
    )
