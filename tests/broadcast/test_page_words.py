"""Words of a page go through the catalogue and come out as text, whoever wrote them."""

import pytest
from flask import g, render_template_string
from markupsafe import Markup

HOSTILE = "<img src=x onerror=a()>"


@pytest.fixture
def page(app):
    def render(source, **given):
        with app.test_request_context():
            return render_template_string(source, **given)

    return render


def test_what_a_page_was_handed_is_text_although_it_is_translated(page):
    assert page("{{ _(title) }}", title=HOSTILE) == "&lt;img src=x onerror=a()&gt;"
    assert HOSTILE not in page('<p title="{{ _(title) }}">', title=f'"{HOSTILE}')


def test_values_are_text_and_pieces_of_the_page_stay_pieces(page):
    said = page("{{ _('Đã thêm %(name)s.', name=name) }}", name=HOSTILE)
    assert said == "Đã thêm &lt;img src=x onerror=a()&gt;."
    assert page("{{ _('Tại %(mark)s', mark=mark) }}", mark=Markup("<b>1</b>")) == "Tại <b>1</b>"


def test_markup_in_a_word_of_the_catalogue_is_text_too(page):
    assert page("{{ _('a < b & c') }}") == "a &lt; b &amp; c"


@pytest.mark.parametrize("title", ["Giảm 50% thuế", "100%", "%(name)s", "%s %d", "50%%"])
def test_a_per_cent_sign_in_a_title_breaks_no_page(page, title):
    assert page("{{ _(title) }}", title=title) == title.replace("%%", "%")


def test_a_per_cent_sign_beside_a_value_is_written_twice(page):
    assert page("{{ _('còn %(n)d %%', n=7) }}") == "còn 7 %"


def test_a_number_is_filled_in_by_itself(page):
    assert page("{{ ngettext('%(num)s tin', '%(num)s tin', 3) }}") == "3 tin"
    said = page("{{ ngettext('%(num)s ở %(at)s', '%(num)s ở %(at)s', 3, at=at) }}", at=HOSTILE)
    assert said == "3 ở &lt;img src=x onerror=a()&gt;"


def test_words_are_those_of_the_language_of_the_page(app):
    with app.test_request_context(headers={"Cookie": "language=en"}):
        g.pop("person", None)
        assert render_template_string("{{ _('Cụm loa') }}") != "Cụm loa"
