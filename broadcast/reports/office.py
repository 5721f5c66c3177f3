"""The issuing body as it was named on a day: head, place, recipients, signer."""

from datetime import date

from sqlalchemy import select

from broadcast.desk import Desk
from broadcast.reports.cchc_report import Office
from broadcast.reports.document import Authority, Signature
from broadcast.reports.paper_draft import PaperDraft
from broadcast.stations.models import Station, UnitName

_BODY = "ủy ban nhân dân "
_KINDS = ("xã", "phường", "thị trấn", "đặc khu")
_ARCHIVE = "lưu:"


def find_unit_name(desk: Desk, day: date) -> UnitName | None:
    """The names valid on that local day."""
    return desk.session.scalar(
        select(UnitName)
        .where(UnitName.station_id == desk.station_id, UnitName.valid_from <= day)
        .order_by(UnitName.valid_from.desc())
        .limit(1)
    )


def office_on(desk: Desk, day: date) -> Office:
    """Without dated names the station's own commune; a report of 2023 keeps its 2023 names."""
    station = desk.session.get_one(Station, desk.station_id)
    unit = find_unit_name(desk, day)
    if unit is None:
        place = commune_place(station.commune_name)
        return Office(commune=station.commune_name, place=place)
    commune = commune_in_words(unit.issuing_body) or station.commune_name
    return Office(
        commune=commune,
        place=unit.place_name or commune_place(commune),
        superior=unit.superior,
    )


def drafted_paper(desk: Desk, day: date) -> PaperDraft:
    """What the dated names already say: to whom, recipients, archive, signer."""
    unit = find_unit_name(desk, day)
    if unit is None:
        return PaperDraft()
    archives = [one for one in unit.recipients if one.lower().startswith(_ARCHIVE)]
    authority = next(
        (one for one in Authority if unit.signing_authority.startswith(one.value)),
        Authority.COLLECTIVE,
    )
    return PaperDraft(
        addressees=[unit.addressee] if unit.addressee else [],
        recipients=[one for one in unit.recipients if one not in archives],
        archive=archives[0][len(_ARCHIVE) :].strip() if archives else "VT, VHXH",
        authority=authority,
        position=unit.signing_position,
        signer=unit.signer_name,
    )


def signature_of(draft: PaperDraft) -> Signature:
    return Signature(draft.authority, draft.position, signer=draft.signer)


def commune_in_words(issuing_body: str) -> str:
    """`ỦY BAN NHÂN DÂN XÃ NGỌC KỲ` -> `xã Ngọc Kỳ`; "" for a body that is no People's Committee."""
    name = " ".join(issuing_body.split()).lower()
    if not name.startswith(_BODY):
        return ""
    name = name.removeprefix(_BODY)
    for kind in _KINDS:
        if name.startswith(f"{kind} "):
            return f"{kind} {_titled(name.removeprefix(kind))}"
    return _titled(name)


def commune_place(commune: str) -> str:
    """`xã Ngọc Kỳ` -> `Ngọc Kỳ`, as it stands before the date."""
    for kind in _KINDS:
        if commune.lower().startswith(f"{kind} "):
            return commune[len(kind) :].strip()
    return commune


def _titled(name: str) -> str:
    return " ".join(word.capitalize() for word in name.split())
