"""Pages of the other channels: quick counter, monthly grid, entry, import with preview."""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections import defaultdict
from datetime import date
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from broadcast import web
from broadcast.limiting import UPLOADS, limiter
from broadcast.people.rules import Right
from broadcast.reports.channel_import import (
    HEADINGS,
    MOST_BYTES,
    blank_sheet,
    good_drafts,
    read_sheet,
)
from broadcast.reports.channel_service import (
    FactDraft,
    add_facts,
    count_one,
    list_facts,
    month_days,
    remove_fact,
)
from broadcast.reports.channels import CHANNEL_NAMES, Channel, Source
from broadcast.reports.errors import ChannelFactRefused, SheetNotUnderstood
from broadcast.reports.figure_views import today
from broadcast.reports.forms import SOURCES, ChannelForm, FileForm
from broadcast.reports.pages import pages
from broadcast.reports.paper_building import list_topics
from broadcast.reports.paper_files import FORMATS
from broadcast.web import needs

QUICK = (
    (Channel.WEBSITE, "tin bài"),
    (Channel.ONE_STOP, "lượt hướng dẫn"),
    (Channel.MEETING, "cuộc"),
    (Channel.PRINT, "tờ rơi"),
)
"""What a station that has counted nothing yet is offered."""


@pages.route("/kenh-khac", methods=["GET", "POST"])
@needs(Right.LOOK, to_post=Right.WRITE)
def channels() -> Any:
    desk, year = web.desk(), _year()
    topics = list_topics(desk)
    first_day, last_day = month_days(today())
    form = ChannelForm(first_day=first_day, last_day=last_day)
    form.offer(topics)
    if form.validate_on_submit():
        add_facts(desk, [_draft(form)])
        flash(_("Đã ghi."), "done")
        return redirect(url_for("reports.channels", year=form.first_day.data.year))
    facts = list_facts(desk, year)
    return render_template(
        "reports/channels.html",
        form=form,
        file_form=FileForm(),
        facts=facts,
        grid=_grid(facts, year),
        quick=_quick(facts),
        year=year,
        topics={topic.id: topic for topic in topics},
        names={one.value: name for one, name in CHANNEL_NAMES.items()},
        sources=dict(SOURCES),
        may_write=Right.WRITE in desk.actor.rights,
    )


@pages.post("/kenh-khac/dem")
@needs(Right.WRITE)
def count_channel() -> Any:
    """One tap of the quick counter."""
    asked = request.form
    by = asked.get("by", "")
    known = set(Channel)
    if asked.get("channel", "") not in known or by not in {"1", "5", "10", "-1"}:
        raise ChannelFactRefused
    first_day, last_day = month_days(today())
    counted = count_one(
        web.desk(),
        FactDraft(
            first_day,
            last_day,
            Channel(asked["channel"]),
            asked.get("measure", ""),
            int(by),
            topic_id=asked.get("topic_id") or None,
        ),
    )
    flash(_("Tháng này: %(count)s %(noun)s.", count=counted, noun=asked.get("measure", "")), "done")
    return redirect(url_for("reports.channels"))


@pages.post("/kenh-khac/<fact_id>/bo")
@needs(Right.WRITE)
def remove_channel(fact_id: str) -> Any:
    remove_fact(web.desk(), fact_id)
    flash(_("Đã bỏ dòng này. Báo cáo đã ban hành vẫn giữ số cũ."), "done")
    return redirect(url_for("reports.channels", year=request.form.get("year")))


@pages.get("/kenh-khac/mau.xlsx")
@needs(Right.LOOK)
def channel_sheet() -> Response:
    topics = list_topics(web.desk())
    body = blank_sheet(today().year, topics[0].name if topics else "")
    return Response(
        body,
        content_type=FORMATS["xlsx"],
        headers={"Content-Disposition": 'attachment; filename="kenh-khac.xlsx"'},
    )


@pages.post("/kenh-khac/nhap")
@needs(Right.WRITE)
@limiter.limit(UPLOADS)
def import_channels() -> Any:
    """First the preview, which carries the file back; then the same file is taken in."""
    desk = web.desk()
    content = _sent_file()
    rows = read_sheet(content, {topic.name: topic.id for topic in list_topics(desk)})
    if request.form.get("confirmed") == "yes":
        count = add_facts(desk, good_drafts(rows))
        flash(_("Đã nhập %(count)s dòng.", count=count), "done")
        return redirect(url_for("reports.channels"))
    return render_template(
        "reports/import.html",
        rows=rows,
        good=len(good_drafts(rows)),
        headings=HEADINGS,
        sent=b64encode(content).decode(),
    )


def _sent_file() -> bytes:
    """:raises SheetNotUnderstood: no file, or what the preview carried was changed."""
    if request.form.get("confirmed") == "yes":
        try:
            return b64decode(request.form.get("sent", ""), validate=True)
        except (NotBase64, ValueError) as err:
            raise SheetNotUnderstood from err
    file = request.files.get("file")
    if file is None:
        raise SheetNotUnderstood
    return file.read(MOST_BYTES + 1)


def _draft(form: ChannelForm) -> FactDraft:
    return FactDraft(
        first_day=form.first_day.data,
        last_day=form.last_day.data,
        channel=Channel(form.channel.data),
        measure=form.measure.data,
        value=form.value.data,
        source=Source(form.source.data),
        topic_id=form.topic_id.data or None,
        form=form.form.data or "",
        evidence=form.evidence.data or "",
    )


def _year() -> int:
    written = request.args.get("year", "")
    is_year = written.isascii() and written.isdecimal() and 1975 <= int(written[:5]) <= 2200
    return int(written) if is_year else today().year


def _quick(facts: list[Any]) -> list[tuple[str, str, str | None]]:
    """The kinds counted by hand this year, the most used first; then what everybody counts."""
    used: dict[tuple[str, str, str | None], int] = defaultdict(int)
    for fact in facts:
        used[(fact.channel, fact.measure, fact.topic_id)] += 1
    for channel, measure in QUICK:
        if not any(one[0] == channel.value for one in used):
            used[(channel.value, measure, None)] = 0
    return sorted(used, key=lambda one: -used[one])[:6]


def _grid(facts: list[Any], year: int) -> list[dict[str, Any]]:
    """A line for each kind: twelve months, what covers more than one month, and the sum."""
    lines: dict[tuple[str, str, str], dict[str, Any]] = {}
    for fact in facts:
        key = (fact.channel, fact.topic_id or "", fact.measure)
        line = lines.setdefault(
            key,
            {
                "channel": fact.channel,
                "topic_id": fact.topic_id,
                "measure": fact.measure,
                "months": [0] * 12,
                "longer": 0,
                "total": 0,
                "estimate": False,
            },
        )
        last = date.fromordinal(fact.until_day.toordinal() - 1)
        if (
            (fact.from_day.year, fact.from_day.month)
            == (last.year, last.month)
            == (year, last.month)
        ):
            line["months"][last.month - 1] += fact.value
        else:
            line["longer"] += fact.value
        line["total"] += fact.value
        line["estimate"] |= fact.source.value == Source.ESTIMATE.value
    return [lines[key] for key in sorted(lines)]
