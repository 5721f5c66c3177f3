import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcast.bulletins.waveform import wave_path

STROKE = re.compile(r"M([\d.]+) ([\d.]+)V([\d.]+)")


def strokes(peaks, bars=8):
    return [tuple(map(float, found)) for found in STROKE.findall(wave_path(peaks, bars))]


@given(st.lists(st.integers(0, 100), min_size=1, max_size=900))
def test_every_drawing_has_its_number_of_strokes_inside_the_box(peaks):
    drawn = strokes(peaks)
    assert len(drawn) == 8
    assert all(0 <= top <= 50 <= foot <= 100 for _x, top, foot in drawn)


@given(st.lists(st.integers(0, 100), min_size=8, max_size=900))
def test_the_loudest_place_is_drawn_at_its_height(peaks):
    assert max(foot - top for _x, top, foot in strokes(peaks)) == max(1, *peaks)


@pytest.mark.parametrize("peaks", [[], ()])
def test_without_peaks_there_is_the_line_of_silence(peaks):
    assert wave_path(peaks, 8) == "M0 50H8"
