"""Pages of what reports are made with: the register of grounds, the office's Word templates."""

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from broadcast import web
from broadcast.limiting import UPLOADS, limiter
from broadcast.people.rules import Right
from broadcast.reports.docx_template import MAX_TEMPLATE_BYTES
from broadcast.reports.errors import BadTemplate
from broadcast.reports.figure_views import today
from broadcast.reports.forms import FileForm, GroundForm
from broadcast.reports.grounds import GroundDraft, add_ground, remove_ground
from broadcast.reports.pages import pages
from broadcast.reports.paper_building import list_grounds
from broadcast.reports.paper_files import FORMATS, keep_template, sample
from broadcast.reports.papers import get_template, list_templates, trial_report
from broadcast.web import needs


@pages.route("/can-cu", methods=["GET", "POST"])
@needs(Right.LOOK, to_post=Right.REPORT)
def grounds() -> Any:
    desk = web.desk()
    form = GroundForm()
    if form.validate_on_submit():
        draft = GroundDraft(
            form.number.data, form.issued_on.data, form.sentence.data, form.year.data
        )
        add_ground(desk, draft)
        flash(_("Đã thêm vào sổ."), "done")
        return redirect(url_for("reports.grounds"))
    if request.method == "GET":
        form.year.data = today().year
    found = list_grounds(desk)
    may_write = Right.REPORT in desk.actor.rights
    return render_template("reports/grounds.html", form=form, grounds=found, may_write=may_write)


@pages.post("/can-cu/<ground_id>/bo")
@needs(Right.REPORT)
def drop_ground(ground_id: str) -> Any:
    remove_ground(web.desk(), ground_id)
    flash(_("Đã bỏ khỏi sổ. Báo cáo đã ban hành vẫn giữ nguyên căn cứ."), "done")
    return redirect(url_for("reports.grounds"))


@pages.route("/mau-word", methods=["GET", "POST"])
@needs(Right.REPORT)
@limiter.limit(UPLOADS, methods=["POST"])
def templates() -> Any:
    desk = web.desk()
    form = FileForm()
    if form.validate_on_submit():
        file = form.file.data
        try:
            keep_template(
                desk,
                file.filename or "",
                file.read(MAX_TEMPLATE_BYTES + 1),
                trial_report(desk, today()),
            )
        except BadTemplate as err:
            # The line at fault stands beside the field, where the next try begins.
            form.file.errors = [err.message]
        else:
            flash(_("Đã nhận mẫu. Chọn mẫu này khi soạn báo cáo."), "done")
            return redirect(url_for("reports.templates"))
    return render_template("reports/templates.html", form=form, templates=list_templates(desk))


@pages.get("/mau-word/mau.docx")
@needs(Right.REPORT)
def sample_docx() -> Response:
    return _word(sample(), "mau-bao-cao.docx")


@pages.get("/mau-word/<template_id>.docx")
@needs(Right.REPORT)
def template_docx(template_id: str) -> Response:
    return _word(get_template(web.desk(), template_id).content, f"{template_id}.docx")


def _word(content: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, content_type=FORMATS["docx"], headers=headers)
