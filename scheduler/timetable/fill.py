"""Filling the coming sessions from the queue of approved bulletins.

The order of the day is kept -> class -> deadline -> topic -> age:

1. Placements made by hand and those of locked sessions stay. Only withdrawal, expiry and the
   longest length of a session speak against them.
2. Class by class (khẩn cấp, ưu tiên, thông thường) the other placements stay while they are legal;
   so a class displaces only lower ones, and every displaced placement is noted and placed anew.
3. Then the class's missing airings are placed one at a time: earliest deadline first; among equal
   deadlines the topic that is furthest behind its share of the year plan; within a topic whoever
   has had the fewest turns, then the oldest in the queue. Each goes into the earliest session
   that suits. Normal items fill the planned length of a session, higher classes may stretch it to
   the longest.

Refilling without change changes nothing: within a class rooms only shrink, and a wish that was
refused meets the same or fuller sessions again.

Cost: a wish passes each session of its own period at most once (once more per extra airing when it
may repeat in a session), so time is linear in the sum of periods, plus n log n for the sorting of
sessions, wishes, placements and turns. Nothing is searched back.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from heapq import heapify, heappop, heappush
from itertools import groupby

from scheduler.timetable import objections
from scheduler.timetable.book import Aired, Book, Note
from scheduler.timetable.expand import SessionWindow
from scheduler.timetable.explain import Unmet, explain_missing, why_placed
from scheduler.timetable.keeping import existing_placements, keep_fixed, keep_movable
from scheduler.timetable.loads import RANK, Load, Overhead, to_ms
from scheduler.timetable.wishes import Placed, Priority, Wish


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """One airing with its place and the reason it is there. `placed.airing_id` is None when new."""

    placed: Placed
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """All placements by session and position, every wish that lacks airings, and what had to go."""

    placements: tuple[Placement, ...]
    unmet: tuple[Unmet, ...]
    notes: tuple[Note, ...]


def fill(
    windows: Iterable[SessionWindow],
    wishes: Iterable[Wish],
    placed: Iterable[Placed],
    *,
    now: datetime,
    overhead: Overhead,
    targets: Mapping[str, int],
    aired: Aired,
    zone_names: Mapping[str, str] | None = None,
) -> Filling:
    """The running content of the sessions `windows`, which must not overlap in a zone (`settle`).

    :param placed: existing placements in those sessions, also those already locked or on air.
    :param now: aware UTC; decides which sessions are locked.
    :param targets: planned airings of a topic in the year; a topic without a plan comes last.
    :param aired: airings before those sessions; counts towards the wishes and the topics.
    :param zone_names: what the sentences call the zones; without it their ids.

    Every wish ends with its airings placed or in `unmet` with the sentence why not. The order of
    the inputs does not matter; ids of wishes are unique.
    """
    book = Book(
        windows, wishes, now=now, overhead=overhead, aired=aired, zone_names=zone_names or {}
    )
    existing = existing_placements(book, placed)
    keep_fixed(book, existing)
    for priority in sorted(Priority, key=RANK.__getitem__):
        keep_movable(book, [item for item in existing if item[1].priority is priority])
        lacking = [
            wish
            for wish in book.wishes.values()
            if wish.priority is priority and book.missing(wish) > 0
        ]
        lacking.sort(key=lambda wish: (wish.deadline, wish.id))
        for _, group in groupby(lacking, key=lambda wish: wish.deadline):
            _place_in_turn(book, list(group), targets)
    return Filling(
        placements=tuple(_placements(book)),
        unmet=tuple(
            explain_missing(book, wish)
            for wish in sorted(book.wishes.values(), key=lambda wish: wish.id)
            if book.missing(wish) > 0
        ),
        notes=tuple(book.notes),
    )


class _Search:
    """The sessions a wish may still go into; those once refused are not asked again."""

    def __init__(self, book: Book, wish: Wish) -> None:
        self._book = book
        self._wish = wish
        self._duration_ms = to_ms(wish.duration)
        self._loads = [
            load
            for load in book.loads_of_period(wish)
            if not load.still and objections.to_calendar(wish, load.window) is None
        ]
        self._next = 0
        self._found_on_this_pass = False

    def next_load(self) -> Load | None:
        """The earliest session that takes one more airing, None when there is none left.

        A wish that may repeat in a session goes round all of them before it repeats.
        """
        while True:
            while self._next < len(self._loads):
                load = self._loads[self._next]
                self._next += 1
                if self._suits(load):
                    self._found_on_this_pass = True
                    return load
            if not (self._wish.repeats_in_session and self._found_on_this_pass):
                return None
            self._next, self._found_on_this_pass = 0, False

    def _suits(self, load: Load) -> bool:
        limit_ms = load.limit_ms(self._wish.priority)
        if not load.has_room(self._duration_ms, limit_ms):
            return False
        return objections.to_company(self._wish, load, self._book.airs(self._wish)) is None


def _place_in_turn(book: Book, wishes: list[Wish], targets: Mapping[str, int]) -> None:
    """Place what wishes of one class and deadline lack, one airing a turn."""
    queues: dict[str, list[tuple[int, datetime, str]]] = {}
    for wish in wishes:
        queues.setdefault(wish.topic, []).append((0, wish.queued_at, wish.id))
    for queue in queues.values():
        heapify(queue)
    searches = {wish.id: _Search(book, wish) for wish in wishes}
    topics = [(_share(book, topic, targets), topic) for topic in queues]
    heapify(topics)
    while topics:
        _, topic = heappop(topics)
        turns, queued_at, wish_id = heappop(queues[topic])
        wish = book.wishes[wish_id]
        load = searches[wish_id].next_load()
        if load is not None:
            book.put(load, wish, why_placed(book, wish, load))
            if book.missing(wish) > 0:
                heappush(queues[topic], (turns + 1, queued_at, wish_id))
        if queues[topic]:
            heappush(topics, (_share(book, topic, targets), topic))


def _share(book: Book, topic: str, targets: Mapping[str, int]) -> float:
    """How much of its plan a topic has had; the smallest is next."""
    target = targets.get(topic, 0)
    return book.topic_airings[topic] / target if target > 0 else float("inf")


def _placements(book: Book) -> Iterable[Placement]:
    for load in book.loads.values():
        for position, entry in enumerate(load.in_order()):
            yield Placement(
                placed=Placed(
                    wish_id=entry.wish.id,
                    slot_id=load.window.slot_id,
                    local_day=load.window.local_day,
                    position=position,
                    manual=entry.manual,
                    airing_id=entry.airing_id,
                ),
                why=entry.why,
            )
