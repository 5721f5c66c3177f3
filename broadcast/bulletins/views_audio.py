"""The audio of a bulletin: made by a worker, cancelled, recorded in the browser or uploaded."""

from http import HTTPStatus
from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _

from audio.errors import AudioError
from audio.intake import take_upload
from broadcast import web
from broadcast.bulletins import service
from broadcast.bulletins.forms import UploadForm
from broadcast.bulletins.pages import pages
from broadcast.bulletins.queries import current_version, get_bulletin
from broadcast.bulletins.standing import standing_of
from broadcast.limiting import UPLOADS, limiter
from broadcast.people.rules import Right
from broadcast.web import needs

LONGEST_UPLOAD_MS = 3 * 3600 * 1000
"""The longest programme that anybody relays; a 20-hour file is a forgotten recorder."""


@pages.post("/<bulletin_id>/am-thanh")
@needs(Right.WRITE)
def make_audio(bulletin_id: str) -> Any:
    service.want_audio(web.desk(), bulletin_id, fresh=request.form.get("fresh") == "yes")
    return redirect(url_for("bulletins.show", bulletin_id=bulletin_id))


@pages.post("/<bulletin_id>/dung-am-thanh")
@needs(Right.WRITE)
def stop_audio(bulletin_id: str) -> Any:
    service.stop_audio(web.desk(), bulletin_id)
    return redirect(url_for("bulletins.show", bulletin_id=bulletin_id))


@pages.get("/<bulletin_id>/tien-do")
@needs(Right.LOOK)
def progress(bulletin_id: str) -> Any:
    """The count while it is made; when it is over, the whole page is asked for again."""
    desk = web.desk()
    bulletin = get_bulletin(desk, bulletin_id)
    standing = standing_of(desk, bulletin, current_version(desk, bulletin))
    headers = {} if standing.is_working else {"HX-Refresh": "true"}
    page = render_template("bulletins/_progress.html", bulletin=bulletin, standing=standing)
    return page, HTTPStatus.OK, headers


@pages.route("/<bulletin_id>/thu-am", methods=["GET", "POST"])
@needs(Right.WRITE)
@limiter.limit(UPLOADS, methods=["POST"])
def upload(bulletin_id: str) -> Any:
    desk = web.desk()
    bulletin = get_bulletin(desk, bulletin_id)
    form = UploadForm()
    if form.validate_on_submit():
        settings = web.parts().settings
        settings.uploads_dir.mkdir(parents=True, exist_ok=True)
        try:
            kept = take_upload(
                form.sound.data.stream,
                folder=settings.uploads_dir,
                limit_bytes=settings.upload_limit_bytes,
                limit_ms=LONGEST_UPLOAD_MS,
            )
        except AudioError as err:
            # A file that cannot be used is an error of this form, not of the page.
            form.sound.errors = [_(err.message)]
        else:
            service.attach_recording(desk, bulletin_id, kept.path.name)
            return redirect(url_for("bulletins.show", bulletin_id=bulletin_id))
    page = render_template(
        "bulletins/upload.html",
        bulletin=bulletin,
        form=form,
        limit_bytes=web.parts().settings.upload_limit_bytes,
        limit_ms=LONGEST_UPLOAD_MS,
    )
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
