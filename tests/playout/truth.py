"""What a journal may never say. Used on rows as a station received them, after kills and cuts."""

from datetime import datetime, timedelta

END_READ_MS = 150
"""A position is read some milliseconds before the end (playout.plays.COMPLETE_WITHIN_MS)."""

SURELY_ON_AIR = timedelta(milliseconds=200)


def find_untruths(rows, planned, kills=()):
    """Sentences, one for each thing that is wrong; none when every airing in `planned` has exactly
    one row and no row says what cannot have been. `kills` are the moments (aware) the box died.
    """
    aired = [row["airing"] for row in rows]
    found = [f"{name} has {aired.count(name)} rows" for name in planned if aired.count(name) != 1]
    found += [f"{name} was never planned" for name in set(aired) - set(planned)]
    for row in rows:
        found += [f"{row['airing']} {word}" for word in _lies(row, kills)]
    for boot in {row["boot"] for row in rows}:
        numbers = sorted(row["seq"] for row in rows if row["boot"] == boot)
        if numbers != list(range(1, len(numbers) + 1)):
            found.append(f"boot {boot} has a gap in its sequence")
    return found


def _lies(row, kills):
    played_ms, planned_ms = row["played_ms"], row["planned_ms"]
    if not 0 <= played_ms <= planned_ms:
        yield f"was heard for {played_ms} of {planned_ms} ms"
    if row["outcome"] == "missed" and (played_ms, row["started_at"]) != (0, None):
        yield "was missed and heard"
    if row["outcome"] == "complete":
        if played_ms < planned_ms - END_READ_MS:
            yield f"is complete after {played_ms} of {planned_ms} ms"
        first, last = _moment(row["started_at"]), _moment(row["ended_at"])
        if any(first < kill < last - SURELY_ON_AIR for kill in kills):
            yield "is complete although the box died in it"


def _moment(text):
    return datetime.fromisoformat(text)
