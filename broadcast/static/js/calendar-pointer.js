// The mouse drags a whole block, a finger its handle, so that a thumb can still scroll the page.
import { Carried, STEP, minuteOf, sayLeft, staysWhere } from "./calendar-carry.js";

const NEAR = 6;
const EDGE = 56;
const SCROLL = 12;
const HOUR = 60;

export function carryByPointer(board, ask) {
  let held = null;

  function begin(event) {
    const block = event.target.closest("[data-block]");
    const grip = event.target.closest("[data-grip]");
    if (!block || event.button !== 0 || (event.pointerType !== "mouse" && !grip)) return;
    held = { block, grip, x: event.clientX, y: event.clientY, carried: null };
    if (grip) grip.setPointerCapture(event.pointerId);
    listen(true);
  }

  function move(event) {
    if (!held.carried) {
      if (Math.hypot(event.clientX - held.x, event.clientY - held.y) < NEAR) return;
      if (staysWhere(held.block)) return stop();
      held.carried = new Carried(held.block);
      document.documentElement.classList.add("tt-carrying");
    }
    held.x = event.clientX;
    held.y = event.clientY;
    aim();
    if (!held.scrolls) scroll();
  }

  // The day and the row under the pointer; within an hour of the day page the height is the minute.
  function aim() {
    const { carried, block, x, y } = held;
    held.cell = document.elementFromPoint(x, y)?.closest("[data-day]");
    if (held.cell && !board.contains(held.cell)) held.cell = null;
    carried.mark(held.cell);
    if (held.cell) carried.to(held.cell.dataset.day, minuteIn(held.cell, block, y));
    carried.show(x + 14, y + 14);
  }

  function scroll() {
    held.scrolls = true;
    const step = () => {
      if (!held?.carried) return;
      const by = held.y < EDGE ? -SCROLL : held.y > window.innerHeight - EDGE ? SCROLL : 0;
      if (by) {
        window.scrollBy(0, by);
        aim();
      }
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }

  function end() {
    const { carried, block, grip, cell } = held;
    stop();
    if (carried) {
      // The click that follows the release would open the session.
      window.addEventListener("click", swallow, { capture: true, once: true });
      setTimeout(() => window.removeEventListener("click", swallow, { capture: true }));
    }
    if (carried && cell && carried.hasMoved) ask(block, carried.day, carried.at);
    else if (carried) sayLeft();
    else if (grip) ask(block, block.dataset.day, block.dataset.at);
  }

  function stop() {
    held?.carried?.putDown();
    held = null;
    document.documentElement.classList.remove("tt-carrying");
    listen(false);
  }

  const escape = (event) => { if (event.key === "Escape") { stop(); sayLeft(); } };

  function listen(on) {
    const set = on ? "addEventListener" : "removeEventListener";
    window[set]("pointermove", move);
    window[set]("pointerup", end);
    window[set]("pointercancel", stop);
    window[set]("keydown", escape);
  }

  board.addEventListener("pointerdown", begin);
  board.addEventListener("dragstart", (event) => event.preventDefault());
  // Keys press the handle, too; a pointer has been answered when it was let go.
  board.addEventListener("click", (event) => {
    const block = event.target.closest("[data-grip]")?.closest("[data-block]");
    if (block && event.detail === 0) ask(block, block.dataset.day, block.dataset.at);
  });
}

function swallow(event) {
  event.preventDefault();
  event.stopPropagation();
}

// Its own row keeps its time, another slot's row lends its own, a day alone changes none.
function minuteIn(cell, block, y) {
  const { slot, at, hour } = cell.dataset;
  if (hour !== undefined) {
    const place = cell.getBoundingClientRect();
    const share = Math.min(Math.max((y - place.top) / place.height, 0), 0.999);
    return Number(hour) * HOUR + Math.floor((share * HOUR) / STEP) * STEP;
  }
  const own = block.closest("[data-slot]")?.dataset.slot;
  return minuteOf(slot && slot !== own ? at : block.dataset.at);
}
