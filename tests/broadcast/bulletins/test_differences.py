from hypothesis import given
from hypothesis import strategies as st

from broadcast.bulletins.differences import Fate, Run, compare

TEXTS = st.lists(st.sampled_from(["bà", "con", "họp", "lúc", "\n", "7h30"]), max_size=25).map(
    " ".join
)


def joined(runs, without):
    return "".join(run.text for run in runs if run.fate is not without)


@given(TEXTS, TEXTS)
def test_old_and_new_can_be_read_from_the_runs(old, new):
    runs = compare(old, new)
    assert joined(runs, Fate.ADDED) == old
    assert joined(runs, Fate.REMOVED) == new


@given(TEXTS)
def test_equal_texts_have_nothing_added_or_removed(text):
    assert {run.fate for run in compare(text, text)} <= {Fate.KEPT}


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_can_be_compared(old, new):
    runs = compare(old, new)
    assert (joined(runs, Fate.ADDED), joined(runs, Fate.REMOVED)) == (old, new)


def test_one_changed_word_is_one_word_removed_and_one_added():
    assert compare("Họp lúc 7 giờ sáng.", "Họp lúc 8 giờ sáng.") == (
        Run(Fate.KEPT, "Họp lúc "),
        Run(Fate.REMOVED, "7 "),
        Run(Fate.ADDED, "8 "),
        Run(Fate.KEPT, "giờ sáng."),
    )
