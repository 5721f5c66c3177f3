// <form data-fresh="/address"> was saved while somebody types: what the server makes of it is read
// anew. Elements with data-anew and an id are replaced; a field follows (another period has other
// recipients) unless somebody is in it or has changed it meanwhile.

document.addEventListener("saved", ({ target }) => {
  if (target.matches("form[data-fresh]")) refresh(target);
});

async function refresh(form) {
  const before = new Map([...form.elements].map((field) => [field, worth(field)]));
  const answer = await fetch(form.dataset.fresh);
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById(form.id);
  // Somebody saved meanwhile, here or elsewhere: that save tells its own.
  if (fresh?.dataset.version !== form.dataset.version) return;
  document.querySelectorAll("[data-anew]").forEach((element) => {
    element.replaceChildren(...(page.getElementById(element.id)?.childNodes || []));
  });
  for (const field of fresh.elements) follow(form, field, before);
}

function follow(form, fresh, before) {
  if (!fresh.name || fresh.type === "hidden") return;
  const field = [...form.elements].find((one) => isSame(one, fresh));
  if (!field || field === document.activeElement || worth(field) !== before.get(field)) return;
  if (isTicked(field)) field.checked = fresh.checked;
  else if (field.value !== fresh.value) field.value = fresh.value;
}

function isSame(one, other) {
  return one.name === other.name && (!isTicked(one) || one.value === other.value);
}

function isTicked(field) {
  return field.type === "checkbox" || field.type === "radio";
}

function worth(field) {
  return isTicked(field) ? String(field.checked) : field.value;
}
