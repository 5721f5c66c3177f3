"""PCM -> station frames at the station's loudness: measure, one gain, encode once, hear the MP3."""

from collections.abc import Callable
from pathlib import Path

from audio.encoder import mp3_encoder
from audio.errors import AudioError
from audio.levels import GainStage, LevelGoal, LevelProfile, Loudness
from audio.probe import loudness_meter, parse_loudness
from audio.types import STATION_MP3, Lufs

_ATTEMPTS = 4
_MP3 = ("-f", "mp3")
_SECOND_OF_MP3 = STATION_MP3.bit_rate_kbps * 1000 // 8


class LoudnessOutOfReach(AudioError):
    code = "audio.loudness_out_of_reach"
    message = (
        "Không đưa được âm thanh này về độ to chung của đài: quá nhỏ, hoặc lúc rất to lúc rất "
        "nhỏ. Hãy thu lại gần micro hơn."
    )


def encode_at_goal(
    pcm: Path,
    frames: Path,
    heard: tuple[Lufs, LevelProfile],
    *,
    goal: LevelGoal,
    tick: Callable[[int], None],
) -> Loudness:
    """Encodes raw `pcm`, of which loudness and profile were `heard`, into bare station frames and
    returns what the MP3 itself measures, which lies within 0.5 LU of the goal.

    Nearly always one encoding: the limiter's effect is predicted. Otherwise it is corrected by
    what the last attempt showed. `tick` is called with the bytes encoded so far and may raise.

    :raises LoudnessOutOfReach: no gain brings it there.
    """
    stage = goal.first_stage(*heard)
    for _ in range(_ATTEMPTS):
        got = _encode_and_measure(pcm, frames, stage, tick)
        if goal.is_met_by(got):
            return got
        stage = goal.corrected(stage, got, *heard)
    raise LoudnessOutOfReach(loudness_lufs=got.loudness_lufs, true_peak_dbtp=got.true_peak_dbtp)


def _encode_and_measure(
    pcm: Path, frames: Path, stage: GainStage, tick: Callable[[int], None]
) -> Loudness:
    """Encoder and meter run side by side on two cores; the MP3 flows from one into the other."""
    with (
        mp3_encoder(pcm, stage) as encoder,
        loudness_meter(_MP3, true_peak=True) as meter,
        frames.open("wb") as encoded,
    ):
        for block in encoder.blocks(_SECOND_OF_MP3):
            encoded.write(block)
            meter.write(block)
            tick(encoded.tell())
        encoder.finish()
        return parse_loudness(meter.finish())
