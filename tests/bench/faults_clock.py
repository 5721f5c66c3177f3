"""The box's fault table, second part: clocks that are wrong, jump or hurry.

The status lamp of each box writes the true time (that of this machine) whenever the box goes on
air, so the start error told here is not the box's own word; the lamp's process makes it some tens
of milliseconds larger.
Run: python tests/bench/faults_clock.py     (about four minutes)
"""

from datetime import UTC, datetime, timedelta

from box_trial import HEAD, Line, Trial, run_table

DAY_S = 86_400
EXPECTED = "on the station's time, each row once"


def main() -> list[str]:
    return [*HEAD, *(str(fault()) for fault in FAULTS)]


def bent(fault, items=4, gap_ms=2520, **crooked):
    """Items with pauses, so that each of them has to be started by the clock."""

    def run() -> Line:
        trial = Trial(items=items, gap_ms=gap_ms, lead_s=4)
        lamp = trial.folder.parent / "lamp"
        trial.start(
            program=("tests/bench/crooked_box.py",),
            LOA_BOX_STATUS_COMMAND=f"sh -c 'echo $(date +%s%N) $0 >> {lamp}'",
            **{f"LOA_CROOKED_{name.upper()}": str(value) for name, value in crooked.items()},
        )
        lasts_s = (trial.ends_at - trial.starts_at).total_seconds()
        trial.station.wait_for(lambda s: len(s.rows) >= items, lasts_s + 60)
        seen_at = [
            datetime.fromtimestamp(int(ns) / 1e9, UTC)
            for ns, word in (line.split() for line in lamp.read_text().splitlines())
            if word == "on_air"
        ]
        planned = [
            trial.starts_at + timedelta(milliseconds=i["offset_ms"])
            for i in trial.session["running_order"]
        ]
        worst_s = max(min(abs(at - moment) for at in seen_at) for moment in planned).total_seconds()
        flagged = sum(not row["clock"]["trusted"] for row in trial.rows)
        remark = f"; worst start {worst_s * 1000:.0f} ms off, {flagged} flagged untrusted"
        return trial.finish(fault, EXPECTED, remark=remark)

    return run


FAULTS = [
    bent("clock one day ahead from the start", wall_s=DAY_S),
    bent("clock one day behind from the start (no battery)", wall_s=-DAY_S),
    bent("clock steps a day ahead in the session", wall_s=DAY_S, after_s=8),
    bent("clock steps a day back in the session", wall_s=-DAY_S, after_s=8),
    bent("clock gains 1 s a minute, for a minute", items=20, drift=1 / 60),
    bent("clock loses 1 s a minute, for a minute", items=20, drift=-1 / 60),
]

if __name__ == "__main__":
    run_table(FAULTS)
