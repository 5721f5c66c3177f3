import pytest

from audio.reading import DocumentNumbers, ListMarkers
from broadcast.bulletins.models import DictionaryWord
from broadcast.bulletins.reading import (
    WordIncomplete,
    forget_word,
    list_words,
    read_for,
    region_of,
    style_of,
    teach_word,
)
from broadcast.errors import NotAllowed, NotFound
from broadcast.people.rules import Role


@pytest.fixture
def others_word(db, clock, other_station):
    """`others_word(shared=True)` is a word of the neighbours' dictionary."""

    def make(*, shared):
        row = DictionaryWord(
            id="theirs",
            station_id=other_station.id,
            written="NTM",
            spoken="nông thôn của họ",
            shared=shared,
            author_name="x",
            created_at=clock(),
        )
        db.add(row)
        db.commit()
        return row

    return make


def test_a_taught_word_is_said_as_taught_in_every_text(desk_as, station):
    teach_word(desk_as(), " Vinamilk ", "Vi na\u200b miu")
    assert read_for(desk_as(), "Xe Vinamilk đến.").spoken == "Xe Vi na miu đến."


def test_teaching_a_word_again_replaces_it(desk_as, station):
    teach_word(desk_as(), "NTM", "một")
    teach_word(desk_as(), "NTM", "hai")
    assert [word.spoken for word in list_words(desk_as())] == ["hai"]


@pytest.mark.parametrize(
    ("written", "spoken"), [("", "a"), ("a", " "), ("x" * 121, "a"), ("a", "x" * 301)]
)
def test_half_a_word_is_refused(desk_as, station, written, spoken):
    with pytest.raises(WordIncomplete):
        teach_word(desk_as(), written, spoken)


def test_a_neighbours_word_counts_only_when_it_is_shared(desk_as, station, others_word):
    word = others_word(shared=False)
    assert "của họ" not in read_for(desk_as(), "Xã NTM.").spoken
    word.shared = True
    assert "của họ" in read_for(desk_as(), "Xã NTM.").spoken
    assert list_words(desk_as()) == []


def test_the_stations_own_word_wins_over_a_shared_one(desk_as, station, others_word):
    others_word(shared=True)
    teach_word(desk_as(), "NTM", "của ta")
    assert read_for(desk_as(), "Xã NTM.").spoken == "Xã của ta."


def test_nobody_forgets_a_neighbours_word(desk_as, station, others_word):
    others_word(shared=True)
    with pytest.raises(NotFound):
        forget_word(desk_as(), "theirs")


def test_a_word_may_be_forgotten_twice(desk_as, station):
    word = teach_word(desk_as(), "NTM", "x")
    forget_word(desk_as(), word.id)
    forget_word(desk_as(), word.id)
    assert list_words(desk_as()) == []


def test_a_viewer_teaches_nothing(desk_as, station):
    with pytest.raises(NotAllowed):
        teach_word(desk_as(Role.VIEWER), "NTM", "x")


def test_a_station_reads_as_its_region_with_its_own_differences(station):
    station.reading_style = {"region": "south", "four": "tư", "document_numbers": "đầy_đủ"}
    style = style_of(station)
    assert (style.thousand, style.four) == ("ngàn", "tư")
    assert style.document_numbers is DocumentNumbers.FULL
    assert region_of(station) == "south"


@pytest.mark.parametrize(
    "kept", [None, {}, {"region": "mars"}, {"list_markers": "?", "mung": "no", "unknown": 1}]
)
def test_what_is_unknown_in_the_settings_is_read_as_the_north(station, kept):
    station.reading_style = kept
    assert style_of(station).list_markers is ListMarkers.MOT_LA
    assert region_of(station) == "north"
