// Is my code in the published list? The list is fetched whole – or read from the file that was downloaded –
// and searched here: the code is sent nowhere.
const form = document.getElementById("check-ballot");
const input = document.getElementById("code");
const upload = document.getElementById("codes");
const answer = document.getElementById("check-result");
const paste = form.querySelector("[data-paste]");
const DIGITS = 32;
const LOOKS = { found: "notice--success", missing: "notice--error", short: "notice--warning", other: "notice--error", unreachable: "notice--warning" };

const codeIn = (text) => text.toLowerCase().replace(/[^0-9a-f]/g, "");
const grouped = (code) => code.replace(/.{4}(?=.)/g, "$& ");

form.hidden = document.getElementById("check-file").hidden = false;
form.addEventListener("submit", (event) => {
  event.preventDefault();
  look();
});
input.addEventListener("change", () => {
  const code = codeIn(input.value);
  if (code.length === DIGITS) input.value = grouped(code);
});
if (navigator.clipboard?.readText) {
  paste.hidden = false;
  paste.addEventListener("click", async () => {
    try {
      input.value = grouped(codeIn(await navigator.clipboard.readText()).slice(0, DIGITS));
    } catch {
      input.focus(); // not allowed: the device's own way to paste is left
    }
  });
}

async function look() {
  const code = codeIn(input.value);
  if (code.length !== DIGITS) return say("short", code.length);
  const [file] = upload.files;
  if (!file) say("busy");
  let bytes;
  try {
    bytes = await (file ?? (await list())).arrayBuffer();
  } catch {
    return say("unreachable");
  }
  if ((await sha256(bytes)) !== form.dataset.hash) return say("other");
  const codes = `\n${new TextDecoder().decode(bytes)}`;
  say(codes.includes(`\n${code}\n`) ? "found" : "missing", codes.split("\n").length - 2);
}

/** The published list, as anybody gets it. */
async function list() {
  const published = await fetch(form.dataset.codes, { credentials: "omit", referrerPolicy: "no-referrer" });
  if (!published.ok) throw new Error(String(published.status));
  return published;
}

async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function say(what, number = 0) {
  answer.hidden = false;
  answer.className = `notice ${LOOKS[what] ?? ""}`;
  answer.textContent = answer.dataset[what].replace("%n", number.toLocaleString(document.documentElement.lang));
  answer.scrollIntoView({ block: "nearest" });
}
