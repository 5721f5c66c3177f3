"""Sending rows until the station has answered for each. No row can keep another from going."""

from playout.client import StationClient
from playout.clock import StationClock
from playout.errors import AnswerNotUnderstood, StationRefused, TokenRevoked
from playout.journal import BATCH, Journal
from playout.rows import date_again
from playout.wire import dump_plays, parse_plays_answer


class Uploader:
    """Remembers how large a batch the station takes, and single rows it would not take at all."""

    def __init__(self, client: StationClient, clock: StationClock, journal: Journal) -> None:
        self._client = client
        self._clock = clock
        self._journal = journal
        self._batch = BATCH
        self._skipped: set[str] = set()

    def send_batch(self) -> bool:
        """Sends one batch; True when more may wait. One at a time, so that thirty days of rows
        do not keep the link from asking for an emergency.

        :raises StationUnreachable, StationRefused, AnswerNotUnderstood: what was not answered is
            kept and sent again; a batch refused as a whole is halved, down to the row at fault.
        """
        rows = self._journal.list_unsent(self._batch, self._skipped)
        if not rows:
            self._skipped.clear()
            return False
        dated = [date_again(row, self._clock) for row in rows]
        body = dump_plays(rows[0].boot, self._clock.now(), dated)
        try:
            answers = parse_plays_answer(self._client.send_plays(body))
        except TokenRevoked:
            raise
        except StationRefused:
            self._shrink(rows[0].id)
            raise
        if not self._journal.settle(answers):
            self._shrink(rows[0].id)
            raise AnswerNotUnderstood(detail="no row was answered")
        self._batch = min(BATCH, self._batch * 2)
        return True

    def _shrink(self, first_id: str) -> None:
        if self._batch == 1:
            self._skipped.add(first_id)
        self._batch = max(1, self._batch // 2)
