"""Every planned airing gets one outcome, and no clock plays it twice: under any plan, clock, cache."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from playout.decide import (
    GiveUp,
    Interrupt,
    Missed,
    OnAir,
    Play,
    Reason,
    Suspended,
    Wait,
    decide,
)
from playout.occurrences import list_occurrences
from playout.plan import (
    Audio,
    Item,
    Kind,
    LateMode,
    LatePolicy,
    Plan,
    Priority,
    Repeat,
    Session,
)

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


def seconds(n):
    return timedelta(seconds=n)


def shas(plan):
    return {i.audio.sha256 for s in plan.sessions for i in s.running_order if i.audio}


def occurrences(plan, at=NOON + timedelta(days=2)):
    return {o.key: o for o in list_occurrences(plan, at)}


# Properties: a box as simple as can be, driven by decide alone, under any clock and any cache.

audios = st.integers(1, 4).map(lambda n: Audio(f"http://x/{n}", f"{n:064x}", 8000, n * 20_000))


@st.composite
def sessions(draw, number):
    offset, items = 0, []
    for place in range(draw(st.integers(1, 3))):
        audio = draw(audios)
        kind = draw(st.sampled_from([Kind.BULLETIN, Kind.LINK, Kind.SILENCE]))
        airing = f"{number}/{place}" if kind is Kind.BULLETIN else None
        sound = None if kind is Kind.SILENCE else audio
        items.append(Item(airing, kind, offset, audio.duration_ms, audio=sound))
        offset += audio.duration_ms + draw(st.sampled_from([0, 0, 10_000]))
    priority = draw(st.sampled_from(list(Priority)))
    starts_at = NOON + seconds(draw(st.integers(-300, 900)))
    repeat = None
    if priority is Priority.EMERGENCY and draw(st.booleans()):
        repeat = Repeat(seconds(draw(st.integers(60, 200))), starts_at + seconds(500))
    late = LatePolicy(draw(st.sampled_from(list(LateMode))), seconds(draw(st.integers(0, 200))))
    return Session(f"s{number}", priority, starts_at, late, repeat, tuple(items))


@st.composite
def plans(draw):
    found = [draw(sessions(n)) for n in range(draw(st.integers(1, 4)))]
    return Plan("1", NOON - seconds(900), NOON + timedelta(hours=72), 10, "", "", 80, tuple(found))


class TinyBox:
    """Obeys decide to the letter and nothing else; keeps the books the journal would keep."""

    def __init__(self):
        self.starts, self.outcomes = [], []
        self.played, self.on_air, self.suspended = set(), None, []

    def step(self, plan, cached, now, trusted=True):
        if self.on_air and now >= self.on_air.ends_at:
            self.outcomes.append(self.on_air.occurrence.key)
            self.on_air = None
        for _ in range(100):
            found = decide(
                plan,
                cached,
                self.played,
                now,
                on_air=self.on_air,
                suspended=self.suspended,
                trusted=trusted,
            )
            if isinstance(found, Wait) or (
                isinstance(found, Play) and (found.at > now or self.on_air)
            ):
                return
            self._do(found, now)
        raise AssertionError("decide never comes to rest")

    def _do(self, found, now):
        key = found.occurrence.key
        waiting = [s for s in self.suspended if s.occurrence.key == key]
        if isinstance(found, Play):
            self.suspended = [s for s in self.suspended if s not in waiting]
            if not waiting:
                assert key not in self.played
                self.starts.append(key)
                self.played.add(key)
            left = found.occurrence.item.audio.duration_ms - found.from_ms
            self.on_air = OnAir(found.occurrence, now + timedelta(milliseconds=left))
        elif isinstance(found, Interrupt):
            left = self.on_air.ends_at - now
            position = found.occurrence.item.audio.duration_ms - left // timedelta(milliseconds=1)
            self.on_air = None
            if found.reason is Reason.EMERGENCY:
                self.suspended.append(Suspended(found.occurrence, position))
            else:
                self.outcomes.append(key)
        elif isinstance(found, GiveUp):
            assert waiting
            self.suspended = [s for s in self.suspended if s not in waiting]
            self.outcomes.append(key)
        else:
            assert isinstance(found, Missed)
            assert key not in self.played
            self.played.add(key)
            self.outcomes.append(key)


@settings(deadline=None, max_examples=120)
@given(plans(), st.data())
def test_every_planned_item_gets_exactly_one_outcome_and_the_counts_add_up(plan, data):
    cached = data.draw(st.sets(st.sampled_from(sorted(shas(plan)) or ["-"])))
    box = TinyBox()
    for s in range(-400, 2600, 5):
        box.step(plan, cached, NOON + seconds(s))
    planned = set(occurrences(plan, NOON + seconds(2600)))
    assert sorted(box.outcomes) == sorted(planned)


@settings(deadline=None, max_examples=120)
@given(plans(), st.lists(st.integers(-90_000, 90_000), max_size=12), st.data())
def test_no_jump_of_the_clock_plays_anything_twice(plan, jumps, data):
    box, shift = TinyBox(), 0
    for number, jump in enumerate([0, *jumps]):
        shift += jump
        trusted = data.draw(st.booleans())
        for s in range(0, 120, 10):
            box.step(plan, shas(plan), NOON + seconds(shift + number * 120 + s), trusted)
    assert len(box.starts) == len(set(box.starts))
    assert len(box.outcomes) == len(set(box.outcomes))


@settings(deadline=None, max_examples=60)
@given(plans())
def test_nothing_starts_before_its_time_or_after_its_latest_start(plan):
    box = TinyBox()
    for s in range(-400, 1600, 2):
        now, before = NOON + seconds(s), len(box.starts)
        box.step(plan, shas(plan), now)
        for key in box.starts[before:]:
            found = occurrences(plan)[key]
            assert found.due_at <= now <= found.latest_start
