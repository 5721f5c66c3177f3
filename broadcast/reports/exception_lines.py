"""Sessions outside the regulation's hours in the report: a sentence and an annex. PURE."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from broadcast.reports.document import Align, Annex, Grid
from broadcast.reports.numbers_vi import amount, date_short

TITLE = "Buổi phát ngoài giờ quy định"
NO_REASON = "chưa ghi lý do"


@dataclass(frozen=True, slots=True)
class ExceptionLine:
    """One session. `hours` and `zones` are words: `22:00–22:15`, `Thôn Đông`."""

    day: date
    name: str
    hours: str
    zones: str
    decision_number: str
    decision_date: date
    reason: str
    is_emergency: bool = False


def exceptions_sentence(lines: Sequence[ExceptionLine]) -> str:
    """How many, of which decisions, where the reasons stand; empty without any."""
    if not lines:
        return ""
    decisions = dict.fromkeys(_decision(line) for line in lines)
    urgent = sum(line.is_emergency for line in lines)
    of_them = f" (trong đó {amount(urgent, 'buổi khẩn cấp')})" if urgent else ""
    return (
        f"Trong kỳ có {amount(len(lines), 'buổi phát')} ngoài khung giờ của "
        f"{'; '.join(decisions)}{of_them}; từng buổi và lý do có trong phụ lục kèm theo."
    )


def exceptions_annex(subject: str, lines: Sequence[ExceptionLine]) -> Annex:
    """Each session with the hours that lie outside, landscape as its columns need."""
    grid = Grid(
        header=("STT", "Ngày", "Buổi phát", "Giờ ngoài quy định", "Khu vực", "Quyết định", "Lý do"),
        rows=tuple(
            (
                str(at),
                date_short(line.day),
                f"{line.name} (khẩn cấp)" if line.is_emergency else line.name,
                line.hours,
                line.zones,
                _decision(line).removeprefix("Quyết định "),
                line.reason or NO_REASON,
            )
            for at, line in enumerate(lines, start=1)
        ),
        widths=(12, 26, 44, 36, 36, 44, 60),
        aligns=(Align.CENTER, Align.CENTER, *(Align.LEFT,) * 5),
    )
    return Annex(TITLE, subject, (grid,), is_landscape=True)


def _decision(line: ExceptionLine) -> str:
    return f"Quyết định {line.decision_number} ngày {date_short(line.decision_date)}"
