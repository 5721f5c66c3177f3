import pytest

from audio.matching import matching_gains
from audio.probe import whole_stretch

pytestmark = pytest.mark.ffmpeg


@pytest.fixture
def stretch(sounds):
    return lambda name: whole_stretch(sounds.sample(name))


def test_a_loud_part_comes_down_to_the_quiet_one(stretch):
    assert matching_gains([[stretch("tone")], [stretch("quiet_tone")]]) == [
        pytest.approx(-28.0, abs=1.0),
        0.0,
    ]


def test_no_part_is_ever_lifted(stretch):
    parts = [[stretch(name)] for name in ("speech", "phone", "music", "noise", "loud")]
    assert max(matching_gains(parts)) == 0.0


def test_pauses_do_not_make_a_part_quieter(stretch):
    """Half of one part is silent; what sounds of it is 6 dB below the other part."""
    gains = matching_gains([[stretch("half_silent")], [stretch("tone")]])
    assert gains == [0.0, pytest.approx(-6.06, abs=1.0)]


def test_a_part_without_clips_or_without_sound_is_left_alone(stretch):
    assert matching_gains([[], [stretch("silence")], [stretch("tone")]]) == [0.0, 0.0, 0.0]


def test_a_single_part_is_not_listened_to(stretch, tmp_path):
    missing = type(stretch("tone"))(tmp_path / "none.wav", 0, 10)
    assert matching_gains([[], [missing], []]) == [0.0, 0.0, 0.0]
