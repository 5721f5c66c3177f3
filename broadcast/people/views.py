"""My account, and everybody's: pages only, the services decide."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask import session as cookie
from flask_babel import gettext as _

from broadcast import web
from broadcast.people import service, signing_in, two_steps, views_door
from broadcast.people.forms import (
    AccountForm,
    CodeForm,
    NewPasswordForm,
    PasswordForm,
    RemovalForm,
)
from broadcast.people.machines import machine_words
from broadcast.people.pages import pages
from broadcast.people.rules import Right, Role
from broadcast.web import needs

__all__ = ["pages", "views_door"]

OFFERED = "totp_offered"
"""In the signed cookie until the phone has proved that it took the secret."""


@pages.route("/tai-khoan", methods=["GET", "POST"])
@needs(Right.LOOK)
def account() -> Any:
    form, desk = PasswordForm(), web.desk()
    if form.carry_out(
        lambda: service.change_password(
            desk, form.old.data, form.new.data, keep_sign_in=g.sign_in_id
        )
    ):
        flash(_("Đã đổi mật khẩu. Các máy khác phải đăng nhập lại."), "done")
        return redirect(url_for("people.account"))
    sign_ins = signing_in.list_sign_ins(desk, g.person.id)
    return render_template(
        "people/account.html", form=form, sign_ins=sign_ins, machine_words=machine_words
    ), form.status


@pages.post("/tai-khoan/phien/<sign_in_id>/dang-xuat")
@needs(Right.LOOK)
def end_sign_in(sign_in_id: str) -> Any:
    signing_in.sign_out(web.desk(), sign_in_id)
    return redirect(url_for("people.account"))


@pages.post("/tai-khoan/ngon-ngu")
@needs(Right.LOOK)
def language() -> Any:
    service.choose_language(web.desk(), request.form.get("language", "vi"))
    return redirect(url_for("people.account"))


@pages.route("/tai-khoan/hai-buoc", methods=["GET", "POST"])
@needs(Right.LOOK)
def two_step() -> Any:
    """Offers a secret and takes the first code of it, or switches the second step off."""
    if g.person.totp_secret:
        return _switch_off()
    secret = cookie.setdefault(OFFERED, two_steps.new_totp_secret())
    form = CodeForm()
    if form.carry_out(lambda: two_steps.switch_on(web.desk(), secret, form.code.data)):
        cookie.pop(OFFERED)
        flash(_("Đã bật đăng nhập hai bước."), "done")
        return redirect(url_for("people.account"))
    picture = two_steps.qr_picture(secret, g.person.login, web.station().name)
    page = render_template("people/two_step_on.html", form=form, secret=secret, picture=picture)
    return page, form.status, {"Cache-Control": "no-store"}


def _switch_off() -> Any:
    form = RemovalForm()
    if form.carry_out(lambda: two_steps.switch_off(web.desk(), form.password.data)):
        flash(_("Đã tắt đăng nhập hai bước."), "done")
        return redirect(url_for("people.account"))
    return render_template("people/two_step_off.html", form=form), form.status


@pages.route("/nguoi-dung", methods=["GET", "POST"])
@needs(Right.ADMINISTER)
def accounts() -> Any:
    form, desk = AccountForm(), web.desk()
    if form.carry_out(
        lambda: service.add_account(
            desk,
            form.login.data,
            form.display_name.data,
            form.password.data,
            Role(form.role.data),
        )
    ):
        flash(_("Đã thêm %(name)s.", name=form.display_name.data), "done")
        return redirect(url_for("people.accounts"))
    found = service.list_accounts(desk)
    return render_template("people/accounts.html", form=form, accounts=found), form.status


@pages.post("/nguoi-dung/<user_id>")
@needs(Right.ADMINISTER)
def change_account(user_id: str) -> Any:
    role = Role(request.form.get("role", Role.VIEWER.value))
    disabled = request.form.get("disabled") == "yes"
    service.change_account(web.desk(), user_id, role=role, disabled=disabled)
    flash(_("Đã lưu."), "done")
    return redirect(url_for("people.accounts"))


@pages.route("/nguoi-dung/<user_id>/mat-khau", methods=["GET", "POST"])
@needs(Right.ADMINISTER)
def give_password(user_id: str) -> Any:
    form, desk = NewPasswordForm(), web.desk()
    user = service.get_account(desk, user_id)
    if form.carry_out(lambda: service.set_password(desk, user_id, form.new.data)):
        flash(_("Đã đặt mật khẩu mới cho %(name)s.", name=user.display_name), "done")
        return redirect(url_for("people.accounts"))
    return render_template("people/give_password.html", form=form, user=user), form.status


@pages.post("/nguoi-dung/<user_id>/bo-hai-buoc")
@needs(Right.ADMINISTER)
def forgive_phone(user_id: str) -> Any:
    two_steps.forgive_phone(web.desk(), user_id)
    flash(
        _("Đã bỏ bước nhập mã. Người đó đăng nhập bằng mật khẩu và bật lại khi có máy mới."), "done"
    )
    return redirect(url_for("people.accounts"))


@pages.get("/nhat-ky-thao-tac")
@needs(Right.ADMINISTER)
def trail() -> Any:
    before = request.args.get("before", "")
    entries = service.list_trail(web.desk(), before=before)
    return render_template("people/trail.html", entries=entries)
