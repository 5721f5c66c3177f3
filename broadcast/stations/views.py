"""Settings as pages: the station, its zones, its papers, the keys of the report module."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from wtforms import SelectField
from wtforms.fields import SelectChoice

from broadcast import web
from broadcast.boxes.queries import boxes_by_zone
from broadcast.people.keys import add_key, list_keys, revoke_key
from broadcast.people.rules import Right
from broadcast.stations import papers, queries, zones
from broadcast.stations.forms import KeyForm, RegulationForm, StationForm, UnitNameForm, ZoneForm
from broadcast.stations.from_forms import (
    regulation_from,
    station_from,
    unit_name_from,
    zone_from,
)
from broadcast.stations.service import change_station
from broadcast.web import needs

pages = Blueprint("stations", __name__, url_prefix="/cai-dat")


@pages.get("")
@needs(Right.LOOK)
def settings() -> Any:
    station = web.station()
    kept = {name: value for name, value in station.reading_style.items() if name != "version"}
    form = StationForm(obj=station, data=kept)
    return render_template("stations/settings.html", form=form)


@pages.post("")
@needs(Right.ADMINISTER)
def change_settings() -> Any:
    form, desk = StationForm(), web.desk()
    if form.carry_out(
        lambda: change_station(desk, station_from(form), row_version=form.shown_version)
    ):
        flash(_("Đã lưu cài đặt."), "done")
        return redirect(url_for("stations.settings"))
    return render_template("stations/settings.html", form=form), form.status


@pages.get("/khu-vuc")
@needs(Right.LOOK)
def zone_tree() -> Any:
    return _zone_page(ZoneForm(formdata=None))


@pages.post("/khu-vuc")
@needs(Right.ADMINISTER)
def add_zone() -> Any:
    form = _with_places(ZoneForm())
    if form.carry_out(lambda: zones.add_zone(web.desk(), zone_from(form))):
        flash(_("Đã thêm %(name)s.", name=form.name.data), "done")
        return redirect(url_for("stations.zone_tree"))
    return _zone_page(form), form.status


@pages.route("/khu-vuc/<zone_id>", methods=["GET", "POST"])
@needs(Right.ADMINISTER)
def zone(zone_id: str) -> Any:
    row = zones.get_zone(web.desk(), zone_id)
    form = _with_places(ZoneForm(obj=row), but=zone_id)
    if form.carry_out(lambda: zones.change_zone(web.desk(), zone_id, zone_from(form))):
        flash(_("Đã lưu."), "done")
        return redirect(url_for("stations.zone_tree"))
    return render_template("stations/zone.html", form=form, zone=row), form.status


@pages.post("/khu-vuc/<zone_id>/dong")
@needs(Right.ADMINISTER)
def close_zone(zone_id: str) -> Any:
    row = zones.close_zone(web.desk(), zone_id)
    flash(_("Đã đóng %(name)s. Mở lại được ở cuối trang này.", name=row.name), "done")
    return redirect(url_for("stations.zone_tree"))


@pages.post("/khu-vuc/<zone_id>/mo-lai")
@needs(Right.ADMINISTER)
def reopen_zone(zone_id: str) -> Any:
    row = zones.reopen_zone(web.desk(), zone_id)
    flash(_("Đã mở lại %(name)s.", name=row.name), "done")
    return redirect(url_for("stations.zone_tree"))


@pages.get("/khung-gio")
@needs(Right.LOOK)
def regulation() -> Any:
    return _regulation_page(RegulationForm(formdata=None))


@pages.post("/khung-gio")
@needs(Right.ADMINISTER)
def add_regulation() -> Any:
    form, desk = RegulationForm(), web.desk()
    quiet = queries.list_sensitive_zone_ids(desk)
    if form.carry_out(lambda: papers.add_regulation(desk, regulation_from(form, quiet))):
        flash(_("Đã lưu quy định giờ phát."), "done")
        return redirect(url_for("stations.regulation"))
    return _regulation_page(form), form.status


@pages.get("/ten-don-vi")
@needs(Right.LOOK)
def unit_names() -> Any:
    return _unit_names_page(UnitNameForm(formdata=None))


@pages.post("/ten-don-vi")
@needs(Right.ADMINISTER)
def add_unit_name() -> Any:
    form = UnitNameForm()
    if form.carry_out(lambda: papers.add_unit_name(web.desk(), unit_name_from(form))):
        flash(_("Đã lưu tên đơn vị."), "done")
        return redirect(url_for("stations.unit_names"))
    return _unit_names_page(form), form.status


@pages.route("/khoa", methods=["GET", "POST"])
@needs(Right.ADMINISTER)
def keys() -> Any:
    form, desk = KeyForm(), web.desk()
    # Shown in this one answer and kept nowhere: a redirect would have to carry it.
    added = form.carry_out(lambda: add_key(desk, form.name.data))
    shown = KeyForm(formdata=None) if added else form
    secret = added[0][1] if added else ""
    page = render_template("stations/keys.html", form=shown, secret=secret, keys=list_keys(desk))
    return page, form.status, {"Cache-Control": "no-store"}


@pages.post("/khoa/<key_id>/thu-hoi")
@needs(Right.ADMINISTER)
def end_key(key_id: str) -> Any:
    revoke_key(web.desk(), key_id)
    flash(_("Đã thu hồi khóa."), "done")
    return redirect(url_for("stations.keys"))


def _with_places(form: ZoneForm, but: str = "") -> ZoneForm:
    whole = _("Trực tiếp trong %(commune)s", commune=web.station().commune_name)
    places = [
        SelectChoice(zone.id, f"{'– ' * depth}{zone.name}")
        for zone, depth in queries.zone_tree_of(web.desk())
        if zone.id != but
    ]
    form.parent_id.choices = [SelectChoice("", whole), *places]
    return form


def _words(field: SelectField) -> dict[str, str]:
    return {choice.value: choice.label for choice in field.choices}


def _zone_page(form: ZoneForm) -> Any:
    return render_template(
        "stations/zones.html",
        form=_with_places(form),
        tree=queries.zone_tree_of(web.desk()),
        boxes=boxes_by_zone(web.desk()),
        closed=zones.list_closed_zones(web.desk()),
        kind_words=_words(form.kind),
        sensitive_words=_words(form.sensitive),
    )


def _regulation_page(form: RegulationForm) -> Any:
    rows = papers.list_regulations(web.desk())
    names = {zone.id: zone.name for zone in queries.list_zones(web.desk())}
    return render_template("stations/regulation.html", form=form, rows=rows, zone_names=names)


def _unit_names_page(form: UnitNameForm) -> Any:
    rows = papers.list_unit_names(web.desk())
    if not request.form and rows:
        # The next names usually differ in a word or two from the present ones.
        form.process(formdata=None, obj=rows[0])
        form.valid_from.data = None
        form.recipients.data = "\n".join(rows[0].recipients)
    return render_template("stations/unit_names.html", form=form, rows=rows)
