// A short word after a deed, with its undo. The server asks for one with the header
// HX-Trigger: {"toast": {"words": "…", "undo": "/address"}}; undo is posted and the page reloaded.
import { word } from "./words.js";

const STAYS_MS = 8000;

export function listenForToasts() {
  document.body.addEventListener("toast", (event) => toast(event.detail));
}

export function toast({ words, undo }) {
  const box = document.createElement("div");
  box.className = "toast";
  const text = document.createElement("span");
  text.textContent = words;
  box.append(text);
  if (undo) box.append(undoButton(box, undo));
  document.getElementById("toasts").append(box);
  leaveUnlessUsed(box);
}

function undoButton(box, address) {
  const button = document.createElement("button");
  button.className = "button";
  button.type = "button";
  button.textContent = word("undo");
  button.addEventListener("click", async () => {
    button.disabled = true;
    await window.htmx.ajax("POST", address, { swap: "none" });
    box.remove();
    window.location.reload();
  });
  return button;
}

function leaveUnlessUsed(box) {
  let timer = 0;
  const stay = () => clearTimeout(timer);
  const leave = () => { timer = setTimeout(() => box.remove(), STAYS_MS); };
  ["pointerenter", "focusin"].forEach((name) => box.addEventListener(name, stay));
  ["pointerleave", "focusout"].forEach((name) => box.addEventListener(name, leave));
  leave();
}
