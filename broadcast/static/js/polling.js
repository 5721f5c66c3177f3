// Polls rest while nobody looks, and a desk that lost its server says so instead of showing old news.
import { word } from "./words.js";

export function calmPolling() {
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    const asks = event.detail.elt.getAttribute("hx-trigger") || "";
    if (document.hidden && asks.includes("every")) event.preventDefault();
  });
  // Whoever is writing is not carried off to the sign-in in the middle of a word.
  document.body.addEventListener("htmx:beforeOnLoad", (event) => {
    const { elt, xhr } = event.detail;
    const asks = elt.getAttribute("hx-trigger") || "";
    if (!asks.includes("every") || !xhr.getResponseHeader("HX-Redirect")) return;
    if (!document.querySelector("form[data-draft]")) return;
    event.preventDefault();
    elt.dataset.staleWords = word("signedOut");
    elt.toggleAttribute("data-stale", true);
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
