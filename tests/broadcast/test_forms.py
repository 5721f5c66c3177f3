"""What is typed into a form arrives as letters that can be seen, and passwords as they were."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wtforms import FieldList, FormField, PasswordField, StringField, TextAreaField

from broadcast.forms import TidyForm, one_line, some_lines
from broadcast.people.rules import Role

ANY = st.text(max_size=60)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Thôn   Đông ", "Thôn Đông"),
        ("Thôn\r\nĐông\u2028Tây", "Thôn Đông Tây"),
        ("anh\u202egpj.exe", "anhgpj.exe"),
        ("\u2066a\u2069\u200b\u0000b\ufeff", "ab"),
        ("Tiếng Việt có dấu: Nguyễn Thị Ưởng", "Tiếng Việt có dấu: Nguyễn Thị Ưởng"),
        ("<b>{{7*7}}</b>", "<b>{{7*7}}</b>"),
    ],
)
def test_a_name_is_one_line_of_visible_letters(typed, kept):
    assert one_line(typed) == kept


@given(ANY)
@settings(deadline=None, max_examples=150)
def test_tidying_twice_changes_nothing_and_no_visible_letter_is_lost(typed):
    line, area = one_line(typed), some_lines(typed)
    assert one_line(line) == line
    assert some_lines(area) == area
    seen = [x for x in typed if unicodedata.category(x)[0] not in "CZ"]
    assert [x for x in line if unicodedata.category(x)[0] not in "CZ"] == seen
    assert [x for x in area if unicodedata.category(x)[0] not in "CZ"] == seen


@pytest.mark.parametrize("nothing", [None, 7, 1.5])
def test_what_is_no_text_stays_what_it_is(nothing):
    assert one_line(nothing) == some_lines(nothing) == nothing


class Row(TidyForm):
    class Meta(TidyForm.Meta):
        csrf = False

    name = StringField()


class Card(TidyForm):
    name = StringField(filters=[lambda typed: typed and typed.upper()])
    words = TextAreaField()
    secret = PasswordField()
    rows = FieldList(FormField(Row), min_entries=1)


def test_lines_areas_and_rows_are_tidied_and_a_password_is_left_as_it_was_typed(app):
    sent = {
        "name": " đông\n\u202e",
        "words": "một\n\n hai\u202e",
        "secret": " a\u202eb ",
        "rows-0-name": "x\ny",
    }
    with app.test_request_context(method="POST", data=sent):
        card = Card()
    assert card.name.data == "ĐÔNG"
    assert card.words.data == "một\n\n hai"
    assert card.secret.data == " a\u202eb "
    assert card.rows[0].form.name.data == "x y"


def test_every_form_of_the_station_is_such_a_form(app):
    def family(kind):
        for child in kind.__subclasses__():
            yield child
            yield from family(child)

    from flask_wtf import FlaskForm

    ours = [form for form in family(FlaskForm) if form.__module__.startswith("broadcast.")]
    assert len(ours) > 20
    assert [form for form in ours if not issubclass(form, TidyForm)] == []


def test_a_box_is_named_by_what_can_be_seen(signed_in):
    browser = signed_in(Role.ADMINISTRATOR)
    browser.post("/cum-loa/", data={"name": "Cụm\r\nloa \u202egpj.3pm", "zone": ""})
    assert "Cụm loa gpj.3pm" in browser.get("/cum-loa/").text
