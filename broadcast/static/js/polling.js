// Polls rest while nobody looks, and a desk that lost its server says so instead of showing old news.
import { word } from "./words.js";

export function calmPolling() {
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    const asks = event.detail.elt.getAttribute("hx-trigger") || "";
    if (document.hidden && asks.includes("every")) event.preventDefault();
  });
  // Whoever is writing is not carried off to the sign-in in the middle of a word: the strip says it.
  document.body.addEventListener("htmx:beforeOnLoad", (event) => {
    if (!event.detail.xhr.getResponseHeader("HX-Redirect")) return;
    if (!document.querySelector("form[data-draft]")) return;
    event.preventDefault();
    const strip = document.getElementById("on-air");
    strip.dataset.staleWords = word("signedOut");
    strip.toggleAttribute("data-stale", true);
  });
  const mark = (stale) => (event) => {
    const { elt, xhr } = event.detail;
    if (!stale && xhr.getResponseHeader("HX-Redirect")) return;
    if (elt.hasAttribute("data-poll")) elt.toggleAttribute("data-stale", stale);
  };
  document.body.addEventListener("htmx:sendError", mark(true));
  document.body.addEventListener("htmx:timeout", mark(true));
  document.body.addEventListener("htmx:responseError", mark(true));
  document.body.addEventListener("htmx:afterOnLoad", mark(false));
}
