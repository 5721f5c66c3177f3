import pytest

from broadcast.bulletins.doubts import list_doubts, set_doubt_aside
from broadcast.bulletins.rules import ReasonMissing, StepNotPossible

TEXT = "Nộp hồ sơ ở huyện, rồi lại ở huyện. Mã XQZW."


def doubts(desk, overridden=()):
    return {doubt.warning.written: doubt for doubt in list_doubts(desk, TEXT, overridden)}


def test_the_same_words_are_doubted_once(desk_as, station):
    assert [doubt.warning.written for doubt in list_doubts(desk_as(), TEXT)] == ["huyện", "XQZW"]


def test_a_doubt_set_aside_stays_with_its_reason_and_its_name(desk_as, written, version_now):
    set_doubt_aside(desk_as(), written.id, kind="stale_term", written="huyện", reason=" Tên\n cũ ")
    found = doubts(desk_as(), version_now(written).overridden)
    assert (found["huyện"].reason, found["huyện"].by) == ("Tên cũ", "Cán bộ Hạnh")
    assert not found["huyện"].is_open
    assert found["XQZW"].is_open


def test_a_second_reason_replaces_the_first(desk_as, written, version_now):
    for reason in ("một", "hai"):
        set_doubt_aside(desk_as(), written.id, kind="unread", written="XQZW", reason=reason)
    assert [one["reason"] for one in version_now(written).overridden] == ["hai"]


def test_no_doubt_is_set_aside_without_a_reason(desk_as, written):
    with pytest.raises(ReasonMissing):
        set_doubt_aside(desk_as(), written.id, kind="unread", written="XQZW", reason=" \x00")


def test_what_has_left_the_authors_hands_keeps_its_doubts(desk_as, approved):
    with pytest.raises(StepNotPossible):
        set_doubt_aside(desk_as(), approved.id, kind="unread", written="XQZW", reason="vì")
