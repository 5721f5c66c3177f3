// The few words that scripts say, in the language of the page: base.html writes them.

export function word(name) {
  return document.getElementById("words").dataset[name];
}
