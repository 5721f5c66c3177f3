"""The life of a bulletin. PURE: states, what may follow what, and the hash an approval binds."""

import hashlib
import json
from enum import StrEnum

from broadcast.errors import InvalidInput, LoaError


class BulletinKind(StrEnum):
    """Tin, bài, thông báo: the words of the yearly report."""

    NEWS = "tin"
    FEATURE = "bai"
    NOTICE = "thong_bao"


class Origin(StrEnum):
    OWN = "own"
    RELAYED = "relayed"
    SENT_FROM_ABOVE = "sent"


class BulletinState(StrEnum):
    DRAFTED = "drafted"
    WAITING = "waiting"
    APPROVED = "approved"
    RETURNED = "returned"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class Verdict(StrEnum):
    APPROVED = "approved"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


NEXT: dict[BulletinState, frozenset[BulletinState]] = {
    BulletinState.DRAFTED: frozenset({BulletinState.WAITING}),
    BulletinState.WAITING: frozenset(
        {BulletinState.APPROVED, BulletinState.RETURNED, BulletinState.DRAFTED}
    ),
    BulletinState.RETURNED: frozenset({BulletinState.DRAFTED, BulletinState.WAITING}),
    BulletinState.APPROVED: frozenset(
        {BulletinState.DRAFTED, BulletinState.EXPIRED, BulletinState.WITHDRAWN}
    ),
    BulletinState.EXPIRED: frozenset({BulletinState.DRAFTED, BulletinState.APPROVED}),
    BulletinState.WITHDRAWN: frozenset({BulletinState.DRAFTED}),
}
"""An edit leads back to `drafted`, with a new version once somebody has decided on the old."""


class StepNotPossible(LoaError):
    code = "bulletins.step_not_possible"
    message = "Tin bài không còn ở bước này. Hãy tải lại trang để xem bước hiện tại."


class ReasonMissing(InvalidInput):
    code = "bulletins.reason_missing"
    message = "Hãy ghi lý do, để người khác biết vì sao."


def must_follow(now_in: BulletinState, wanted: BulletinState) -> None:
    """:raises StepNotPossible: when `wanted` may not follow `now_in`."""
    if wanted not in NEXT[now_in]:
        raise StepNotPossible(now_in=now_in.value, wanted=wanted.value)


def content_hash(*, text: str, spoken: str, audio_sha256: str, voice: str) -> str:
    """What an approval binds: change a letter, the voice or a sample, and it no longer holds."""
    sealed = json.dumps([text, spoken, audio_sha256, voice], ensure_ascii=False)
    return hashlib.sha256(sealed.encode()).hexdigest()
