"""Which existing placements stay: by hand and locked ones first, the others while still legal."""

from collections.abc import Iterable

from scheduler.timetable import objections
from scheduler.timetable.book import Book, NoteKind
from scheduler.timetable.loads import Load, to_ms
from scheduler.timetable.objections import Objection
from scheduler.timetable.sentences import say_date, say_day, say_session
from scheduler.timetable.wishes import Placed, Wish

BY_HAND = "Người trực đã đặt tay, giữ nguyên."
LOCKED = "Buổi phát đã khóa, giữ nguyên."
STAYS = "Giữ nguyên chỗ đã xếp."

_NO_LONGER = {
    Objection.NOT_IN_PERIOD: "ngày phát nằm ngoài thời hạn của bản tin",
    Objection.OTHER_WEEKDAY: "thứ này không còn được chọn",
    Objection.OTHER_SLOT: "khung giờ này không còn được chọn",
    Objection.OTHER_DAY: "bản tin đã được ghim sang ngày khác",
    Objection.ZONES_NOT_REACHED: "buổi không còn tới đủ các khu vực",
    Objection.ALREADY_IN_SESSION: "buổi đã có bản tin này",
    Objection.TOO_CLOSE: "quá gần một lượt phát khác của bản tin",
    Objection.TOO_LONG: "bản tin dài hơn buổi phát",
}


def existing_placements(book: Book, placed: Iterable[Placed]) -> list[tuple[Load, Wish, Placed]]:
    """The placements whose wish and session are still there, in order of start and position.

    Withdrawn and expired ones go even from a locked session: what may not be heard is not heard.
    """
    found = []
    for old in sorted(placed, key=_identity):
        wish = book.wishes.get(old.wish_id)
        load = book.loads.get(old.session_key)
        if wish is None:
            book.note(NoteKind.WITHDRAWN, old, "Bỏ một lượt: bản tin đã rút khỏi hàng chờ.")
        elif load is None:
            say = f"Chuyển một lượt: buổi {say_day(old.local_day)} không còn trong lịch."
            book.note(NoteKind.SESSION_GONE, old, say)
        elif load.window.airs_on >= wish.until_day and not book.has_begun(load):
            say = f"Bỏ một lượt ở {say_session(load.window)}: bản tin hết hạn {_expiry(wish)}."
            book.note(NoteKind.EXPIRED, old, say)
        else:
            found.append((load, wish, old))
    found.sort(key=lambda item: (item[0].window.starts_at, *_identity(item[2])))
    return found


def _identity(old: Placed) -> tuple[str, str, int, str, str]:
    return old.slot_id, str(old.local_day), old.position, old.wish_id, old.airing_id or ""


def _expiry(wish: Wish) -> str:
    return f"từ ngày {say_date(wish.until_day)}"


def keep_fixed(book: Book, existing: Iterable[tuple[Load, Wish, Placed]]) -> None:
    """Keep what is locked or was placed by hand, up to the longest length of the session.

    Only length speaks against them, for a person may overrule days, zones and spacing. A session
    that has begun keeps everything.
    """
    for load, wish, old in existing:
        if not (load.still or old.manual):
            continue
        limit_ms = to_ms(load.window.longest)
        if book.has_begun(load) or load.has_room(to_ms(wish.duration), limit_ms):
            book.put(load, wish, LOCKED if load.still else BY_HAND, old)
        else:
            say = f"Bỏ một lượt ở {say_session(load.window)}: quá thời lượng tối đa của buổi."
            book.note(NoteKind.MADE_ROOM, old, say)


def keep_movable(book: Book, existing: Iterable[tuple[Load, Wish, Placed]]) -> None:
    """Keep the others while they are legal; what goes is noted and asks for a new place."""
    for load, wish, old in existing:
        if load.still or old.manual:
            continue
        where = say_session(load.window)
        if book.missing(wish) <= 0:
            book.note(NoteKind.NOT_NEEDED, old, f"Bỏ một lượt ở {where}: đã đủ số lượt.")
            continue
        objection = (
            objections.to_calendar(wish, load.window)
            or objections.to_company(wish, load, book.airs(wish))
            or objections.to_length(load, to_ms(wish.duration), to_ms(load.window.longest))
        )
        if objection is None:
            book.put(load, wish, STAYS, old)
        elif objection is Objection.FULL:
            say = f"Nhường chỗ ở {where} cho tin đặt tay hoặc tin ưu tiên hơn."
            book.note(NoteKind.MADE_ROOM, old, say)
        else:
            say = f"Chuyển một lượt khỏi {where}: {_NO_LONGER[objection]}."
            book.note(NoteKind.NO_LONGER_SUITS, old, say)
