// The server's question about a move, in a dialog; whatever goes wrong, its page is one step away.

const dialog = () => document.getElementById("move-dialog");
const PIECE = { "HX-Request": "true" };
const SHOWN = [200, 409, 422];

export async function ask(block, day, at) {
  const address = `${block.dataset.ask}&ngay=${day}&gio=${at}`;
  const opener = block.querySelector("a.tt-open");
  try {
    const answer = await fetch(address, { headers: PIECE });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    show(await answer.text());
    dialog().showModal();
    dialog().addEventListener("close", () => opener?.focus(), { once: true });
  } catch {
    window.location.assign(address);
  }
}

function show(piece) {
  dialog().innerHTML = piece;
  dialog().querySelector("[role=alert]")?.setAttribute("tabindex", "-1");
  dialog().querySelector("[role=alert]")?.focus();
}

export function answerInPlace(box) {
  box.addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    const body = new URLSearchParams(new FormData(form, event.submitter));
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: PIECE });
      const next = answer.headers.get("HX-Redirect");
      if (next) return leaveFor(next);
      if (!SHOWN.includes(answer.status) || answer.redirected) throw new Error(String(answer.status));
      show(await answer.text());
    } catch {
      form.submit();
    }
  });
}

// The same address with another question is a new page; the very same one is read anew.
function leaveFor(next) {
  if (new URL(next, window.location.href).href === window.location.href) window.location.reload();
  else window.location.assign(next);
}
