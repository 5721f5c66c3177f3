"""Which sound stands where in an item, to the sample: tunes, words, pauses, the bed beneath.

Knows no file format and opens nothing; a `Stretch` only names the file it is cut from.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from pathlib import Path

from audio.levels import NO_GAIN_DB
from audio.types import PCM_RATE_HZ, Decibels

BED_GAIN_DB = Decibels(-14.0)
BED_DUCK_DB = Decibels(-10.0)
BED_OFF_DB = Decibels(-60.0)
BED_RAMP_SAMPLES = PCM_RATE_HZ * 3 // 10
"""The bed moves between its levels in 0.3 s: slower than a syllable, quicker than a pause."""
DUCK_HOLD_MS = 700
"""Pauses shorter than this keep the bed down; a bed that pumps between sentences is a nuisance."""

BedCurve = tuple[tuple[int, Decibels], ...]
"""Corner points (sample, dB) with straight lines between them."""


def samples_of(duration_ms: int) -> int:
    """Samples in `duration_ms` at the house rate; exact, since 24 of them are a millisecond."""
    return duration_ms * PCM_RATE_HZ // 1000


def milliseconds(samples: int) -> int:
    """Whole milliseconds in `samples`, rounded down."""
    return samples * 1000 // PCM_RATE_HZ


@dataclass(frozen=True, slots=True)
class Stretch:
    """Samples `[start, start + samples)` of a mono 24 kHz 16 bit WAV file, played at `gain_db`."""

    path: Path
    start: int
    samples: int
    gain_db: Decibels = NO_GAIN_DB


@dataclass(frozen=True, slots=True)
class SpokenClip:
    """A trimmed clip, the pause that follows it, and the sentence of the text it belongs to
    (None for opening and closing words, which are not part of the text).
    """

    stretch: Stretch
    pause_after_ms: int
    sentence: int | None


@dataclass(frozen=True, slots=True)
class Segment:
    """Samples `[at, at + samples)` of the item; silence when `stretch` is None."""

    at: int
    samples: int
    stretch: Stretch | None
    spoken: bool = False
    sentence: int | None = None

    @property
    def ends_at(self) -> int:
        return self.at + self.samples


@dataclass(frozen=True, slots=True)
class Bed:
    """Quiet music under the words: its level against theirs, and how far it goes down while they
    are spoken.
    """

    stretch: Stretch
    gain_db: Decibels = BED_GAIN_DB
    duck_db: Decibels = BED_DUCK_DB


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the words: tunes, the pauses beside them, the bed."""

    signature: Stretch | None = None
    closing: Stretch | None = None
    bed: Bed | None = None
    pause_ms: int = 500


@dataclass(frozen=True, slots=True)
class MixPlan:
    """Segments without gap or overlap from sample 0 to `samples`, and the bed beneath them."""

    segments: tuple[Segment, ...]
    bed: Bed | None

    @property
    def samples(self) -> int:
        return self.segments[-1].ends_at if self.segments else 0


def lay_voice(clips: Sequence[SpokenClip]) -> tuple[Segment, ...]:
    """Clips and their pauses one behind the other from sample 0; no pause after the last one."""
    segments: list[Segment] = []
    at = 0
    for number, clip in enumerate(clips, start=1):
        spoken = Segment(at, clip.stretch.samples, clip.stretch, True, clip.sentence)
        segments.append(spoken)
        at = spoken.ends_at
        if clip.pause_after_ms > 0 and number < len(clips):
            segments.append(Segment(at, samples_of(clip.pause_after_ms), None))
            at = segments[-1].ends_at
    return tuple(segments)


def stretched(voice: Sequence[Segment], track: Stretch) -> tuple[Segment, ...]:
    """`voice` after a change of tempo that left it in `track`: the same order, every edge moved
    in proportion, the whole of the track used.
    """
    before = voice[-1].ends_at if voice else 0
    edges = [0, *(segment.ends_at * track.samples // before for segment in voice)]
    return tuple(
        replace(
            segment,
            at=start,
            samples=end - start,
            stretch=Stretch(track.path, track.start + start, end - start),
        )
        for segment, (start, end) in zip(voice, pairwise(edges), strict=True)
    )


def plan_mix(voice: Sequence[Segment], frame: Frame) -> MixPlan:
    """Signature, pause, words, pause, closing tune; a missing part takes its pause along."""
    pause = [Segment(0, samples_of(frame.pause_ms), None)] if frame.pause_ms > 0 else []
    parts: list[Segment] = []
    if frame.signature:
        parts += [Segment(0, frame.signature.samples, frame.signature), *pause]
    parts += voice
    if frame.closing:
        parts += [*pause, Segment(0, frame.closing.samples, frame.closing)]
    return MixPlan(tuple(_end_to_end(parts)), frame.bed)


def _end_to_end(parts: Sequence[Segment]) -> Iterator[Segment]:
    at = 0
    for part in parts:
        yield replace(part, at=at)
        at += part.samples


def sentence_spans(plan: MixPlan) -> dict[int, tuple[int, int]]:
    """Sentence number -> samples `[from, to)` from its first clip to the end of its last one."""
    spoken = [segment for segment in plan.segments if segment.sentence is not None]
    spans: dict[int, tuple[int, int]] = {}
    for number, group in groupby(spoken, key=lambda segment: segment.sentence):
        clips = list(group)
        if number is not None:
            first = spans.get(number, (clips[0].at, 0))[0]
            spans[number] = (first, clips[-1].ends_at)
    return spans


def bed_curve(plan: MixPlan) -> BedCurve:
    """The bed's level over the item.

    It fades in before the first word, lies `duck_db` lower under words and short pauses, rises in
    long pauses and fades out after the last word. Empty without a bed or without words.
    """
    if plan.bed is None or plan.bed.stretch.samples == 0:
        return ()
    low = Decibels(plan.bed.gain_db + plan.bed.duck_db)
    spoken = _spoken_spans(plan)
    if not spoken:
        return ()
    start, end = spoken[0][0], spoken[-1][1]
    points = [(start - BED_RAMP_SAMPLES, BED_OFF_DB), (start, low)]
    for (_, words_end), (words_start, _) in pairwise(spoken):
        points += [
            (words_end, low),
            (words_end + BED_RAMP_SAMPLES, plan.bed.gain_db),
            (words_start - BED_RAMP_SAMPLES, plan.bed.gain_db),
            (words_start, low),
        ]
    points += [(end, low), (end + BED_RAMP_SAMPLES, BED_OFF_DB)]
    return tuple(points)


def level_at(curve: BedCurve, at: int) -> Decibels:
    """The bed's level at sample `at`; BED_OFF_DB before the first and after the last corner."""
    after = bisect_right(curve, at, key=lambda corner: corner[0])
    if after in (0, len(curve)):
        return BED_OFF_DB
    (left, left_db), (right, right_db) = curve[after - 1], curve[after]
    return Decibels(left_db + (right_db - left_db) * (at - left) / (right - left))


def _spoken_spans(plan: MixPlan) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for segment in plan.segments:
        if not segment.spoken:
            continue
        if spans and segment.at - spans[-1][1] < samples_of(DUCK_HOLD_MS):
            spans[-1] = (spans[-1][0], segment.ends_at)
        else:
            spans.append((segment.at, segment.ends_at))
    return spans
