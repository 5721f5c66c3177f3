"""Khẩn cấp as one page, made for a phone."""

from typing import Any
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from wtforms.fields import SelectChoice

from audio.errors import AudioError
from broadcast import web
from broadcast.errors import InvalidInput
from broadcast.limiting import UPLOADS, limiter
from broadcast.people.rules import Right
from broadcast.timetable.emergencies import approve_emergency, end_emergency, start_emergency
from broadcast.timetable.emergency_desk import list_emergencies, list_ready_bulletins
from broadcast.timetable.emergency_sound import KeptSound, find_sound, take_sound
from broadcast.timetable.forms import offered_zones
from broadcast.timetable.forms_emergency import PREPARED, WORD, EmergencyForm
from broadcast.timetable.pages import pages
from broadcast.web import needs


@pages.get("/khan-cap")
@needs(Right.LOOK)
def emergency() -> Any:
    return _page(EmergencyForm(formdata=None))


@pages.post("/khan-cap")
@needs(Right.EMERGENCY)
@limiter.limit(UPLOADS)
def start_emergency_page() -> Any:
    form = EmergencyForm()
    _offer(form)
    is_good = form.validate_on_submit()
    sound = _sound_of(form)
    if is_good and not form.errors:
        zone = ZoneInfo(web.station().time_zone)
        try:
            start_emergency(web.desk(), form.draft(web.now(), zone, sound.name if sound else ""))
        except InvalidInput as err:
            form.form_errors.append(_(err.message))
        else:
            flash(_("Đã phát lệnh. Loa nào đang kết nối sẽ đọc trong ít giây."), "done")
            return redirect(url_for("timetable.emergency"))
    return _page(form, 422, sound)


def _sound_of(form: EmergencyForm) -> KeptSound | None:
    """Taken in even when something else is wrong: nobody records a warning twice."""
    if form.sound.data:
        try:
            return take_sound(form.sound.data)
        except AudioError as err:
            form.sound.errors = [_(err.message)]
            return None
    kept = find_sound(form.kept_sound.data) if form.kept_sound.data else None
    if form.kept_sound.data and kept is None:
        form.sound.errors = [_("Bản ghi âm đã để quá một giờ. Hãy thu hoặc chọn lại.")]
    return kept


@pages.get("/khan-cap/tinh-hinh")
@needs(Right.LOOK)
def emergency_state() -> Any:
    """The piece of the page that keeps itself fresh."""
    return render_template("timetable/_emergencies.html", emergencies=_emergencies())


@pages.post("/khan-cap/<emergency_id>/ket-thuc")
@needs(Right.EMERGENCY)
def stop_emergency(emergency_id: str) -> Any:
    end_emergency(web.desk(), emergency_id)
    flash(_("Đã kết thúc cho mọi loa. Loa mất kết nối sẽ dừng khi tới giờ hẹn."), "done")
    return redirect(url_for("timetable.emergency"))


@pages.post("/khan-cap/<emergency_id>/duyet")
@needs(Right.APPROVE)
def approve_after(emergency_id: str) -> Any:
    approve_emergency(
        web.desk(), emergency_id, request.form.get("seen", ""), request.form.get("authority", "")
    )
    flash(_("Đã duyệt sau khi phát; nhật ký ghi rõ điều này."), "done")
    return redirect(url_for("timetable.emergency"))


def _emergencies() -> list[Any]:
    return list_emergencies(web.desk())


def _offer(form: EmergencyForm) -> None:
    desk = web.desk()
    form.zone_ids.choices = offered_zones(desk)
    ready = [SelectChoice(row.id, row.title) for row in list_ready_bulletins(desk)]
    form.bulletin_id.choices = [SelectChoice("", _("Gõ lời mới ở dưới")), *ready]


def _page(form: EmergencyForm, status: int = 200, sound: KeptSound | None = None) -> Any:
    _offer(form)
    page = render_template(
        "timetable/emergency.html",
        form=form,
        prepared=PREPARED,
        word=WORD,
        sound=sound,
        limit_bytes=web.parts().settings.upload_limit_bytes,
        emergencies=_emergencies(),
    )
    return page, status
