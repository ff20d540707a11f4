// The proof of work of a petition that is flooded (ALTCHA, PoW v2): [data-proof] in a form holds the
// address of a task (data-proof-url), the field for its solution and the words about it. The task is
// solved while the person reads; sent before that, the form waits and goes by itself.
const AT_ONCE = 16;
const MOST = 100_000;
const GOOD_FOR = 9 * 60 * 1000;

const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");

// One try: the key that PBKDF2 makes of the nonce and a counter.
async function derive({ nonce, salt, cost, keyLength }, counter) {
  const password = new Uint8Array([...bytes(nonce), 0, 0, 0, 0]);
  new DataView(password.buffer).setUint32(password.length - 4, counter);
  const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations: cost };
  return hex(await crypto.subtle.deriveBits(how, key, keyLength * 8));
}

async function solve(url) {
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`no task: ${answer.status}`);
  const challenge = await answer.json();
  const { keyPrefix } = challenge.parameters;
  const began = performance.now();
  for (let first = 0; first < MOST; first += AT_ONCE) {
    const counters = Array.from({ length: AT_ONCE }, (_, place) => first + place);
    const keys = await Promise.all(counters.map((counter) => derive(challenge.parameters, counter)));
    const found = keys.findIndex((key) => key.startsWith(keyPrefix));
    if (found < 0) continue;
    const time = Math.round(performance.now() - began);
    const solution = { counter: counters[found], derivedKey: keys[found], time };
    return btoa(JSON.stringify({ challenge, solution }));
  }
  throw new Error("no solution");
}

function attend(place) {
  const form = place.closest("form");
  const field = place.querySelector("[data-proof-answer]");
  const state = place.querySelector("[data-proof-state]");
  const instead = place.querySelector("[data-proof-instead]");
  let solving = null;
  let solvedAt = 0;

  const begin = () => {
    state.textContent = place.dataset.sayWorking;
    solving = solve(place.dataset.proofUrl).then(
      (answer) => {
        field.value = answer;
        solvedAt = Date.now();
        state.textContent = place.dataset.sayDone;
      },
      () => {
        solving = null;
        state.textContent = place.dataset.sayFailed;
        instead.hidden = false;
      },
    );
    return solving;
  };

  form.addEventListener("submit", async (event) => {
    if (field.value && Date.now() - solvedAt < GOOD_FOR) return;
    event.preventDefault();
    field.value = "";
    const { submitter } = event;
    await (solvedAt ? begin() : (solving ?? begin()));
    if (field.value) form.requestSubmit(submitter);
  });
  begin();
}

for (const place of document.querySelectorAll("[data-proof]")) attend(place);
