"""The English catalogue says all that the Vietnamese pages say."""

import ast
import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from broadcast.people.rules import Role
from broadcast.translations.error_words import extract_messages, sentences_of

ROOT = Path(__file__).parents[2]
TRANSLATIONS = ROOT / "broadcast" / "translations"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|\{\w+\}")
PAGES = {
    "/": "Needs me",
    "/tin-bai/": "Items",
    "/lich-phat/": "Week",
    "/lich-phat/khung-gio": "Slots",
    "/lich-phat/hang-doi": "Queue",
    "/nhat-ky/": "Log",
    "/cum-loa/": "Clusters",
    "/bao-cao/": "Reports",
    "/cai-dat": "Settings",
    "/huong-dan": "Guide",
}


@pytest.fixture(scope="module")
def catalogue():
    with (TRANSLATIONS / "en" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale="en")


@pytest.fixture(scope="module")
def extracted() -> set:
    """Every word of the pages and the errors, found as `make translations` finds it."""
    with (TRANSLATIONS / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    keywords = {**DEFAULT_KEYWORDS, "lazy_gettext": None}
    found = extract_from_dir(ROOT, methods, options, keywords=keywords)
    return {message for _file, _line, message, _comments, _context in found}


@pytest.fixture(scope="module")
def compiled(catalogue, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("translations")
    place = folder / "en" / "LC_MESSAGES"
    place.mkdir(parents=True)
    with (place / "messages.mo").open("wb") as file:
        write_mo(file, catalogue)
    return folder


@pytest.fixture
def app(app, compiled):
    """Speaks by the catalogue as it is written now, whatever was compiled at installation."""
    app.extensions["babel"].translation_directories = [str(compiled)]
    return app


@pytest.fixture
def client_with_cookie(app, station):
    def browser(language: str):
        client = app.test_client()
        client.set_cookie("language", language)
        return client

    return browser


@pytest.fixture
def speaking_english(signed_in, people_of, db):
    """`speaking_english(Role.OPERATOR)`: the browser of somebody who chose English."""

    def browser(role: Role):
        people_of[role].language = "en"
        db.commit()
        return signed_in(role)

    return browser


def both_sides(message) -> list[tuple[str, str]]:
    """Each English form beside the Vietnamese one it stands for."""
    if isinstance(message.id, str):
        return [(message.id, message.string)]
    return [(message.id[-1], form) for form in message.string]


def messages_of(catalogue) -> list:
    return [message for message in catalogue if message.id]


def test_no_message_is_left_without_english(catalogue):
    silent = [
        message.id
        for message in messages_of(catalogue)
        if not all(english.strip() for _vietnamese, english in both_sides(message))
    ]
    assert silent == []


def test_no_message_waits_for_somebody_to_check_a_guess(catalogue):
    assert not catalogue.fuzzy
    assert [message.id for message in messages_of(catalogue) if message.fuzzy] == []


def test_nothing_dead_is_kept(catalogue):
    assert list(catalogue.obsolete) == []


def test_plural_messages_have_the_two_forms_of_english(catalogue):
    assert catalogue.num_plurals == 2
    plural = [message for message in messages_of(catalogue) if message.pluralizable]
    assert plural
    assert all(len(message.string) == 2 for message in plural)


def test_both_languages_fill_in_the_same_values(catalogue):
    unlike = [
        (vietnamese, english)
        for message in messages_of(catalogue)
        for vietnamese, english in both_sides(message)
        if sorted(PLACEHOLDER.findall(vietnamese)) != sorted(PLACEHOLDER.findall(english))
    ]
    assert unlike == []


def test_space_at_the_ends_is_the_same_in_both_languages(catalogue):
    """A word that is put before a number keeps the space between them."""
    unlike = [
        (vietnamese, english)
        for message in messages_of(catalogue)
        for vietnamese, english in both_sides(message)
        if (vietnamese[0].isspace(), vietnamese[-1].isspace())
        != (english[0].isspace(), english[-1].isspace())
    ]
    assert unlike == []


def test_the_catalogue_lacks_no_word_of_the_pages_or_the_errors(catalogue, extracted):
    assert extracted - {message.id for message in messages_of(catalogue)} == set()


def test_the_catalogue_has_no_word_that_nobody_says(catalogue, extracted):
    assert {message.id for message in messages_of(catalogue)} - extracted == set()


def test_the_compiled_catalogue_says_what_the_written_one_says(catalogue, compiled):
    english = Translations.load(compiled, ["en"])
    for message in messages_of(catalogue):
        if message.pluralizable:
            assert english.ungettext(*message.id, 1) == message.string[0]
            assert english.ungettext(*message.id, 2) == message.string[1]
        else:
            assert english.ugettext(message.id) == message.string


@pytest.mark.parametrize(
    ("source", "sentences"),
    [
        ('class Wrong(Exception):\n    message = "Hãy chọn một ngày."', ["Hãy chọn một ngày."]),
        ('class Wrong(Exception):\n    message = ("Hãy chọn "\n "lại.")', ["Hãy chọn lại."]),
        ('raise Wrong("Hãy chọn lại.", day=day)', ["Hãy chọn lại."]),
        ('MOST = 5\nclass W(E):\n    message = f"Tối đa {MOST} dòng."', ["Tối đa 5 dòng."]),
        ('class W(E):\n    message = f"Tối đa {most()} dòng."', []),
        ('class W(E):\n    message = f"Tối đa {MOST} dòng."', []),
        ('class W(E):\n    code = "mã"', []),
        ('raise Wrong("a_code")', []),
        ('raise ValueError("Lỗi của người lập trình")', []),
        ('raise click.ClickException("Lời trong cửa sổ lệnh")', []),
        ("raise", []),
        ('WORDS = (("a", "Cả năm"), ("b", f"Tháng {n}"))', ["Cả năm"]),
        ('OTHERS = (("a", "Cả năm"),)', []),
    ],
)
def test_the_words_of_errors_and_tables_are_found_where_they_stand(source, sentences):
    found = sentences_of(ast.parse(source), ["WORDS"])
    assert [sentence for _line, sentence in found] == sentences


def test_a_file_gives_its_marked_words_and_its_errors_with_their_lines():
    source = 'label = _("Ngày")\n\n\nclass Wrong(Exception):\n    message = "Hãy chọn lại."\n'
    found = list(extract_messages(BytesIO(source.encode()), DEFAULT_KEYWORDS, [], {}))
    assert [(line, message) for line, _function, message, _comments in found] == [
        (1, "Ngày"),
        (5, "Hãy chọn lại."),
    ]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_speaks_english_to_who_chose_it(speaking_english, address):
    answer = speaking_english(Role.ADMINISTRATOR).get(address, follow_redirects=True)
    assert answer.status_code == 200
    assert '<html lang="en"' in answer.text
    assert PAGES[address] in answer.text


@pytest.mark.parametrize("address", PAGES)
def test_a_page_speaks_vietnamese_to_everybody_else(signed_in, address):
    answer = signed_in(Role.ADMINISTRATOR).get(address, follow_redirects=True)
    assert '<html lang="vi"' in answer.text


def test_the_door_speaks_the_language_of_the_cookie(client_with_cookie):
    page = client_with_cookie("en").get("/", follow_redirects=True).text
    assert '<html lang="en"' in page
    assert "Sign in" in page
    assert '<html lang="vi"' in client_with_cookie("fr").get("/", follow_redirects=True).text


@pytest.mark.parametrize(("chosen", "spoken"), [("en", "en"), ("vi", "vi"), ("fr", "vi")])
def test_the_door_lets_one_choose_the_language_before_signing_in(app, station, chosen, spoken):
    client = app.test_client()
    answer = client.post("/dang-nhap/ngon-ngu", data={"language": chosen, "next": "/tin-bai/"})
    page = client.get(answer.headers["Location"]).text
    assert f'<html lang="{spoken}"' in page
    assert 'name="next" value="/tin-bai/"' in page


def test_an_error_is_told_in_english(speaking_english):
    answer = speaking_english(Role.VIEWER).get("/tin-bai/khong-co")
    assert answer.status_code == 404
    assert "This was not found." in answer.text or "Page not found" in answer.text
