"""Validated forms as the services want them."""

from broadcast.stations.forms import RegulationForm, StationForm, UnitNameForm, ZoneForm
from broadcast.stations.papers import EVERY_DAY, Hours, RegulationDraft, UnitNameDraft
from broadcast.stations.rules import ZoneKind
from broadcast.stations.service import StationDraft
from broadcast.stations.zones import ZoneDraft


def station_from(form: StationForm) -> StationDraft:
    return StationDraft(
        name=form.name.data.strip(),
        commune_name=form.commune_name.data.strip(),
        time_zone=form.time_zone.data.strip(),
        one_person=form.one_person.data,
        loudness_lufs=float(form.loudness_lufs.data),
        speech_engine=form.speech_engine.data,
        speech_voice=(form.speech_voice.data or "vi").strip(),
        speech_speed_percent=form.speech_speed_percent.data,
        signature_tune=form.signature_tune.data,
        music_bed=form.music_bed.data,
        opening_words=(form.opening_words.data or "").strip(),
        closing_words=(form.closing_words.data or "").strip(),
        reading_style=form.reading_style,
    )


def zone_from(form: ZoneForm) -> ZoneDraft:
    return ZoneDraft(
        name=form.name.data,
        kind=ZoneKind(form.kind.data),
        parent_id=form.parent_id.data or None,
        sensitive=form.sensitive.data,
    )


def regulation_from(form: RegulationForm, quiet_zones: tuple[str, ...]) -> RegulationDraft:
    """`quiet_zones` are those near schools and hospitals; their own hours bind only there."""
    weekdays = tuple(form.weekdays.data or EVERY_DAY)
    hours = [Hours(form.first_from.data, form.first_until.data, weekdays)]
    if form.second_from.data and form.second_until.data:
        hours.append(Hours(form.second_from.data, form.second_until.data, weekdays))
    if form.quiet_from.data and form.quiet_until.data and quiet_zones:
        span = (form.quiet_from.data, form.quiet_until.data)
        hours.append(Hours(*span, weekdays, quiet_zones))
    return RegulationDraft(
        form.valid_from.data, form.decision_number.data, form.decision_date.data, tuple(hours)
    )


def unit_name_from(form: UnitNameForm) -> UnitNameDraft:
    return UnitNameDraft(
        valid_from=form.valid_from.data,
        superior=form.superior.data or "",
        issuing_body=form.issuing_body.data,
        place_name=form.place_name.data,
        addressee=form.addressee.data or "",
        recipients=tuple((form.recipients.data or "").splitlines()),
        signing_authority=form.signing_authority.data or "",
        signing_position=form.signing_position.data or "",
        signer_name=form.signer_name.data or "",
    )
