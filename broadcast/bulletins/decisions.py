"""Approving, sending back, withdrawing: who may air which exact content, on whose word."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from broadcast.bulletins.drafts import clean_line, clean_text
from broadcast.bulletins.models import Bulletin, BulletinVersion, Decision, Rendition
from broadcast.bulletins.queries import current_version, get_bulletin
from broadcast.bulletins.rules import (
    BulletinState,
    ReasonMissing,
    StepNotPossible,
    Verdict,
    content_hash,
    must_follow,
)
from broadcast.desk import Desk, use_case
from broadcast.errors import EditConflict, NotAllowed
from broadcast.people.rules import Right
from broadcast.people.trail import note_deed
from broadcast.stations.models import Station
from broadcast.timetable.dropping import drop_bulletin


class OwnBulletin(NotAllowed):
    code = "bulletins.own_bulletin"
    message = (
        "Người viết không tự duyệt bài của mình. Nếu đài chỉ có một người, người quản trị bật "
        "“Một người vừa viết vừa duyệt” ở trang Cài đặt; mỗi lần dùng sẽ được ghi lại."
    )


class ContentChanged(EditConflict):
    code = "bulletins.content_changed"
    message = "Bài đã đổi sau khi bạn mở trang. Hãy nghe và đọc lại bản mới rồi quyết định."


def hash_of(version: BulletinVersion) -> str:
    """What the approver saw and heard, as one value."""
    rendition = version.rendition
    return content_hash(
        text=f"{version.title}\n{version.text}",
        spoken=version.spoken,
        audio_sha256=rendition.audio.sha256 if rendition else "",
        voice=f"{rendition.engine}/{rendition.voice}" if rendition else "",
    )


@use_case
def approve_bulletin(
    desk: Desk, bulletin_id: str, seen_hash: str, *, authority: str = "", after_air: bool = False
) -> Decision:
    """Approve exactly the content of `seen_hash`.

    :raises ContentChanged: something changed since the approver's page was made.
    :raises OwnBulletin: author and approver are one person, and the station has no waiver.
    """
    desk.actor.must(Right.APPROVE)
    bulletin = get_bulletin(desk, bulletin_id)
    version = current_version(desk, bulletin)
    if hash_of(version) != seen_hash or version.rendition_id is None:
        raise ContentChanged(bulletin=bulletin_id)
    own = _is_own(desk, bulletin, version)
    if own and not _has_waiver(desk):
        raise OwnBulletin(bulletin=bulletin_id)
    if not (after_air and bulletin.state is BulletinState.APPROVED):
        must_follow(bulletin.state, BulletinState.APPROVED)
    bulletin.state = BulletinState.APPROVED
    decision = _decide(desk, bulletin, version, Verdict.APPROVED)
    decision.content_hash, decision.authority = seen_hash, clean_line(authority)[:60]
    decision.waiver, decision.after_air = own, after_air
    note_deed(desk, "bulletins.approved", "bulletin", bulletin.id, version=version.no, waiver=own)
    return decision


@use_case
def return_bulletin(desk: Desk, bulletin_id: str, reason: str) -> Decision:
    """Send it back to the author.

    :raises ReasonMissing: an author who is not told why cannot mend anything.
    """
    desk.actor.must(Right.APPROVE)
    bulletin = get_bulletin(desk, bulletin_id)
    reason = clean_text(reason).strip()
    if not reason:
        raise ReasonMissing(bulletin=bulletin_id)
    must_follow(bulletin.state, BulletinState.RETURNED)
    bulletin.state = BulletinState.RETURNED
    decision = _decide(desk, bulletin, current_version(desk, bulletin), Verdict.RETURNED)
    decision.reason = reason
    note_deed(desk, "bulletins.returned", "bulletin", bulletin.id)
    return decision


@use_case
def withdraw_bulletin(desk: Desk, bulletin_id: str, reason: str) -> Decision:
    """Take an approved bulletin off the air: it leaves every plan with the next pull.

    :raises ReasonMissing: the log will be read by people who were not there.
    """
    if Right.APPROVE not in desk.actor.rights:
        desk.actor.must(Right.SCHEDULE)
    bulletin = get_bulletin(desk, bulletin_id)
    reason = clean_text(reason).strip()
    if not reason:
        raise ReasonMissing(bulletin=bulletin_id)
    must_follow(bulletin.state, BulletinState.WITHDRAWN)
    bulletin.state = BulletinState.WITHDRAWN
    drop_bulletin(desk, bulletin.id, f"thu hồi: {reason}")
    decision = _decide(desk, bulletin, current_version(desk, bulletin), Verdict.WITHDRAWN)
    decision.reason = reason
    note_deed(desk, "bulletins.withdrawn", "bulletin", bulletin.id)
    return decision


@use_case
def reinstate_bulletin(desk: Desk, bulletin_id: str) -> Bulletin:
    """Undo of one's own withdrawal. The approval it had is good again: its seal is still checked
    wherever it shall be heard.

    :raises StepNotPossible: it is not withdrawn, or somebody else withdrew it.
    """
    if Right.APPROVE not in desk.actor.rights:
        desk.actor.must(Right.SCHEDULE)
    bulletin = get_bulletin(desk, bulletin_id)
    last = desk.session.scalar(
        select(Decision)
        .where(Decision.bulletin_id == bulletin.id, Decision.verdict == Verdict.WITHDRAWN)
        .order_by(Decision.at.desc())
        .limit(1)
    )
    own = last is not None and last.user_id == desk.actor.user_id
    if bulletin.state is not BulletinState.WITHDRAWN or not own:
        raise StepNotPossible(now_in=bulletin.state.value, wanted=BulletinState.APPROVED.value)
    bulletin.state, bulletin.updated_at = BulletinState.APPROVED, desk.now
    note_deed(desk, "bulletins.reinstated", "bulletin", bulletin.id)
    return bulletin


def airable_version(desk: Desk, bulletin: Bulletin) -> BulletinVersion | None:
    """The version that may be heard: approved, its audio there, and unchanged since."""
    return airable_versions(desk, [bulletin]).get(bulletin.id)


def airable_versions(desk: Desk, bulletins: Iterable[Bulletin]) -> dict[str, BulletinVersion]:
    """Those of many bulletins, by bulletin id; two reads whatever their number."""
    approved = [
        bulletin.id
        for bulletin in bulletins
        if bulletin.state is BulletinState.APPROVED and bulletin.archived_at is None
    ]
    versions = desk.session.scalars(
        select(BulletinVersion)
        .join(Bulletin, Bulletin.id == BulletinVersion.bulletin_id)
        .where(BulletinVersion.bulletin_id.in_(approved), BulletinVersion.no == Bulletin.version_no)
        .options(
            contains_eager(BulletinVersion.bulletin),
            joinedload(BulletinVersion.rendition).joinedload(Rendition.audio),
        )
    ).all()
    approvals = desk.session.scalars(
        select(Decision)
        .where(
            Decision.version_id.in_([version.id for version in versions]),
            Decision.verdict == Verdict.APPROVED,
        )
        .order_by(Decision.at, Decision.id)
    )
    sealed = {approval.version_id: approval.content_hash for approval in approvals}
    return {
        version.bulletin_id: version
        for version in versions
        if sealed.get(version.id) == hash_of(version)
    }


def may_approve(desk: Desk, bulletin: Bulletin) -> bool:
    """Holds the right, and is not the writer unless the station has only one person."""
    if Right.APPROVE not in desk.actor.rights:
        return False
    return _has_waiver(desk) or not _is_own(desk, bulletin, current_version(desk, bulletin))


def _is_own(desk: Desk, bulletin: Bulletin, version: BulletinVersion) -> bool:
    return desk.actor.user_id in {bulletin.author_id, version.author_id}


def _has_waiver(desk: Desk) -> bool:
    return desk.session.get_one(Station, desk.station_id).one_person


def _decide(desk: Desk, bulletin: Bulletin, version: BulletinVersion, verdict: Verdict) -> Decision:
    decision = Decision(
        id=desk.new_id(),
        station_id=desk.station_id,
        bulletin_id=bulletin.id,
        version_id=version.id,
        rendition_id=version.rendition_id,
        verdict=verdict,
        user_id=desk.actor.user_id,
        user_name=desk.actor.name,
        at=desk.now,
    )
    bulletin.updated_at = desk.now
    desk.session.add(decision)
    desk.session.flush()
    return decision
