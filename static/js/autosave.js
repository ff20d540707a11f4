// A form with data-autosave saves itself a moment after somebody has stopped typing, and says so in
// [data-autosave-status]. It carries on from what it has saved (core/web/optimistic_lock.py); where a
// colleague has saved meanwhile it stops and leaves that to the button, whose page shows both.
const form = document.querySelector("form[data-autosave]");
const status = form?.querySelector("[data-autosave-status]");
const AFTER = 4000;
let timer;
let saving = false;
let stopped = false;

async function save() {
  if (saving || stopped) return;
  saving = true;
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new FormData(form),
    });
    const { words, drawn_from: drawnFrom } = await answer.json();
    if (words) status.textContent = words;
    if (answer.ok && drawnFrom) form.elements.drawn_from.value = drawnFrom;
    else stopped = answer.status === 409;
  } catch {
    // The device keeps what was typed (js/draft-keeper.js); the next pause tries again.
  } finally {
    saving = false;
  }
}

form?.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(save, AFTER);
});
form?.addEventListener("submit", () => {
  clearTimeout(timer);
  stopped = true;
});
