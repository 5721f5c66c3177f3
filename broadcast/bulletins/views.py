"""The library, and the page of one bulletin with its way to the air."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from broadcast import web
from broadcast.bulletins import (
    service,
    views_approval,
    views_audio,
    views_bulk,
    views_words,
    views_writing,
)
from broadcast.bulletins.forms import FilterForm, as_choices
from broadcast.bulletins.pages import pages
from broadcast.bulletins.presenting import bulletin_page
from broadcast.bulletins.queries import (
    find_versions_of,
    get_bulletin,
    list_decisions,
    list_shelf,
    list_topics,
    list_versions,
    list_waiting,
)
from broadcast.bulletins.waveform import wave_path
from broadcast.people.rules import Right
from broadcast.web import needs

__all__ = ["pages", "views_approval", "views_audio", "views_bulk", "views_words", "views_writing"]


@pages.app_template_global("wave_path")
def drawn_wave(peaks: list[int]) -> str:
    return wave_path(peaks)


@pages.get("/")
@needs(Right.LOOK)
def index() -> Any:
    desk = web.desk()
    form = FilterForm(request.args)
    topics = list_topics(desk)
    form.topic.choices = as_choices(
        [("", _("Mọi chủ đề")), *((topic.id, topic.name) for topic in topics)]
    )
    shelf = list_shelf(
        desk,
        words=(form.words.data or "")[:300],
        state=form.chosen_state,
        topic_id=form.topic.data or "",
        archived=form.archived.data,
        page=form.chosen_page,
    )
    return render_template(
        "bulletins/index.html",
        form=form,
        shelf=shelf,
        versions=find_versions_of(desk, shelf.bulletins),
        waiting=len(list_waiting(desk)),
        topics=topics,
        is_filtered=any((form.words.data, form.state.data, form.topic.data, form.archived.data)),
        kept={key: value for key, value in request.args.items() if key != "page"},
    )


@pages.get("/<bulletin_id>")
@needs(Right.LOOK)
def show(bulletin_id: str) -> Any:
    desk = web.desk()
    bulletin = get_bulletin(desk, bulletin_id)
    return render_template("bulletins/show.html", **bulletin_page(desk, bulletin))


@pages.get("/<bulletin_id>/cac-ban")
@needs(Right.LOOK)
def versions(bulletin_id: str) -> Any:
    desk = web.desk()
    bulletin = get_bulletin(desk, bulletin_id)
    decisions: dict[str, list[Any]] = {}
    for decision in list_decisions(desk, bulletin):
        decisions.setdefault(decision.version_id, []).append(decision)
    return render_template(
        "bulletins/versions.html",
        bulletin=bulletin,
        versions=list_versions(desk, bulletin),
        decisions=decisions,
    )


@pages.post("/<bulletin_id>/kho-luu")
@needs(Right.WRITE)
def archive(bulletin_id: str) -> Any:
    archived = request.form.get("archived") == "yes"
    service.archive_bulletin(web.desk(), bulletin_id, archived=archived)
    flash(_("Đã cất vào kho lưu.") if archived else _("Đã lấy ra khỏi kho lưu."), "done")
    return redirect(url_for("bulletins.show", bulletin_id=bulletin_id))


@pages.post("/<bulletin_id>/soan-lai")
@needs(Right.WRITE)
def reopen(bulletin_id: str) -> Any:
    service.reopen_bulletin(web.desk(), bulletin_id)
    return redirect(url_for("bulletins.edit", bulletin_id=bulletin_id))
