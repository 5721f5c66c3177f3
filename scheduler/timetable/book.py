"""The state of one filling: sessions, what each wish has and still needs, and what was noted."""

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from scheduler.timetable.expand import SessionKey, SessionWindow
from scheduler.timetable.loads import Entry, Load, Overhead, to_ms
from scheduler.timetable.wishes import Placed, Wish


@dataclass(frozen=True, slots=True, kw_only=True)
class Aired:
    """What has been heard before the sessions in hand: airings by wish and by topic, last starts.

    An airing is either here or among the placements given to `fill`, never in both.
    """

    by_wish: Mapping[str, int] = field(default_factory=dict)
    by_topic: Mapping[str, int] = field(default_factory=dict)
    last_at: Mapping[str, datetime] = field(default_factory=dict)


class NoteKind(StrEnum):
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    SESSION_GONE = "session_gone"
    NOT_NEEDED = "not_needed"
    NO_LONGER_SUITS = "no_longer_suits"
    MADE_ROOM = "made_room"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A placement that had to go, and why; `sentence` is for the operator."""

    kind: NoteKind
    wish_id: str
    slot_id: str
    local_day: date
    sentence: str


class Book:
    """Sessions ordered by start and the count of every wish; entries are made only by `put`."""

    def __init__(
        self,
        windows: Iterable[SessionWindow],
        wishes: Iterable[Wish],
        *,
        now: datetime,
        overhead: Overhead,
        aired: Aired,
        zone_names: Mapping[str, str],
    ) -> None:
        self.wishes = {wish.id: wish for wish in wishes}
        self.zone_names = zone_names
        self.notes: list[Note] = []
        self.topic_airings = Counter(aired.by_topic)
        self._now = now
        self._counts = Counter(aired.by_wish)
        self._airs: dict[str, list[datetime]] = defaultdict(list)
        for wish_id, last_at in aired.last_at.items():
            self._airs[wish_id].append(last_at)
        ordered = sorted(windows, key=lambda w: (w.starts_at, w.slot_id, w.local_day))
        self.loads: dict[SessionKey, Load] = {
            window.key: Load(window, overhead, still=window.locks_at <= now) for window in ordered
        }
        self._by_day: dict[date, list[Load]] = defaultdict(list)
        for load in self.loads.values():
            self._by_day[load.window.airs_on].append(load)
        self._days = sorted(self._by_day)

    @property
    def last_day(self) -> date | None:
        """The last local day that has a session, None without any."""
        return self._days[-1] if self._days else None

    def has_begun(self, load: Load) -> bool:
        return load.window.starts_at <= self._now

    def missing(self, wish: Wish) -> int:
        """How many airings the wish still needs; below zero when it has too many."""
        return wish.airings - self._counts[wish.id]

    def airs(self, wish: Wish) -> list[datetime]:
        """In order, the last start before the sessions and those of sessions with the wish."""
        return self._airs[wish.id]

    def loads_of_period(self, wish: Wish) -> Iterator[Load]:
        """The sessions on the days of the wish, weekdays already chosen, in order of start."""
        first = bisect_left(self._days, wish.from_day)
        end = bisect_left(self._days, wish.until_day)
        for day in self._days[first:end]:
            if not wish.weekdays or day.weekday() in wish.weekdays:
                yield from self._by_day[day]

    def put(self, load: Load, wish: Wish, why: str, old: Placed | None = None) -> None:
        entry = Entry(wish=wish, duration_ms=to_ms(wish.duration), why=why)
        if old is not None:
            entry.position, entry.manual, entry.airing_id = old.position, old.manual, old.airing_id
        load.add(entry)
        self._counts[wish.id] += 1
        insort(self._airs[wish.id], load.window.starts_at)
        self.topic_airings[wish.topic] += 1

    def note(self, kind: NoteKind, placed: Placed, sentence: str) -> None:
        self.notes.append(
            Note(
                kind=kind,
                wish_id=placed.wish_id,
                slot_id=placed.slot_id,
                local_day=placed.local_day,
                sentence=sentence,
            )
        )
