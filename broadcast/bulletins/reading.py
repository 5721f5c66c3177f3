"""How this station reads: its style and its dictionary, handed to the pure reader."""

from dataclasses import fields, replace
from enum import StrEnum

from sqlalchemy import or_, select

from audio.reading import CENTRAL, NORTH, SOUTH, DictionaryEntry, Reading, ReadingStyle, read
from broadcast.bulletins.drafts import clean_line
from broadcast.bulletins.models import DictionaryWord
from broadcast.desk import Desk, use_case
from broadcast.errors import InvalidInput, NotFound
from broadcast.people.rules import Right
from broadcast.people.trail import note_deed
from broadcast.stations.models import Station

PRESETS = {"north": NORTH, "central": CENTRAL, "south": SOUTH}


class WordIncomplete(InvalidInput):
    code = "bulletins.word_incomplete"
    message = "Cần cả chữ viết và cách đọc, mỗi bên không quá 120 và 300 ký tự."


def read_for(desk: Desk, text: str) -> Reading:
    """`text` as this station says it."""
    station = desk.session.get_one(Station, desk.station_id)
    return read(text, style=style_of(station), dictionary=dictionary_of(desk))


def style_of(station: Station) -> ReadingStyle:
    """The region's preset with the station's own differences; what is unknown is ignored."""
    kept = station.reading_style or {}
    style = PRESETS[region_of(station)]
    for field in fields(ReadingStyle):
        value = _as_kind(getattr(style, field.name), kept.get(field.name))
        if value is not None:
            style = replace(style, **{field.name: value})  # type: ignore[arg-type]
    return style


def _as_kind(known: object, kept: object) -> object | None:
    """`kept`, read from JSON, as the kind of value that `known` is; None when it is not one."""
    if isinstance(known, StrEnum):
        kinds = type(known)
        return kinds(str(kept)) if kept in set(kinds) else None
    return kept if isinstance(kept, type(known)) else None


def region_of(station: Station) -> str:
    """`north`, `central` or `south`; the north where nothing is set."""
    region = str((station.reading_style or {}).get("region", "north"))
    return region if region in PRESETS else "north"


def dictionary_of(desk: Desk) -> tuple[DictionaryEntry, ...]:
    """The station's own words first, then what other stations share; own words win."""
    rows = desk.session.scalars(
        select(DictionaryWord)
        .where(or_(DictionaryWord.station_id == desk.station_id, DictionaryWord.shared.is_(True)))
        .order_by(DictionaryWord.written)
    )
    found: dict[str, DictionaryWord] = {}
    for row in rows:
        if row.written not in found or row.station_id == desk.station_id:
            found[row.written] = row
    return tuple(
        DictionaryEntry(
            word.written,
            word.spoken,
            "station" if word.station_id == desk.station_id else "shared",
        )
        for word in found.values()
    )


def list_words(desk: Desk) -> list[DictionaryWord]:
    return list(
        desk.session.scalars(
            select(DictionaryWord)
            .where(DictionaryWord.station_id == desk.station_id)
            .order_by(DictionaryWord.written)
        )
    )


@use_case
def teach_word(desk: Desk, written: str, spoken: str, *, shared: bool = False) -> DictionaryWord:
    """From now on `written` is said as `spoken`; an older entry of the same word is replaced.

    :raises WordIncomplete: one side is empty or too long.
    """
    desk.actor.must(Right.WRITE)
    written, spoken = clean_line(written), clean_line(spoken)
    if not (0 < len(written) <= 120 and 0 < len(spoken) <= 300):
        raise WordIncomplete(written=written)
    word = desk.session.scalar(
        select(DictionaryWord).where(
            DictionaryWord.station_id == desk.station_id, DictionaryWord.written == written
        )
    )
    if word is None:
        word = DictionaryWord(
            id=desk.new_id(),
            station_id=desk.station_id,
            written=written,
            created_at=desk.now,
            author_name=desk.actor.name,
        )
        desk.session.add(word)
    word.spoken, word.shared, word.author_name = spoken, shared, desk.actor.name
    note_deed(desk, "bulletins.word_taught", "dictionary_word", word.id, written=written)
    return word


@use_case
def forget_word(desk: Desk, word_id: str) -> None:
    """:raises NotFound: another station's word; what is gone already may be forgotten twice."""
    desk.actor.must(Right.WRITE)
    word = desk.session.get(DictionaryWord, word_id)
    if word is not None and word.station_id != desk.station_id:
        raise NotFound(word=word_id)
    if word is not None:
        note_deed(desk, "bulletins.word_forgotten", "dictionary_word", word.id)
        desk.session.delete(word)
