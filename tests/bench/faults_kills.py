"""The box killed with -9 at random moments, thousands of times, several boxes side by side.

Every airing must come out with exactly one row, and no row may say what the moments of the kills
make impossible (tests/playout/truth.py).
Run: python tests/bench/faults_kills.py [kills]     (3000 kills take about six minutes)
"""

import random
import sys
import threading
from dataclasses import dataclass, field
from datetime import timedelta

from box_trial import HEAD, Line, Trial, run_table
from truth import find_untruths

BOXES = 8
KILLS = 3000
ITEM_MS, GAP_MS, ITEMS = 240, 120, 40
SHORTEST_LIFE_S, LONGEST_LIFE_S = 0.12, 1.1


@dataclass
class Pole:
    """One box with its station; sessions follow each other until it has died often enough."""

    seed: int
    kills: int
    died_at: list = field(default_factory=list)

    def __post_init__(self):
        self.trial = Trial(items=ITEMS, item_ms=ITEM_MS, gap_ms=GAP_MS, grace_ms=1000)
        self._sessions = [self.trial.session]

    def live(self):
        chance, trial = random.Random(self.seed), self.trial
        while len(self.died_at) < self.kills:
            if trial.station.now() > trial.ends_at - timedelta(seconds=5):
                self._plan_more()
            trial.start()
            trial.wait_until(
                trial.station.now()
                + timedelta(seconds=chance.uniform(SHORTEST_LIFE_S, LONGEST_LIFE_S))
            )
            self.died_at.append(trial.station.now())
            trial.kill()
        trial.start()
        self._wait_for_rows()
        trial.box.terminate()
        trial.box.wait()

    def _plan_more(self):
        station, number = self.trial.station, len(self._sessions)
        (audio,) = {
            str(i["audio"]): i["audio"] for i in self._sessions[0]["running_order"]
        }.values()
        listed = [
            station.item(f"a{number}-{n}", n * (ITEM_MS + GAP_MS), audio) for n in range(ITEMS)
        ]
        starts_at = self.trial.ends_at + timedelta(seconds=1)
        self._sessions.append(station.session(f"s{number}", starts_at, listed, grace_ms=1000))
        self.trial.ends_at = starts_at + timedelta(milliseconds=ITEMS * (ITEM_MS + GAP_MS))
        self.trial.airings |= {item["airing"] for item in listed}
        station.publish(str(number + 1), self._sessions)

    def _wait_for_rows(self):
        left_s = (self.trial.ends_at - self.trial.station.now()).total_seconds()
        try:
            self.trial.station.wait_for(
                lambda s: len(s.rows) >= len(self.trial.airings), max(0.0, left_s) + 30
            )
        except AssertionError:
            return  # what is missing is counted as lost

    def untruths(self):
        return find_untruths(self.trial.rows, sorted(self.trial.airings), self.died_at)


def killed_at_random(kills: int = KILLS) -> Line:
    poles = [Pole(seed, -(-kills // BOXES)) for seed in range(BOXES)]
    threads = [threading.Thread(target=pole.live) for pole in poles]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lines = [pole.trial.tell("", "") for pole in poles]
    untrue = [lie for pole in poles for lie in pole.untruths()]
    outcomes: dict[str, int] = {}
    for pole in poles:
        pole.trial.close()
        for row in pole.trial.rows:
            outcomes[row["outcome"]] = outcomes.get(row["outcome"], 0) + 1
    seen = ", ".join(f"{number} {name}" for name, number in sorted(outcomes.items()))
    return Line(
        f"box killed with -9 at {sum(len(pole.died_at) for pole in poles)} random moments",
        "exactly one true row for each airing",
        f"{seen}; untrue {len(untrue)}{': ' if untrue else ''}{'; '.join(untrue[:5])}",
        sum(line.lost for line in lines),
        sum(line.doubled for line in lines),
        sum(line.silence_s for line in lines),
    )


def main() -> list[str]:
    return [*HEAD, str(killed_at_random())]


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else KILLS
    run_table([lambda: killed_at_random(wanted)])
