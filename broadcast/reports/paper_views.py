"""Pages of the written report: look, issue, take away. `paper_writing` begins and writes it."""

from datetime import timedelta
from typing import Any

from flask import Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from broadcast import web
from broadcast.desk import Desk
from broadcast.people.rules import Right
from broadcast.reports import wording
from broadcast.reports.channel_service import left_out
from broadcast.reports.figure_views import today
from broadcast.reports.forms import IssueForm
from broadcast.reports.pages import pages
from broadcast.reports.paper_files import FORMATS, report_file
from broadcast.reports.papers import (
    Report,
    changed_since_issue,
    discard_report,
    get_report,
    issue_report,
    list_reports,
    read_report,
)
from broadcast.web import needs

ONE_DAY = timedelta(days=1)


@pages.get("/van-ban")
@needs(Right.LOOK)
def papers() -> Any:
    return render_template("reports/papers.html", papers=list_reports(web.desk()))


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


def shown(desk: Desk, row: Report, form: IssueForm) -> dict[str, Any]:
    """What the templates of the paper itself and of its files and number read."""
    built = read_report(desk, row)
    return {
        "row": row,
        "document": wording.tidied(built.paper),
        "words": wording,
        "period": built.period,
        "issue_form": form,
        "left_out": 0 if row.issued_at else left_out(desk, built.period),
        "formats": FORMATS,
        "may_issue": Right.REPORT in desk.actor.rights and row.issued_at is None,
    }


def _show_paper(report_id: str, form: IssueForm) -> Any:
    desk = web.desk()
    row = get_report(desk, report_id)
    changed = changed_since_issue(desk, row)
    return render_template("reports/paper.html", changed=changed, **shown(desk, row, form))
