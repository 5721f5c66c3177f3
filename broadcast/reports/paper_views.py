"""Pages of the written report: begin, write, look, issue, take away."""

from datetime import timedelta
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from broadcast import web
from broadcast.desk import Desk
from broadcast.people.rules import Right
from broadcast.reports import wording
from broadcast.reports.channel_service import left_out
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
from broadcast.reports.paper_files import FORMATS, report_file
from broadcast.reports.paper_forms import draft_of, fill
from broadcast.reports.papers import (
    changed_since_issue,
    discard_report,
    get_report,
    issue_report,
    list_reports,
    list_templates,
    read_report,
    save_report,
    start_report,
)
from broadcast.reports.period_words import CUTOFFS, KINDS, read_picked
from broadcast.reports.periods import recognised_period
from broadcast.web import needs

ONE_DAY = timedelta(days=1)


@pages.get("/van-ban")
@needs(Right.LOOK)
def papers() -> Any:
    return render_template("reports/papers.html", papers=list_reports(web.desk()))


@pages.route("/van-ban/moi", methods=["GET", "POST"])
@needs(Right.REPORT)
def new() -> Any:
    if request.method == "POST":
        row = start_report(web.desk(), read_picked(request.form, today()))
        flash(_("Đã lập bản nháp; chữ của báo cáo trước được giữ lại để sửa."), "done")
        return redirect(url_for("reports.edit", report_id=row.id))
    return render_template("reports/new.html", kinds=KINDS, cutoffs=CUTOFFS, year=today().year)


@pages.route("/van-ban/<report_id>/sua", methods=["GET", "POST"])
@needs(Right.REPORT)
def edit(report_id: str) -> Any:
    desk = web.desk()
    row = get_report(desk, report_id)
    if row.issued_at is not None:
        return redirect(url_for("reports.paper", report_id=row.id))
    draft = PaperDraft.model_validate(row.texts)
    form = PaperForm()
    _offer(desk, form)
    if form.validate_on_submit():
        saved = save_report(
            desk,
            report_id,
            draft_of(
                form, draft, own_or_default(desk, row, draft.model_copy(update={"texts": {}}))
            ),
            recognised_period(form.first_day.data, form.last_day.data),
            version=int(form.version.data) if (form.version.data or "").isdecimal() else 0,
            template=form.template.data,
        )
        flash(_("Đã lưu."), "done")
        return redirect(url_for("reports.paper", report_id=saved.id))
    if request.method == "GET":
        fill(form, draft, own_or_default(desk, row, draft))
        form.first_day.data, form.last_day.data = row.from_day, row.until_day - ONE_DAY
        form.version.data, form.template.data = str(row.row_version), row.template
    return render_template(
        "reports/edit.html",
        form=form,
        row=row,
        last_day=row.until_day - ONE_DAY,
        statistics=statistics_of(desk, row),
    )


@pages.get("/van-ban/<report_id>")
@needs(Right.LOOK)
def paper(report_id: str) -> Any:
    """As the Word page will look."""
    return _show_paper(report_id, IssueForm(issued_on=today()))


@pages.post("/van-ban/<report_id>/ban-hanh")
@needs(Right.REPORT)
def issue(report_id: str) -> Any:
    form = IssueForm()
    if form.validate_on_submit():
        row = issue_report(web.desk(), report_id, form.number.data.strip(), form.issued_on.data)
        words = _("Đã ban hành số %(number)s; số liệu và chữ giữ nguyên từ đây.", number=row.number)
        flash(words, "done")
        return redirect(url_for("reports.paper", report_id=report_id))
    return _show_paper(report_id, form)


@pages.post("/van-ban/<report_id>/bo")
@needs(Right.REPORT)
def discard(report_id: str) -> Any:
    discard_report(web.desk(), report_id)
    flash(_("Đã bỏ bản nháp."), "done")
    return redirect(url_for("reports.papers"))


@pages.get("/van-ban/<report_id>.<any(docx, xlsx, csv, pdf):form>")
@needs(Right.LOOK)
def download(report_id: str, form: str) -> Response:
    desk = web.desk()
    row = get_report(desk, report_id)
    name = f"bao-cao-{row.number or 'nhap'}-{row.until_day - ONE_DAY:%Y}.{form}"
    response = Response(report_file(desk, row, form), content_type=FORMATS[form])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _show_paper(report_id: str, form: IssueForm) -> Any:
    desk = web.desk()
    row = get_report(desk, report_id)
    built = read_report(desk, row)
    return render_template(
        "reports/paper.html",
        row=row,
        document=wording.tidied(built.paper),
        words=wording,
        total=built.tables[0].total,
        period=built.period,
        form=form,
        changed=changed_since_issue(desk, row),
        left_out=0 if row.issued_at else left_out(desk, built.period),
        formats=FORMATS,
        may_issue=Right.REPORT in desk.actor.rights and row.issued_at is None,
    )


def _offer(desk: Desk, form: PaperForm) -> None:
    form.topic_ids.choices = choices((one.id, one.name) for one in list_topics(desk))
    form.ground_ids.choices = choices((one.id, one.sentence) for one in list_grounds(desk))
    standard = (STANDARD, _("Theo Nghị định 30/2020/NĐ-CP"))
    own = ((one.id, one.file_name) for one in list_templates(desk))
    form.template.choices = choices((standard, *own))
