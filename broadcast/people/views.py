"""Signing in and out, the first visit, accounts. Pages only; the services decide."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask import session as cookie
from flask_babel import gettext as _

from broadcast import web
from broadcast.desk import Desk
from broadcast.limiting import limiter
from broadcast.people import service
from broadcast.people.forms import AccountForm, PasswordForm, SetUpForm, SignInForm
from broadcast.people.rules import Actor, Right, Role
from broadcast.people.setup import (
    FirstAccount,
    NewStation,
    SetupLinkUsed,
    find_setup_link,
    is_set_up,
    set_up,
)
from broadcast.web import needs

pages = Blueprint("people", __name__)


def _door() -> Desk:
    """Nobody is known yet: a desk that may sign people in and nothing else."""
    return Desk(web.session(), Actor.machine("", "cửa vào"), web.now(), web.parts().jobs)


def _safe_target() -> str:
    """Only a path of our own; a second slash or a backslash leads to another host."""
    target = request.values.get("next", "")
    local = target.startswith("/") and not target.startswith(("//", "/\\"))
    return target if local else url_for("console.today")


@pages.route("/dang-nhap", methods=["GET", "POST"])
@limiter.limit("30/minute", methods=["POST"])
def sign_in() -> Any:
    form = SignInForm()
    if g.get("person") is not None:
        return redirect(_safe_target())
    if form.validate_on_submit():
        address = request.remote_addr or ""
        agent = request.user_agent.string
        try:
            token = service.sign_in(
                _door(), form.login.data, form.password.data, address=address, agent=agent
            )
        except service.WrongPassword as err:
            # The one view that catches: a failure is kept in a transaction of its own.
            service.note_failure(_door(), form.login.data, address)
            form.form_errors.append(_(err.message))
        else:
            cookie.clear()
            cookie.permanent = True
            cookie["sign_in"] = token
            return redirect(_safe_target())
    first = not is_set_up(_door())
    return render_template("people/sign_in.html", form=form, first=first)


@pages.post("/dang-xuat")
def sign_out() -> Any:
    if g.get("sign_in_id"):
        service.sign_out(web.desk(), g.sign_in_id)
    cookie.clear()
    return redirect(url_for("people.sign_in"))


@pages.route("/bat-dau/<secret>", methods=["GET", "POST"])
@limiter.limit("30/minute")
def set_up_station(secret: str) -> Any:
    if find_setup_link(_door(), secret) is None:
        raise SetupLinkUsed
    form = SetUpForm()
    if form.validate_on_submit():
        new = NewStation(
            code=form.station_code,
            name=form.station_name.data,
            commune_name=form.commune_name.data,
            time_zone=form.time_zone.data.strip(),
            one_person=form.one_person.data,
        )
        first = FirstAccount(form.login.data, form.display_name.data, form.password.data)
        set_up(_door(), secret, new, first)
        flash(_("Đài đã sẵn sàng. Đăng nhập bằng tài khoản vừa tạo."), "done")
        return redirect(url_for("people.sign_in"))
    return render_template("people/set_up.html", form=form)


@pages.route("/tai-khoan", methods=["GET", "POST"])
@needs(Right.LOOK)
def account() -> Any:
    form = PasswordForm()
    desk = web.desk()
    if form.validate_on_submit():
        if service.is_password(form.old.data, g.person.password_hash):
            service.change_password(desk, form.old.data, form.new.data, keep_sign_in=g.sign_in_id)
            flash(_("Đã đổi mật khẩu. Các máy khác phải đăng nhập lại."), "done")
            return redirect(url_for("people.account"))
        form.old.errors = [_(service.WrongPassword.message)]
    sign_ins = service.list_sign_ins(desk, g.person.id)
    return render_template("people/account.html", form=form, sign_ins=sign_ins)


@pages.post("/tai-khoan/phien/<sign_in_id>/dang-xuat")
@needs(Right.LOOK)
def end_sign_in(sign_in_id: str) -> Any:
    service.sign_out(web.desk(), sign_in_id)
    return redirect(url_for("people.account"))


@pages.post("/tai-khoan/ngon-ngu")
@needs(Right.LOOK)
def language() -> Any:
    service.choose_language(web.desk(), request.form.get("language", "vi"))
    return redirect(url_for("people.account"))


@pages.route("/nguoi-dung", methods=["GET", "POST"])
@needs(Right.ADMINISTER)
def accounts() -> Any:
    form = AccountForm()
    desk = web.desk()
    if form.validate_on_submit():
        if service.is_login_free(desk, form.login.data):
            role = Role(form.role.data)
            names = (form.login.data, form.display_name.data)
            service.add_account(desk, *names, form.password.data, role)
            flash(_("Đã thêm %(name)s.", name=form.display_name.data), "done")
            return redirect(url_for("people.accounts"))
        form.login.errors = [_(service.LoginTaken.message)]
    found = service.list_accounts(desk)
    return render_template("people/accounts.html", form=form, accounts=found, roles=list(Role))


@pages.post("/nguoi-dung/<user_id>")
@needs(Right.ADMINISTER)
def change_account(user_id: str) -> Any:
    role = Role(request.form.get("role", Role.VIEWER.value))
    disabled = request.form.get("disabled") == "yes"
    service.change_account(web.desk(), user_id, role=role, disabled=disabled)
    flash(_("Đã lưu."), "done")
    return redirect(url_for("people.accounts"))


@pages.get("/nhat-ky-thao-tac")
@needs(Right.ADMINISTER)
def trail() -> Any:
    before = request.args.get("before", "")
    entries = service.list_trail(web.desk(), before=before)
    return render_template("people/trail.html", entries=entries)
