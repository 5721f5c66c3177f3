// Space lifts a block, arrows carry it by days and five minutes, Enter puts it down, Esc leaves it.
import { Carried, STEP, daysLater, hintOfKeys, say, sayLeft, sayPicked, staysWhere } from "./calendar-carry.js";

const HOUR = 60;
const STEPS = {
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP],
  PageUp: [0, -HOUR], PageDown: [0, HOUR],
};

export function carryByKeys(board, ask) {
  let carried = null;

  function show() {
    const slot = carried.block.closest("[data-slot]")?.dataset.slot;
    const hour = Math.floor(carried.minute / HOUR);
    const cells = [...board.querySelectorAll(`[data-day="${carried.day}"]`)];
    carried.mark(cells.find((one) => slot ? one.dataset.slot === slot : !one.dataset.hour || Number(one.dataset.hour) === hour));
    const place = carried.block.getBoundingClientRect();
    carried.show(place.left, place.bottom + 4, hintOfKeys());
  }

  function leave() {
    carried.putDown();
    carried = null;
  }

  function lift(block) {
    if (staysWhere(block)) return;
    carried = new Carried(block);
    show();
    sayPicked(carried);
  }

  function putDown() {
    const { block, day, at, hasMoved } = carried;
    leave();
    if (hasMoved) ask(block, day, at);
    else sayLeft();
  }

  board.addEventListener("keydown", (event) => {
    const block = event.target.closest("a.tt-open")?.closest("[data-block]");
    if (!block || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!carried) {
      if (event.key !== " ") return;
      lift(block);
    } else if (STEPS[event.key]) {
      const [days, minutes] = STEPS[event.key];
      carried.to(daysLater(carried.day, days), carried.minute + minutes);
      show();
      say(carried.here);
    } else if (event.key === "Enter" || event.key === " ") putDown();
    else if (event.key === "Escape") {
      leave();
      sayLeft();
    } else return;
    event.preventDefault();
  });
  board.addEventListener("focusout", () => {
    if (!carried) return;
    leave();
    sayLeft();
  });
}
