"""Brings words, tunes and bed of different origin to one level before they are mixed.

Without it a phone recording would be drowned by the signature tune in front of it: one gain for
the whole item keeps the distance between its parts.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

from audio.assemble import stretch_blocks
from audio.item import refuse_clipping
from audio.levels import NO_GAIN_DB
from audio.mix import Stretch
from audio.peaks import LevelMeter
from audio.types import Decibels

_HEARD_BLOCKS = 60
"""The first minute of a part tells its level."""


def matching_gains(parts: Sequence[Sequence[Stretch]]) -> list[Decibels]:
    """One gain per part, never above 0 dB, that brings all of them to the level of the quietest.

    Attenuation cannot clip; the item's own gain lifts everything afterwards. Parts without sound
    get 0 dB, and a single part is not even listened to.

    :raises ClippedSound: a part rasps; after the gain nobody could tell.
    """
    if sum(bool(part) for part in parts) < 2:
        return [NO_GAIN_DB] * len(parts)
    levels = [_level_of(part) for part in parts]
    quietest = min((level for level in levels if level is not None), default=NO_GAIN_DB)
    return [NO_GAIN_DB if level is None else Decibels(quietest - level) for level in levels]


def _level_of(part: Sequence[Stretch]) -> Decibels | None:
    meter = LevelMeter()
    for block in islice(_blocks(part), _HEARD_BLOCKS):
        meter.add(block)
    refuse_clipping(meter.clipped_share)
    return meter.profile.level_dbfs


def _blocks(part: Sequence[Stretch]) -> Iterator[bytes]:
    for stretch in part:
        yield from stretch_blocks(stretch)
