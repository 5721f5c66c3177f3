"""Boxes as pages."""

from http import HTTPStatus
from typing import Any

import segno
from flask import (
    Blueprint,
    Response,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _

from broadcast import web
from broadcast.boxes import program, sounding, tokens, volumes
from broadcast.boxes.forms import BoxForm, NewBoxForm, PlaceForm, VolumeHoursForm
from broadcast.boxes.queries import list_box_lines, read_box_file
from broadcast.boxes.site_plan import draw_plan
from broadcast.bulletins.writing import studio
from broadcast.people.rules import Right
from broadcast.stations.queries import list_zones
from broadcast.web import needs

pages = Blueprint("boxes", __name__, url_prefix="/cum-loa")


@pages.get("/")
@needs(Right.LOOK)
def index() -> Any:
    return _index(NewBoxForm())


@pages.post("/")
@needs(Right.ADMINISTER)
def add() -> Any:
    form = NewBoxForm()
    form.offer_zones(_zones())
    if not form.validate_on_submit():
        return _index(form)
    box, token = tokens.add_box(web.desk(), form.name.data, form.zone.data or None)
    return _show_secret(box.id, box.name, token)


@pages.get(f"/{program.NAME}")
def program_file() -> Response:
    """Open to all, as its source is: a bare machine fetches it before it has a token."""
    found = program.box_program()
    response = Response(found.content, content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{program.NAME}"'
    response.headers["Cache-Control"] = "public, no-cache"
    response.set_etag(found.etag)
    response.make_conditional(request)
    return response


@pages.get("/<box_id>")
@needs(Right.LOOK)
def show(box_id: str) -> Any:
    return _box_page(box_id)


@pages.post("/<box_id>")
@needs(Right.ADMINISTER)
def change(box_id: str) -> Any:
    form = BoxForm()
    form.offer_zones(_zones())
    if not form.validate_on_submit():
        return _box_page(box_id, form=form)
    tokens.change_box(
        web.desk(),
        box_id,
        form.name.data,
        form.zone.data or None,
        volume_percent=form.volume_percent.data,
        trim_ms=form.trim_ms.data,
    )
    flash(_("Đã lưu. Cụm loa nhận trong lần hỏi tới."), "done")
    return redirect(url_for("boxes.show", box_id=box_id))


@pages.post("/<box_id>/am-luong")
@needs(Right.ADMINISTER)
def volume(box_id: str) -> Any:
    form = VolumeHoursForm()
    if not form.validate_on_submit():
        return _box_page(box_id, hours=form)
    tokens.set_volume_hours(web.desk(), box_id, form.spans)
    flash(_("Đã lưu. Cụm loa nhận trong lần hỏi tới."), "done")
    return redirect(url_for("boxes.show", box_id=box_id))


@pages.post("/<box_id>/vi-tri")
@needs(Right.ADMINISTER)
def site(box_id: str) -> Any:
    form = PlaceForm()
    if not form.validate_on_submit():
        return _box_page(box_id, place=form)
    tokens.site_box(web.desk(), box_id, form.place.data or "")
    flash(_("Đã đặt cụm loa lên sơ đồ.") if form.place.data else _("Đã bỏ vị trí."), "done")
    return redirect(url_for("boxes.show", box_id=box_id))


@pages.post("/<box_id>/tieng-thu")
@needs(Right.ADMINISTER)
def sound(box_id: str) -> Any:
    sounding.ask_for_tone(web.desk(), box_id, studio())
    return redirect(url_for("boxes.show", box_id=box_id, _anchor="tone"))


@pages.get("/<box_id>/tieng-thu")
@needs(Right.LOOK)
def tone(box_id: str) -> Any:
    """The piece of the page that waits for what the box says of the tone."""
    return render_template("boxes/_tone.html", file=read_box_file(web.desk(), box_id))


@pages.post("/<box_id>/ma")
@needs(Right.ADMINISTER)
def rotate(box_id: str) -> Any:
    box, token = tokens.rotate_token(web.desk(), box_id)
    return _show_secret(box.id, box.name, token)


@pages.post("/<box_id>/ma/thu-hoi")
@needs(Right.ADMINISTER)
def revoke(box_id: str) -> Any:
    tokens.revoke_tokens(web.desk(), box_id)
    flash(_("Đã thu hồi mọi mã của cụm loa."), "done")
    return redirect(url_for("boxes.show", box_id=box_id))


@pages.post("/<box_id>/duong-dan")
@needs(Right.ADMINISTER)
def make_path(box_id: str) -> Any:
    key = tokens.new_path_key(web.desk(), box_id)
    base_url = f"{web.own_address()}/p/{key}"
    page = make_response(render_template("boxes/path.html", box_id=box_id, base_url=base_url))
    return _never_kept(page)


@pages.post("/<box_id>/duong-dan/thu-hoi")
@needs(Right.ADMINISTER)
def revoke_path(box_id: str) -> Any:
    tokens.revoke_path(web.desk(), box_id)
    flash(_("Đã thu hồi đường dẫn."), "done")
    return redirect(url_for("boxes.show", box_id=box_id))


@pages.post("/<box_id>/thao")
@needs(Right.ADMINISTER)
def retire(box_id: str) -> Any:
    tokens.retire_box(web.desk(), box_id)
    flash(_("Đã tháo cụm loa. Nhật ký của nó vẫn còn."), "done")
    return redirect(url_for("boxes.index"))


def _index(form: NewBoxForm) -> Any:
    form.offer_zones(_zones())
    lines = list_box_lines(web.desk())
    plan = draw_plan([line.spot for line in lines])
    return render_template("boxes/index.html", lines=lines, plan=plan, form=form)


def _box_page(
    box_id: str,
    form: BoxForm | None = None,
    place: PlaceForm | None = None,
    hours: VolumeHoursForm | None = None,
) -> Any:
    found = read_box_file(web.desk(), box_id)
    box = found.line.box
    shown = form or BoxForm(
        formdata=None,
        name=box.name,
        zone=box.zone_id or "",
        volume_percent=box.volume_percent,
        trim_ms=box.trim_ms,
    )
    shown.offer_zones(_zones())
    stands = "" if box.latitude is None else f"{box.latitude:.6g}, {box.longitude:.7g}"
    page = render_template(
        "boxes/show.html",
        file=found,
        form=shown,
        place=place or PlaceForm(formdata=None, place=stands),
        hours=hours or _hours_of(box.volume_percent, box.volume_hours).with_room(),
    )
    wrong = any(sent is not None and sent.errors for sent in (form, place, hours))
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK


def _hours_of(percent: int, hours: list[dict[str, object]]) -> VolumeHoursForm:
    spans = volumes.read(percent, hours).spans
    rows = [{"since": s.since, "until": s.until, "percent": s.percent} for s in spans]
    return VolumeHoursForm(formdata=None, hours=rows)


def _zones() -> list[tuple[str, str]]:
    return [(zone.id, zone.name) for zone in list_zones(web.desk())]


def _show_secret(box_id: str, name: str, token: str) -> Any:
    """The only page that ever shows it; no cache may keep it."""
    url = web.own_address()
    command = program.start_command(url, token)
    code = segno.make(command, micro=False)
    page = render_template(
        "boxes/token.html",
        box_id=box_id,
        name=name,
        token=token,
        command=command,
        url=url,
        is_only_here=web.is_only_here(url),
        image=code.svg_data_uri(scale=5, dark="black", light="white"),
    )
    return _never_kept(make_response(page))


def _never_kept(page: Any) -> Any:
    page.headers["Cache-Control"] = "no-store"
    return page
