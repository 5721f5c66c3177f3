"""Handing in, and the approver's pages: what waits, one bulletin, the decision."""

from http import HTTPStatus
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from broadcast import web
from broadcast.bulletins import service
from broadcast.bulletins.decisions import (
    approve_bulletin,
    hash_of,
    may_approve,
    return_bulletin,
    withdraw_bulletin,
)
from broadcast.bulletins.differences import compare
from broadcast.bulletins.forms import ApprovalForm, ReasonForm
from broadcast.bulletins.pages import pages
from broadcast.bulletins.presenting import bulletin_page
from broadcast.bulletins.queries import (
    find_versions_of,
    get_bulletin,
    get_version,
    last_decided,
    list_waiting,
)
from broadcast.people.rules import Right
from broadcast.web import needs


@pages.post("/<bulletin_id>/gui-duyet")
@needs(Right.WRITE)
def submit(bulletin_id: str) -> Any:
    desk = web.desk()
    bulletin = service.submit_bulletin(desk, bulletin_id)
    if may_approve(desk, bulletin):
        return redirect(url_for("bulletins.review", bulletin_id=bulletin_id))
    flash(_("Đã gửi duyệt. Người duyệt sẽ thấy bài này trong mục Chờ duyệt."), "done")
    return redirect(url_for("bulletins.show", bulletin_id=bulletin_id))


@pages.get("/cho-duyet")
@needs(Right.APPROVE)
def waiting() -> Any:
    desk = web.desk()
    bulletins = list_waiting(desk)
    return render_template(
        "bulletins/waiting.html", bulletins=bulletins, versions=find_versions_of(desk, bulletins)
    )


@pages.get("/<bulletin_id>/duyet")
@needs(Right.APPROVE)
def review(bulletin_id: str) -> Any:
    return _review_page(bulletin_id, ApprovalForm(), ReasonForm())


@pages.post("/<bulletin_id>/duyet")
@needs(Right.APPROVE)
def approve(bulletin_id: str) -> Any:
    desk = web.desk()
    form = ApprovalForm()
    if not form.validate():
        return _review_page(bulletin_id, form, ReasonForm()), HTTPStatus.UNPROCESSABLE_ENTITY
    approve_bulletin(desk, bulletin_id, form.seen.data, authority=form.authority.data or "")
    flash(_("Đã duyệt. Từ đây bài xếp lịch được."), "done")
    queue = web.link("timetable.queue_bulletin", bulletin_id=bulletin_id)
    if queue is not None and Right.SCHEDULE in desk.actor.rights:
        return redirect(queue)
    return redirect(url_for("bulletins.show", bulletin_id=bulletin_id))


@pages.post("/<bulletin_id>/tra-lai")
@needs(Right.APPROVE)
def send_back(bulletin_id: str) -> Any:
    form = ReasonForm()
    if not form.validate():
        page = _review_page(bulletin_id, ApprovalForm(formdata=None), form)
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    return_bulletin(web.desk(), bulletin_id, form.reason.data)
    flash(_("Đã trả lại kèm lý do. Người viết sẽ thấy ngay trên bài."), "done")
    return redirect(url_for("bulletins.waiting"))


@pages.route("/<bulletin_id>/thu-hoi", methods=["GET", "POST"])
@needs(Right.WRITE)
def withdraw(bulletin_id: str) -> Any:
    desk = web.desk()
    bulletin = get_bulletin(desk, bulletin_id)
    form = ReasonForm()
    if form.validate_on_submit():
        withdraw_bulletin(desk, bulletin_id, form.reason.data)
        flash(_("Đã thu hồi. Bài rời khỏi lịch ở lần cụm loa hỏi tiếp theo."), "done")
        return redirect(url_for("bulletins.show", bulletin_id=bulletin_id))
    page = render_template("bulletins/withdraw.html", bulletin=bulletin, form=form)
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK


@pages.get("/<bulletin_id>/ban/<int:number>")
@needs(Right.LOOK)
def version(bulletin_id: str, number: int) -> Any:
    desk = web.desk()
    bulletin = get_bulletin(desk, bulletin_id)
    shown = get_version(desk, bulletin, number)
    before = get_version(desk, bulletin, number - 1) if number > 1 else None
    runs = compare(before.text, shown.text) if before else ()
    return render_template(
        "bulletins/version.html", bulletin=bulletin, version=shown, before=before, runs=runs
    )


def _review_page(bulletin_id: str, approval: ApprovalForm, returning: ReasonForm) -> str:
    desk = web.desk()
    bulletin = get_bulletin(desk, bulletin_id)
    page = bulletin_page(desk, bulletin)
    approval.seen.data = hash_of(page["version"])
    before, decision = last_decided(desk, bulletin)
    return render_template(
        "bulletins/review.html",
        approval=approval,
        returning=returning,
        before=before,
        before_decision=decision,
        runs=compare(before.text, page["version"].text) if before else (),
        may_approve=may_approve(desk, bulletin),
        **page,
    )
