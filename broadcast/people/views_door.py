"""Signing in and out, and the first visit. Pages only; the services decide."""

from datetime import timedelta
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask import session as cookie
from flask_babel import gettext as _

from broadcast import web
from broadcast.desk import Desk
from broadcast.limiting import guesses, limiter
from broadcast.people import signing_in
from broadcast.people.forms import CodeForm, SetUpForm, SignInForm
from broadcast.people.pages import pages
from broadcast.people.rules import Actor
from broadcast.people.setup import (
    FirstAccount,
    NewStation,
    SetupLinkUsed,
    find_setup_link,
    is_set_up,
    set_up,
)

HALF_IN = "half_in"
"""In the signed cookie between the two steps: whose password was right, and until when."""
HALF_IN_LASTS = timedelta(minutes=5)
LANGUAGE_LASTS = timedelta(days=365)


def _door() -> Desk:
    """Nobody is known yet: a desk that may sign people in and nothing else."""
    return Desk(web.session(), Actor.machine("", "cửa vào"), web.now(), web.parts().jobs)


def _safe_target() -> str:
    """Only a path of our own: browsers read a second slash, a backslash or a control character
    in front as another host.
    """
    target = request.values.get("next", "")
    is_local = target.startswith("/") and target[1:2] not in {"/", "\\"} and target.isprintable()
    return target if is_local else url_for("console.today")


def _browser() -> dict[str, str]:
    return {"address": request.remote_addr or "", "agent": request.user_agent.string}


@pages.route("/dang-nhap", methods=["GET", "POST"])
@limiter.limit("30/minute", methods=["POST"])
def sign_in() -> Any:
    form = SignInForm()
    if g.get("person") is not None:
        return redirect(_safe_target())
    if form.validate_on_submit():
        try:
            token = signing_in.sign_in(_door(), form.login.data, form.password.data, **_browser())
        except signing_in.WrongPassword as err:
            # A failure is kept in a transaction of its own: that of the sign-in was rolled back.
            signing_in.note_failure(_door(), form.login.data, request.remote_addr or "")
            form.form_errors.append(_(err.message))
        except signing_in.SecondStepNeeded as step:
            until = (web.now() + HALF_IN_LASTS).timestamp()
            cookie[HALF_IN] = {"user": step.user_id, "login": form.login.data, "until": until}
            return redirect(url_for("people.second_step", next=request.values.get("next")))
        else:
            return _let_in(token)
    first = not is_set_up(_door())
    return render_template("people/sign_in.html", form=form, first=first)


@pages.route("/dang-nhap/ngon-ngu", methods=["POST"])
def door_language() -> Any:
    """The language before anybody is known; afterwards that of the account holds."""
    answer = redirect(url_for("people.sign_in", next=request.form.get("next") or None))
    spoken = "en" if request.form.get("language") == "en" else "vi"
    secure = web.parts().settings.secure_cookies
    answer.set_cookie(
        "language", spoken, LANGUAGE_LASTS, secure=secure, httponly=True, samesite="Lax"
    )
    return answer


@pages.route("/dang-nhap/ma", methods=["GET", "POST"])
@limiter.limit("30/minute", methods=["POST"])
def second_step() -> Any:
    half = cookie.get(HALF_IN)
    if not half or half["until"] < web.now().timestamp():
        return redirect(url_for("people.sign_in", next=request.values.get("next")))
    form = CodeForm()
    if form.validate_on_submit():
        try:
            token = signing_in.finish_sign_in(_door(), half["user"], form.code.data, **_browser())
        except signing_in.CodeWrong as err:
            signing_in.note_failure(_door(), half["login"], request.remote_addr or "")
            form.code.errors = [_(err.message)]
        else:
            return _let_in(token)
    return render_template("people/second_step.html", form=form)


def _let_in(token: str) -> Any:
    cookie.clear()
    cookie.permanent = True
    cookie["sign_in"] = token
    return redirect(_safe_target())


@pages.post("/dang-xuat")
def sign_out() -> Any:
    if g.get("sign_in_id"):
        signing_in.sign_out(web.desk(), g.sign_in_id)
    cookie.clear()
    return redirect(url_for("people.sign_in"))


@pages.route("/bat-dau/<secret>", methods=["GET", "POST"])
@limiter.limit("30/minute")
@guesses
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
