// Comforts of the timetable: dragging, prepared words, fields that matter only for one choice.

function dragItems(order) {
  const form = document.getElementById("drag-form");
  const items = () => [...order.querySelectorAll("[data-line]")];
  let dragged = null;
  order.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("[data-line]");
    if (!dragged) return;
    dragged.classList.add("tt-dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.line);
  });
  order.addEventListener("dragover", (event) => {
    const over = event.target.closest("[data-line]");
    if (!dragged || !over) return;
    event.preventDefault();
    for (const item of items()) item.classList.toggle("tt-over-me", item === over && over !== dragged);
  });
  order.addEventListener("drop", (event) => {
    const over = event.target.closest("[data-line]");
    if (!dragged || !over || over === dragged) return;
    event.preventDefault();
    form.elements.line.value = dragged.dataset.line;
    form.elements.position.value = items().indexOf(over);
    form.submit();
  });
  order.addEventListener("dragend", () => {
    for (const item of items()) item.classList.remove("tt-over-me", "tt-dragged");
    dragged = null;
  });
}

function takePreparedWords() {
  const text = document.getElementById("text");
  for (const button of document.querySelectorAll("[data-words]")) {
    button.addEventListener("click", () => {
      text.value = button.dataset.words;
      text.focus();
    });
  }
}

function showWhatMatters() {
  for (const part of document.querySelectorAll("[data-when]")) {
    const [name, value] = part.dataset.when.split("=");
    const choices = document.querySelectorAll(`[name="${name}"]`);
    const show = () => {
      const chosen = [...choices].find((choice) => choice.checked);
      part.toggleAttribute("data-hidden", chosen?.value !== value);
    };
    for (const choice of choices) choice.addEventListener("change", show);
    show();
  }
}

const order = document.querySelector("[data-order]");
if (order && document.getElementById("drag-form")) dragItems(order);
takePreparedWords();
showWhatMatters();
