"""The log as pages."""

from datetime import UTC, date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from broadcast import web
from broadcast.airlog import corrections, incidents
from broadcast.airlog.book_xlsx import book_cells, book_xlsx, headings
from broadcast.airlog.completeness import completeness
from broadcast.airlog.forms import CorrectionForm, IncidentForm
from broadcast.airlog.quarantine import close_quarantined
from broadcast.airlog.queries import (
    BookFilter,
    list_quarantine,
    read_airing,
    read_day_book,
    read_entry,
)
from broadcast.airlog.rules import AiringOutcome, PlayOutcome
from broadcast.airlog.words import FILTERS, INCIDENTS, KINDS, OUTCOMES
from broadcast.boxes.tokens import list_boxes
from broadcast.errors import NotFound
from broadcast.people.rules import Right
from broadcast.web import needs
from scheduler.timetable.wall_clock import local_day_of

pages = Blueprint("airlog", __name__, url_prefix="/nhat-ky")
pages.record_once(lambda state: state.app.jinja_env.filters.update(FILTERS))

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BOOK_KINDS = ("tin", "bai", "thong_bao", "relay")


@pages.get("/")
@needs(Right.LOOK)
def day() -> Any:
    local_day, wanted = _day_asked(), _filter_asked()
    return render_template(
        "airlog/day.html",
        book=read_day_book(web.desk(), local_day, wanted),
        wanted=wanted,
        headings=headings(),
        cells=lambda line, number: book_cells(line, number, _zone()),
        boxes=list_boxes(web.desk(), retired=True),
        outcomes=OUTCOMES,
        kinds={kind: KINDS[kind] for kind in BOOK_KINDS},
        before=local_day - timedelta(days=1),
        after=local_day + timedelta(days=1),
        completeness=completeness(web.desk()),
    )


@pages.get("/so.xlsx")
@needs(Right.LOOK)
def day_xlsx() -> Any:
    book = read_day_book(web.desk(), _day_asked(), _filter_asked())
    response = Response(book_xlsx(book, web.station().name, _zone()), content_type=XLSX)
    name = f"so-nhat-ky-{book.local_day.isoformat()}.xlsx"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@pages.get("/luot/<path:key>")
@needs(Right.LOOK)
def airing(key: str) -> Any:
    found, entries = read_airing(web.desk(), key)
    return render_template("airlog/airing.html", airing=found, entries=entries)


@pages.route("/dong/<int:entry_id>", methods=["GET", "POST"])
@needs(Right.LOOK, to_post=Right.REPORT)
def entry(entry_id: int) -> Any:
    desk, form = web.desk(), CorrectionForm()
    if form.validate_on_submit():
        number = corrections.correct_play(
            desk,
            entry_id,
            PlayOutcome(form.outcome.data),
            int(form.seconds.data * 1000),
            form.reason.data,
        )
        flash(_("Đã thêm dòng đính chính số %(number)d.", number=number), "done")
        return redirect(url_for("airlog.entry", entry_id=entry_id))
    return render_template("airlog/entry.html", file=read_entry(desk, entry_id), form=form)


@pages.route("/su-co", methods=["GET", "POST"])
@needs(Right.LOOK, to_post=Right.WRITE)
def incident_list() -> Any:
    desk, form = web.desk(), IncidentForm()
    form.offer_boxes([(box.id, box.name) for box in list_boxes(desk)])
    if form.validate_on_submit():
        incidents.open_incident(
            desk,
            form.kind.data,
            form.sentence.data,
            form.at.data.replace(tzinfo=_zone()).astimezone(UTC),
            box_id=form.box.data or None,
        )
        flash(_("Đã ghi sự cố."), "done")
        return redirect(url_for("airlog.incident_list"))
    return render_template(
        "airlog/incidents.html",
        form=form,
        still_open=incidents.list_open_incidents(desk),
        closed=incidents.list_closed_incidents(desk),
        kinds=INCIDENTS,
        boxes={box.id: box.name for box in list_boxes(desk, retired=True)},
    )


@pages.post("/su-co/<incident_id>/dong")
@needs(Right.WRITE)
def close_incident(incident_id: str) -> Any:
    incidents.close_incident(web.desk(), incident_id, request.form.get("reason", "")[:2000])
    flash(_("Đã đóng sự cố."), "done")
    return redirect(url_for("airlog.incident_list"))


@pages.get("/cach-ly")
@needs(Right.LOOK)
def quarantine() -> Any:
    return render_template("airlog/quarantine.html", rows=list_quarantine(web.desk()))


@pages.post("/cach-ly/<row_id>/da-xem")
@needs(Right.REPORT)
def close_row(row_id: str) -> Any:
    close_quarantined(web.desk(), row_id)
    return redirect(url_for("airlog.quarantine"))


def _zone() -> ZoneInfo:
    return ZoneInfo(web.station().time_zone)


def _day_asked() -> date:
    """Today where none is named. :raises NotFound: what is named is no day."""
    written = request.args.get("ngay", "")
    if not written:
        return local_day_of(web.now(), web.station().time_zone)
    try:
        asked = date.fromisoformat(written)
    except ValueError as err:
        raise NotFound(day=written) from err
    if not 2000 <= asked.year < 2100:
        raise NotFound(day=written)
    return asked


def _filter_asked() -> BookFilter:
    outcome, kind = request.args.get("ket_qua", ""), request.args.get("loai", "")
    return BookFilter(
        box_id=request.args.get("cum", ""),
        outcome=outcome if outcome in set(AiringOutcome) else "",
        kind=kind if kind in BOOK_KINDS else "",
    )
