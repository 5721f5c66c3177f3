// What is being carried: where it came from, where it is now, and the words for both.
import { toast } from "./toast.js";

export const STEP = 5;
const LAST_MINUTE = 24 * 60 - STEP;

const words = () => document.getElementById("move-words").dataset;
const label = () => document.getElementById("move-label");
const fill = (text, facts) => text.replace(/\{(\w+)\}/g, (_all, name) => facts[name]);

// "2026-11-26", 3 -> "2026-11-29"; noon in UTC, so that no clock change is in the way.
export function daysLater(day, count) {
  const noon = new Date(`${day}T12:00:00Z`);
  noon.setUTCDate(noon.getUTCDate() + count);
  return noon.toISOString().slice(0, 10);
}

export const minuteOf = (at) => Number(at.slice(0, 2)) * 60 + Number(at.slice(3));
export const within = (minute) => Math.min(Math.max(minute, 0), LAST_MINUTE);

function clock(minute) {
  const two = (number) => String(number).padStart(2, "0");
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

function dayInWords(day) {
  const form = { weekday: "long", day: "numeric", month: "numeric", timeZone: "UTC" };
  return new Intl.DateTimeFormat(document.documentElement.lang, form).format(new Date(`${day}T12:00:00Z`));
}

export class Carried {
  constructor(block) {
    this.block = block;
    this.day = block.dataset.day;
    this.minute = minuteOf(block.dataset.at);
    block.classList.add("tt-lifted");
  }

  get at() { return clock(this.minute); }
  get here() { return fill(words().here, { day: dayInWords(this.day), at: this.at }); }
  get hasMoved() { return this.day !== this.block.dataset.day || this.at !== this.block.dataset.at; }

  to(day, minute) {
    this.day = day;
    this.minute = within(minute);
  }

  // The cell under it is marked; a day that is not on this board has none.
  mark(cell) {
    for (const one of document.querySelectorAll(".tt-target")) one.classList.remove("tt-target");
    cell?.classList.add("tt-target");
  }

  show(left, top, hint = "") {
    const it = label();
    it.hidden = false;
    it.textContent = hint ? `${this.here} · ${hint}` : this.here;
    const wide = it.offsetWidth;
    it.style.left = `${Math.max(8, Math.min(left, window.innerWidth - wide - 8))}px`;
    it.style.top = `${Math.max(8, Math.min(top, window.innerHeight - it.offsetHeight - 8))}px`;
  }

  putDown() {
    this.block.classList.remove("tt-lifted");
    this.mark(null);
    label().hidden = true;
  }
}

// What cannot move says why, and nothing else happens.
export function staysWhere(block) {
  if (!block.dataset.stays) return false;
  toast({ words: block.dataset.stays });
  return true;
}

export const say = (text) => { document.getElementById("move-told").textContent = text; };
export const sayPicked = (carried) => say(fill(words().picked, { name: carried.block.dataset.name, at: carried.here }));
export const sayLeft = () => say(words().left);
export const hintOfKeys = () => words().keys;
