// Questions that a telephone had no link to send: kept on the device by person and meeting, shown as
// waiting, and sent when the link is back – by the same form with its key, so that a question whose answer
// was lost on the way is there once (core/web/idempotency.py). One that is refused then, since the meeting
// is over, stays with its author and the server's sentence. Votes are never kept: they go by arrival.
//
// <div data-outbox="<key>"> shows what waits, of templates within; <div data-outbox-form> holds the form.
// The moment at which it was written is the server's clock (data-now) and how long the page has been open.
// At sign-out all of it goes (sign-out.js).
const PREFIX = "viche.kept:outbox:";
const AGAIN = 15_000;
const PATIENCE = 20_000;
const NO_LINK = [502, 503, 504];
const place = document.querySelector("[data-outbox]");
const form = document.querySelector("[data-outbox-form] form");
const ahead = new Date(place?.dataset.now ?? Date.now()) - Date.now();
let isUnderWay = false;

const store = {
  read() {
    try {
      return JSON.parse(localStorage.getItem(PREFIX + place.dataset.outbox)) ?? [];
    } catch {
      return [];
    }
  },
  /** Whether it is kept: storage may be full or forbidden. */
  write(entries) {
    try {
      if (entries.length) localStorage.setItem(PREFIX + place.dataset.outbox, JSON.stringify(entries));
      else localStorage.removeItem(PREFIX + place.dataset.outbox);
      return true;
    } catch {
      return false;
    }
  },
  /** Another window may have changed the others meanwhile. */
  put: (entry) => store.write([...store.read().filter(({ id }) => id !== entry.id), entry]),
  drop: (entry) => store.write(store.read().filter(({ id }) => id !== entry.id)),
};

async function post({ action, body }) {
  const fields = new URLSearchParams(body);
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
  if (token) fields.set("csrfmiddlewaretoken", token);
  let answer;
  try {
    const how = { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE) };
    answer = await fetch(action, { method: "POST", body: fields, ...how });
  } catch {
    return { became: "waiting" };
  }
  if (NO_LINK.includes(answer.status)) return { became: "waiting" };
  if (answer.redirected) return { became: "signed-out" };
  try {
    const told = await answer.json();
    if (answer.ok) return { became: "sent", url: told.url };
    return { became: answer.status === 429 ? "waiting" : "refused", detail: told.detail };
  } catch {
    return { became: "signed-out" };
  }
}

// --- What waits -----------------------------------------------------------------------------------

function draw(sent = []) {
  if (place) place.querySelectorAll(".notice").forEach((notice) => notice.remove());
  for (const entry of [...store.read(), ...sent]) place.append(noticeOf(entry));
}

function noticeOf(entry) {
  const template = place.querySelector(`template[data-outbox-${entry.became}]`);
  const notice = template.content.firstElementChild.cloneNode(true);
  const fill = (name, words) => {
    const found = notice.querySelector(`[data-${name}]`);
    if (found) found.textContent = words ?? "";
  };
  fill("words", entry.words);
  fill("detail", entry.detail);
  const at = { timeZone: "Europe/Kyiv", hourCycle: "h23", hour: "2-digit", minute: "2-digit" };
  fill("at", new Date(entry.at).toLocaleTimeString(document.documentElement.lang, at));
  notice.querySelector("[data-outbox-send]")?.addEventListener("click", () => sendAll());
  notice.querySelector("[data-outbox-drop]")?.addEventListener("click", () => {
    store.drop(entry);
    draw();
  });
  return notice;
}

async function sendAll() {
  if (isUnderWay || !navigator.onLine) return;
  isUnderWay = true;
  const sent = [];
  for (const entry of store.read().filter(({ became }) => became !== "refused")) {
    const { url, ...what } = await post(entry);
    Object.assign(entry, what);
    if (what.became === "sent") {
      store.drop(entry);
      sent.push(entry);
    } else store.put(entry);
    if (what.became !== "sent" && what.became !== "refused") break;
  }
  isUnderWay = false;
  draw(sent);
}

// --- Sending --------------------------------------------------------------------------------------

async function submit(event) {
  const field = form.elements.namedItem("text");
  if (!field.value.trim()) return; // the server says what is missing
  event.preventDefault();
  if (isUnderWay) return;
  isUnderWay = true;
  const at = new Date(Date.now() + ahead).toISOString();
  form.elements.namedItem("written_at").value = at;
  const body = [...new FormData(form)];
  const entry = { id: crypto.randomUUID?.() ?? `${Math.random()}`, action: location.pathname, body, at, words: field.value };
  const { url, ...what } = navigator.onLine ? await post(entry) : { became: "waiting" };
  isUnderWay = false;
  const isKept = what.became === "waiting" && store.put(Object.assign(entry, what));
  if (!isKept && what.became !== "sent") return form.submit(); // the page says what is wrong
  // What is sent, or kept here, is no draft any more.
  field.value = "";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  if (what.became === "sent") return location.assign(url);
  form.closest("[data-outbox-form]").hidden = true; // its key is used up
  draw();
  place.querySelector(".notice")?.focus();
}

if (place) {
  form?.addEventListener("submit", submit);
  draw();
  sendAll();
  addEventListener("online", sendAll);
  document.addEventListener("visibilitychange", () => document.hidden || sendAll());
  setInterval(() => store.read().some(({ became }) => became === "waiting") && sendAll(), AGAIN);
}
