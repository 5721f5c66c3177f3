// <form data-autosave="/address" data-draft="bulletin-7"> posts itself after a pause in the typing.
// What was typed also stays in this browser until the server has said yes, so that a closed tab,
// a lost session or a restart loses nothing. <p class="saved" data-saved> tells how it stands.
// A save that holds all that is typed is told by a bubbling event "saved" of the form.
// The page after a successful submit carries data-draft-done="bulletin-7" somewhere.
import { word } from "./words.js";

const PAUSE_MS = 1500;
const AGAIN_MS = [3000, 6000, 12000, 30000];

// The next page may have been read before this save was written: then only the draft has the words.
let leaving = false;
window.addEventListener("beforeunload", () => {
  leaving = true;
});

export function keepDrafts() {
  document.querySelectorAll("[data-draft-done]").forEach((element) => {
    localStorage.removeItem(`draft:${element.dataset.draftDone}`);
  });
  document.querySelectorAll("form[data-draft]").forEach((form) => {
    const key = `draft:${form.dataset.draft}`;
    const say = speaker(form);
    if (restore(form, key)) say("restored");
    let timer = 0;
    let failures = 0;
    const saveIn = (ms) => {
      clearTimeout(timer);
      timer = setTimeout(async () => {
        const state = await save(form, key, say);
        failures = state === "failed" ? failures + 1 : 0;
        if (failures) saveIn(AGAIN_MS[Math.min(failures, AGAIN_MS.length) - 1]);
      }, ms);
    };
    form.addEventListener("input", () => {
      keep(form, key);
      if (form.dataset.autosave) saveIn(PAUSE_MS);
    });
    window.addEventListener("online", () => {
      if (failures) saveIn(0);
    });
    form.addEventListener("submit", () => clearTimeout(timer));
  });
}

function speaker(form) {
  const line = form.querySelector("[data-saved]");
  return (state) => {
    if (!line) return;
    line.dataset.state = state;
    line.textContent = line.dataset[state] || word(state);
  };
}

function typed(form) {
  const kept = [...form.elements].filter((field) => field.matches("textarea, input[type=text], select"));
  return Object.fromEntries(kept.map((field) => [field.name, field.value]));
}

function whole(form) {
  return new URLSearchParams(new FormData(form)).toString();
}

function keep(form, key) {
  localStorage.setItem(key, JSON.stringify({ base: form.dataset.version || "", fields: typed(form) }));
}

// Only a draft made on the same version comes back: an older one would undo somebody's work.
function restore(form, key) {
  const draft = JSON.parse(localStorage.getItem(key) || "null");
  if (!draft || draft.base !== (form.dataset.version || "")) return false;
  let changed = false;
  for (const [name, value] of Object.entries(draft.fields)) {
    const field = form.elements.namedItem(name);
    if (field && field.value !== value) {
      field.value = value;
      changed = true;
    }
  }
  return changed;
}

// Says and returns how it went; what failed is tried again, sooner when the wire is back.
async function save(form, key, say) {
  const said = (state) => {
    say(state);
    return state;
  };
  say("saving");
  const sent = whole(form);
  try {
    const answer = await fetch(form.dataset.autosave, {
      method: "POST",
      body: new FormData(form),
      headers: { "X-Requested-With": "autosave" },
      redirect: "error",
    });
    if (answer.ok) {
      const isWhole = sent === whole(form);
      form.dataset.version = answer.headers.get("X-Version") || form.dataset.version || "";
      const base = form.elements.namedItem("row_version");
      if (base) base.value = form.dataset.version;
      if (!isWhole) keep(form, key);
      else if (!leaving) localStorage.removeItem(key);
      if (isWhole) form.dispatchEvent(new Event("saved", { bubbles: true }));
    }
    return said(answer.ok ? "saved" : answer.status === 409 ? "conflict" : "failed");
  } catch {
    return said("failed");
  }
}
