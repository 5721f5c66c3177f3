// A link with data-opens="id" leads to the question as a page; here it opens the same question in place.

export function openDialogs() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    const dialog = opener && document.getElementById(opener.dataset.opens);
    if (dialog?.showModal) {
      event.preventDefault();
      dialog.showModal();
    }
    if (event.target.closest("[data-closes]")) event.target.closest("dialog")?.close();
  });
}

// The button stays off until the word has been typed; capitals and outer spaces are forgiven.
export function confirmByTyping() {
  document.querySelectorAll("[data-must-type]").forEach((input) => {
    const button = input.form.querySelector('[type="submit"]');
    const plain = (text) => text.normalize("NFC").trim().toLocaleLowerCase("vi");
    const check = () => { button.disabled = plain(input.value) !== plain(input.dataset.mustType); };
    input.addEventListener("input", check);
    check();
  });
}
