// Polls rest while nobody looks, and a desk that lost its server says so instead of showing old news.

export function calmPolling() {
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    const asks = event.detail.elt.getAttribute("hx-trigger") || "";
    if (document.hidden && asks.includes("every")) event.preventDefault();
  });
  const mark = (stale) => (event) => {
    if (event.detail.elt.hasAttribute("data-poll")) event.detail.elt.toggleAttribute("data-stale", stale);
  };
  document.body.addEventListener("htmx:sendError", mark(true));
  document.body.addEventListener("htmx:timeout", mark(true));
  document.body.addEventListener("htmx:responseError", mark(true));
  document.body.addEventListener("htmx:afterOnLoad", mark(false));
}
