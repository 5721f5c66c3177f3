// How many bulletins are chosen, and all of the page at once. The form itself works without.

const form = document.querySelector("[data-several]");
if (form) countChosen(form);

function countChosen(form) {
  const count = form.querySelector("[data-count]");
  const all = form.querySelector("[data-all]");
  const boxes = () => [...form.elements].filter((field) => field.name === "chosen");
  const show = () => {
    const chosen = boxes().filter((box) => box.checked).length;
    count.textContent = chosen ? `(${chosen})` : "";
    all.checked = chosen > 0 && chosen === boxes().length;
    all.indeterminate = chosen > 0 && chosen < boxes().length;
    form.toggleAttribute("data-some", chosen > 0);
  };
  all.addEventListener("change", () => {
    for (const box of boxes()) box.checked = all.checked;
    show();
  });
  for (const box of boxes()) box.addEventListener("change", show);
  show();
}
