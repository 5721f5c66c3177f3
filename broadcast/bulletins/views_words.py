"""The station's own words: how it reads them, and the topics it sorts its bulletins by."""

from http import HTTPStatus
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from broadcast import web
from broadcast.bulletins import topics
from broadcast.bulletins.forms import TopicForm, WordForm
from broadcast.bulletins.pages import pages
from broadcast.bulletins.reading import forget_word, list_words, teach_word
from broadcast.people.rules import Right
from broadcast.web import needs


@pages.route("/tu-dien", methods=["GET", "POST"])
@needs(Right.WRITE)
def dictionary() -> Any:
    desk = web.desk()
    form = WordForm(written=request.args.get("written", ""), spoken=request.args.get("spoken", ""))
    if form.validate_on_submit():
        teach_word(desk, form.written.data, form.spoken.data, shared=form.shared.data)
        if web.is_fragment():
            headers = {"HX-Trigger": "word-taught"}
            return Response(status=HTTPStatus.NO_CONTENT, headers=headers)
        flash(_("Từ nay “%(word)s” đọc theo cách này.", word=form.written.data), "done")
        return redirect(url_for("bulletins.dictionary"))
    page = render_template("bulletins/dictionary.html", form=form, words=list_words(desk))
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK


@pages.post("/tu-dien/<word_id>/xoa")
@needs(Right.WRITE)
def forget(word_id: str) -> Any:
    forget_word(web.desk(), word_id)
    flash(_("Đã bỏ khỏi từ điển."), "done")
    return redirect(url_for("bulletins.dictionary"))


@pages.route("/chu-de", methods=["GET", "POST"])
@needs(Right.WRITE)
def topic_list() -> Any:
    desk = web.desk()
    form = TopicForm()
    if form.validate_on_submit():
        problem = topics.problem_of_name(desk, form.name.data)
        if problem is None:
            topics.add_topic(desk, form.name.data)
            flash(_("Đã thêm chủ đề “%(name)s”.", name=form.name.data), "done")
            return redirect(url_for("bulletins.topic_list"))
        form.name.errors = [_(problem.message)]
    page = render_template("bulletins/topics.html", form=form, rows=topics.list_all_topics(desk))
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK


@pages.post("/chu-de/<topic_id>/ten")
@needs(Right.WRITE)
def rename_topic(topic_id: str) -> Any:
    topics.rename_topic(web.desk(), topic_id, request.form.get("name", ""))
    flash(_("Đã đổi tên. Nhật ký đã ghi giữ tên cũ."), "done")
    return redirect(url_for("bulletins.topic_list"))


@pages.post("/chu-de/<topic_id>/gop")
@needs(Right.WRITE)
def merge_topic(topic_id: str) -> Any:
    moved = topics.merge_topic(web.desk(), topic_id, request.form.get("into", ""))
    flash(_("Đã gộp; %(count)d tin bài chuyển sang chủ đề mới.", count=moved), "done")
    return redirect(url_for("bulletins.topic_list"))


@pages.post("/chu-de/<topic_id>/cat")
@needs(Right.WRITE)
def archive_topic(topic_id: str) -> Any:
    archived = request.form.get("archived") == "yes"
    topics.archive_topic(web.desk(), topic_id, archived=archived)
    return redirect(url_for("bulletins.topic_list"))
