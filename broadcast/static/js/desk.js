// Everything here is a comfort: each page does its work without it.
import { confirmByTyping, openDialogs } from "./dialog.js";
import { keepDrafts } from "./autosave.js";
import { calmPolling } from "./polling.js";
import { runCountdowns } from "./countdown.js";
import { chooseTheme } from "./theme.js";
import { listenForToasts } from "./toast.js";

document.documentElement.classList.add("scripted");

chooseTheme();
openDialogs();
confirmByTyping();
keepDrafts();
calmPolling();
runCountdowns();
listenForToasts();

// On a phone the words of a part run past the edge: the one that is open comes into sight.
for (const open of document.querySelectorAll(".tt-tabs [aria-current], .report-tabs [aria-current]")) {
  const line = open.closest("nav");
  line.scrollLeft = open.offsetLeft - (line.clientWidth - open.offsetWidth) / 2;
}

// A form that came back with errors is read out and scrolled to first.
document.querySelector("[data-focus]")?.focus();
