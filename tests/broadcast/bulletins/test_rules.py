import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcast.bulletins.rules import (
    NEXT,
    BulletinState,
    StepNotPossible,
    content_hash,
    must_follow,
)

PARTS = st.fixed_dictionaries(
    dict.fromkeys(("text", "spoken", "audio_sha256", "voice"), st.text(max_size=20))
)


@pytest.mark.parametrize("state", list(BulletinState))
def test_every_step_can_lead_back_to_the_desk_and_none_to_itself(state):
    assert state not in NEXT[state]
    assert state is BulletinState.DRAFTED or BulletinState.DRAFTED in NEXT[state]


def test_only_what_waits_or_was_approved_before_can_be_approved():
    before = {state for state, after in NEXT.items() if BulletinState.APPROVED in after}
    assert before == {BulletinState.WAITING, BulletinState.EXPIRED}


def test_a_step_that_may_not_follow_is_refused_by_name():
    with pytest.raises(StepNotPossible) as refused:
        must_follow(BulletinState.DRAFTED, BulletinState.APPROVED)
    assert refused.value.facts == {"now_in": "drafted", "wanted": "approved"}


@given(PARTS, PARTS)
def test_two_contents_share_a_hash_only_when_they_are_the_same(one, other):
    assert (content_hash(**one) == content_hash(**other)) == (one == other)


def test_words_moved_between_the_parts_make_another_hash():
    one = content_hash(text="ab", spoken="c", audio_sha256="", voice="")
    other = content_hash(text="a", spoken="bc", audio_sha256="", voice="")
    assert one != other
