// Words pasted from Word, a web page or a mail: paragraphs, list marks and table rows stay, the rest
// goes. Attributes go before the markup is read, in an inert document: nothing is loaded or run.

const BLOCKS = "p, div, li, h1, h2, h3, h4, h5, h6, blockquote, pre, tr";
const RUBBISH = /<!--[^]*?-->|<!\[[^\]]*\]>|<(style|script|xml|head|title|template|noscript)\b[^]*?<\/\1\s*>/gi;
const ATTRIBUTES = /<([a-z][\w:]*)\b(?:"[^"]*"|'[^']*'|[^>"'])*>/gi;

export function pasteCleanly(field) {
  field.addEventListener("paste", (event) => {
    const html = event.clipboardData?.getData("text/html");
    if (!html) return;
    const words = wordsOf(html);
    if (!words) return;
    event.preventDefault();
    insert(field, words);
  });
}

function wordsOf(html) {
  const bare = html.replace(RUBBISH, "").replace(ATTRIBUTES, "<$1>");
  const page = new DOMParser().parseFromString(bare, "text/html");
  page.querySelectorAll("br").forEach((element) => element.replaceWith("\u2028"));
  page.querySelectorAll("li").forEach((element) => element.prepend("- "));
  page.querySelectorAll("tr").forEach((row) => {
    row.textContent = [...row.cells].map((cell) => flat(cell.textContent)).filter(Boolean).join(", ");
  });
  page.querySelectorAll(BLOCKS).forEach((block) => {
    block.before("\u2029");
    block.append("\u2029");
  });
  return page.body.textContent.split(/\u2029+/).map(lines).filter(Boolean).join("\n\n");
}

function lines(paragraph) {
  return paragraph.split("\u2028").map(flat).join("\n").trim();
}

// Word writes a bullet as a letter of Symbol or Wingdings and fills up with no-break spaces.
function flat(text) {
  return text.replace(/[\u200b-\u200d\u2060\ufeff\u00ad]/g, "").replace(/\s+/g, " ").trim()
    .replace(/^[\u00b7\uf0b7\uf0a7\uf0d8\uf0fc\uf076\u2022\u25aa] */, "- ").normalize("NFC");
}

// As if typed, so that Ctrl+Z takes it back; where a browser cannot, it is at least put in.
function insert(field, words) {
  field.focus();
  if (document.execCommand("insertText", false, words)) return;
  field.setRangeText(words, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}
