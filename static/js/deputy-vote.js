// A deputy's vote without leaving the page: the form #cast goes by fetch, and what became of it stands in
// [data-vote-said]. Without a link the page stays, says so, and offers to send the same once more; nothing is
// sent by itself later: a vote never waits. Without a script the form posts and the page comes back.
const form = document.getElementById("cast");
const said = document.querySelector("[data-vote-said]");
const words = said?.querySelector("[data-vote-words]");
const again = said?.querySelector("[data-vote-again]");
const PATIENCE = 8000;
let pressed; // where the last press went, what it said and by which words

function say(text, kind) {
  said.dataset.kind = kind;
  words.textContent = text;
  again.hidden = kind !== "failed";
  if (!again.hidden) again.textContent = `${said.dataset.again} ${pressed.label}`;
}

/** Puts in what stands before the deputy now; the socket does so too, where there is one. */
async function renew() {
  try {
    const answer = await fetch(form.dataset.part);
    if (!answer.ok) return;
    const template = document.createElement("template");
    template.innerHTML = await answer.text();
    const fresh = template.content.querySelector("#deputy-vote");
    document.getElementById("deputy-vote").replaceChildren(...fresh.childNodes);
    document.getElementById(pressed.id)?.focus();
  } catch {
    // The socket brings it as soon as there is a link.
  }
}

async function send() {
  const body = new FormData(form);
  body.set("choice", pressed.choice);
  say(said.dataset.sending, "sending");
  let answer, told;
  try {
    const how = { method: "POST", body, headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE) };
    answer = await fetch(pressed.url, how);
    told = await answer.json();
  } catch {
    if (answer?.redirected) return location.assign(answer.url); // signed out meanwhile
    return say(said.dataset.failed, "failed");
  }
  say(answer.ok ? told.said : told.detail, answer.ok ? "done" : "refused");
  await renew();
}

form?.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button || !said) return;
  event.preventDefault();
  if (said.dataset.kind === "sending") return;
  pressed = { id: button.id, url: button.formAction, choice: button.value, label: button.dataset.label };
  send();
});
again?.addEventListener("click", () => send());
