// Nothing typed is lost: what is written in a field with data-keep="<key>" stays on this device until
// it was sent, and is offered again after an error, a time-out or a login.
//
// The page includes components/kept.html, whose <template data-kept-offer> is the offer. After a
// confirmed success the answer holds data-kept-done="<key> <key> …" anywhere. Keys name the person and the
// thing, so that people who share a device do not see each other's texts: "remark:<user id>:<consultation id>".
// The page that signs out forgets all of them (sign-out.js).
const PREFIX = "viche.kept:";
const DAYS = 14;
const VOICE = "[data-voices] input"; // in whose name it is said (components/voice_choice.html)
const template = document.querySelector("template[data-kept-offer]");
const timers = new WeakMap();
const offers = new WeakMap();

// Storage may be full or forbidden; writing goes on without it.
const store = {
  read(key) {
    try {
      const kept = JSON.parse(localStorage.getItem(PREFIX + key));
      if (kept && Date.now() - kept.at < DAYS * 86_400_000) return kept;
      if (kept) localStorage.removeItem(PREFIX + key);
    } catch {}
    return { text: "" };
  },
  write(key, text, voice) {
    try {
      if (text.trim()) localStorage.setItem(PREFIX + key, JSON.stringify({ text, voice, at: Date.now() }));
      else localStorage.removeItem(PREFIX + key);
    } catch {}
  },
  forget(key) {
    try {
      localStorage.removeItem(PREFIX + key);
    } catch {}
  },
};

function keep(field) {
  clearTimeout(timers.get(field));
  const { box, text } = offers.get(field);
  // While the offer stands, what is stored is the only copy of the kept text.
  const voice = field.form?.querySelector(`${VOICE}:checked`)?.value;
  store.write(field.dataset.keep, box?.isConnected ? `${text}\n\n${field.value}`.trim() : field.value, voice);
}

function offer(field, { text, voice }) {
  const box = template.content.firstElementChild.cloneNode(true);
  const words = text.trim().replace(/\s+/g, " ");
  const quoted = box.querySelector("[data-kept-words]");
  quoted.textContent = words.length > 80 ? `${words.slice(0, 80)}…` : words;
  if (/\p{Script=Cyrillic}/u.test(words)) quoted.lang = "uk";
  box.querySelector("[data-kept-use]").addEventListener("click", () => {
    // What was typed meanwhile is not overwritten: the kept text comes before it.
    field.value = field.value.trim() ? `${text}\n\n${field.value}` : text;
    for (const choice of field.form?.querySelectorAll(VOICE) ?? []) if (choice.value === voice) choice.checked = true;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    box.remove();
    field.focus();
  });
  box.querySelector("[data-kept-drop]").addEventListener("click", () => {
    box.remove();
    keep(field);
    field.focus();
  });
  field.before(box);
  const folded = field.closest("details"); // an offer that nobody sees is none
  if (folded) folded.open = true;
  return box;
}

function meet(field) {
  const kept = store.read(field.dataset.keep);
  const { text } = kept;
  const box = template && text && text !== field.value ? offer(field, kept) : null;
  offers.set(field, { box, text });
  field.addEventListener("input", () => {
    clearTimeout(timers.get(field));
    timers.set(field, setTimeout(keep, 300, field));
  });
  // What nobody typed in is not theirs: kept, it would be offered over what others saved later.
  field.form?.addEventListener("submit", () => timers.has(field) && keep(field));
}

function look() {
  for (const done of document.querySelectorAll("[data-kept-done]")) {
    const keys = done.dataset.keptDone.split(" ");
    for (const field of document.querySelectorAll("[data-keep]")) {
      if (!keys.includes(field.dataset.keep)) continue;
      clearTimeout(timers.get(field));
      timers.delete(field);
    }
    keys.forEach(store.forget);
    done.removeAttribute("data-kept-done");
  }
  for (const field of document.querySelectorAll("[data-keep]")) {
    if (!offers.has(field)) meet(field);
  }
}

addEventListener("pagehide", () => {
  for (const field of document.querySelectorAll("[data-keep]")) if (timers.has(field)) keep(field);
});
document.addEventListener("htmx:after:swap", look);
look();
