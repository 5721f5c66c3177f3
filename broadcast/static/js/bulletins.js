// On the writing page a wrong reading leads to the dictionary without leaving the text.
import { pasteCleanly } from "./paste.js";

const dialog = document.getElementById("teach");
const form = dialog.querySelector("form");
const text = document.getElementById("text");

pasteCleanly(text);

function teach(written, spoken) {
  form.elements.written.value = written;
  form.elements.spoken.value = spoken;
  dialog.showModal();
  (written ? form.elements.spoken : form.elements.written).select();
}

document.getElementById("spoken").addEventListener("click", (event) => {
  const said = event.target.closest(".said");
  if (!said) return;
  event.preventDefault();
  teach(said.dataset.written, said.dataset.spoken);
});

document.querySelector("[data-teach]").addEventListener("click", () => {
  const chosen = text.value.slice(text.selectionStart, text.selectionEnd).trim().slice(0, 120);
  teach(chosen, chosen);
});

document.body.addEventListener("word-taught", () => dialog.close());

// Enter in the reason of a doubt sets that doubt aside; it must not press the page's first button.
document.getElementById("spoken").addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches("[name^='doubt-reason-']")) return;
  event.preventDefault();
  event.target.parentElement.querySelector("button").click();
});
