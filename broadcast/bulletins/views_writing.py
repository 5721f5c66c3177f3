"""Writing: a new bulletin, its text beside its speech, kept while it is typed."""

from http import HTTPStatus
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from broadcast import web
from broadcast.bulletins import service
from broadcast.bulletins.doubts import set_doubt_aside
from broadcast.bulletins.drafts import LONGEST_TEXT, clean_text
from broadcast.bulletins.forms import DraftForm
from broadcast.bulletins.pages import pages
from broadcast.bulletins.presenting import preview
from broadcast.bulletins.queries import list_decisions
from broadcast.bulletins.writing import Writing, open_writing, topic_choices, voice_choices
from broadcast.people.rules import Right
from broadcast.web import needs


@pages.route("/moi", methods=["GET", "POST"])
@needs(Right.WRITE)
def new() -> Any:
    station = web.station()
    form = _offered(DraftForm())
    if request.method == "GET":
        form.voice.data = f"{station.speech_engine}/{station.speech_voice}"
        form.speed_percent.data = station.speech_speed_percent
    if form.is_submitted() and "preview" not in request.form and form.validate():
        bulletin = service.start_bulletin(web.desk(), form.draft())
        return _go_on(bulletin.id, begun=True)
    return _write_page(form), HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK


@pages.route("/<bulletin_id>/soan", methods=["GET", "POST"])
@needs(Right.WRITE)
def edit(bulletin_id: str) -> Any:
    desk = web.desk()
    at = open_writing(desk, bulletin_id)
    form = _offered(DraftForm(data=at.fields), at)
    if not form.is_submitted() or "preview" in request.form:
        return _write_page(form, at)
    if form.row_version.data != at.row_version:
        # What was typed stays in the fields; a second press saves it over the other's words.
        form.row_version.data = at.row_version
        return _write_page(form, at, conflict=True), HTTPStatus.CONFLICT
    if not form.validate():
        return _write_page(form, at), HTTPStatus.UNPROCESSABLE_ENTITY
    service.save_draft(desk, bulletin_id, form.draft(), row_version=int(at.row_version))
    return _go_on(bulletin_id)


@pages.post("/<bulletin_id>/tu-luu")
@needs(Right.WRITE)
def autosave(bulletin_id: str) -> Any:
    """Says the new row version; 409 when somebody else saved, 422 when it cannot be kept."""
    desk = web.desk()
    at = open_writing(desk, bulletin_id)
    form = _offered(DraftForm(), at)
    if not at.is_open or form.row_version.data != at.row_version:
        return Response(status=HTTPStatus.CONFLICT)
    if not form.validate():
        return Response(status=HTTPStatus.UNPROCESSABLE_ENTITY)
    saved = service.save_draft(desk, bulletin_id, form.draft(), row_version=int(at.row_version))
    headers = {"X-Version": str(saved.row_version)}
    return Response(status=HTTPStatus.NO_CONTENT, headers=headers)


@pages.post("/doc-thu")
@needs(Right.WRITE)
def spoken_preview() -> Any:
    """The text of the form as it would be spoken; nothing is saved."""
    known = request.args.get("bulletin", "")
    at = open_writing(web.desk(), known) if known else None
    return render_template(
        "bulletins/_spoken_panel.html", **_spoken(request.form.get("text", ""), at)
    )


def _offered(form: DraftForm, at: Writing | None = None) -> DraftForm:
    form.offer(topic_choices(web.desk(), at), voice_choices(at))
    return form


def _spoken(typed: str, at: Writing | None) -> dict[str, Any]:
    text = clean_text(typed)
    if len(text) > LONGEST_TEXT:
        return {"too_long": True}
    return preview(web.desk(), text, at)


def _write_page(form: DraftForm, at: Writing | None = None, *, conflict: bool = False) -> str:
    return render_template(
        "bulletins/write.html",
        form=form,
        at=at,
        conflict=conflict,
        decisions=list_decisions(web.desk(), at.bulletin) if at else [],
        **_spoken(form.text.data or "", at),
    )


def _go_on(bulletin_id: str, *, begun: bool = False) -> Any:
    """After a save, the button says where to: on with the text, a doubt aside, or to the audio."""
    desk = web.desk()
    done = "new" if begun else bulletin_id
    if "audio" in request.form:
        service.want_audio(desk, bulletin_id)
        return redirect(url_for("bulletins.show", bulletin_id=bulletin_id, saved=done))
    if "record" in request.form:
        return redirect(url_for("bulletins.upload", bulletin_id=bulletin_id, saved=done))
    if number := request.form.get("aside", ""):
        _set_aside(bulletin_id, number)
    else:
        flash(_("Đã lưu bản nháp."), "done")
    return redirect(url_for("bulletins.edit", bulletin_id=bulletin_id, saved=done))


def _set_aside(bulletin_id: str, number: str) -> None:
    reason = request.form.get(f"doubt-reason-{number}", "")
    if not reason.strip():
        flash(_("Đã lưu bài. Để bỏ qua cảnh báo, hãy ghi lý do vào ô bên cạnh."), "wait")
        return
    set_doubt_aside(
        web.desk(),
        bulletin_id,
        kind=request.form.get(f"doubt-kind-{number}", ""),
        written=request.form.get(f"doubt-written-{number}", ""),
        reason=reason,
    )
