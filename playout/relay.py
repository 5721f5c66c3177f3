"""Keeping a live relay on the air: the stream, and the fallback audio while the stream fails."""

from playout.clock import StationClock
from playout.deck import Deck, Running
from playout.errors import MediaCorrupt, MediaMissing, PlayerFailed


def change_source(deck: Deck, running: Running, clock: StationClock) -> None:
    """From the failed stream to its fallback, from the ended fallback back to the stream.

    What was heard of the stream stays counted. If the new source fails too, nothing sounds until
    the same silence that brought us here has passed again, and the other one gets its turn.
    """
    stream = running.occurrence.item.stream
    running.bank()
    running.on_fallback = not running.on_fallback and bool(stream and stream.fallback)
    running.note = "stream_failed"
    running.moved_ns = clock.steady_ns()
    try:
        cue = deck.make_cue(running.occurrence, fallback=running.on_fallback)
        running.cue_key = cue.key
        deck.player.arm(cue)
        deck.player.release(clock.steady_ns())
    except PlayerFailed as err:
        deck.restart_player(err)
    except (MediaCorrupt, MediaMissing):
        deck.player.stop()
