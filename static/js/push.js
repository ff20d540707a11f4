// The page of browsers that are told (notifications/push.html): subscribes this browser and sends what it
// got by the page's own form; says which of the listed ones is this browser, and unsubscribes it with its
// row. One that was made in a session before this one (data-push-former) is told to be of this one, so that
// it ends with it. What the page shows without JavaScript is the list alone.
const part = document.querySelector("[data-push]");
const say = (name) => {
  for (const words of part.querySelectorAll("[data-push-say]")) words.hidden = words.dataset.pushSay !== name;
};
const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));

const form = part.querySelector("form");

function fill(subscription) {
  const { endpoint, keys } = subscription.toJSON();
  form.elements.endpoint.value = endpoint;
  form.elements.p256dh.value = keys.p256dh;
  form.elements.auth.value = keys.auth;
}

async function subscribe(registration) {
  try {
    const made = await registration.pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: bytes(part.dataset.push),
    });
    fill(made);
    form.submit();
  } catch {
    say(Notification.permission === "denied" ? "denied" : "failed");
  }
}

async function start() {
  if (!("serviceWorker" in navigator) || !("PushManager" in window)) return say("unsupported");
  const registration = await navigator.serviceWorker.register("/sw.js");
  const current = await registration.pushManager.getSubscription();
  const row = current && document.querySelector(`[data-push-row="${CSS.escape(current.endpoint)}"]`);
  if (row) {
    row.querySelector("[data-push-here]").hidden = false;
    row.querySelector("form").addEventListener("submit", () => current.unsubscribe());
    say("on");
    if (!("pushFormer" in row.dataset)) return;
    fill(current);
    await fetch(location.pathname, { method: "POST", body: new FormData(form), redirect: "manual" });
    return;
  }
  say(Notification.permission === "denied" ? "denied" : "off");
  part.querySelector("button").addEventListener("click", async () => {
    await current?.unsubscribe(); // of another key, or of somebody who used this browser before
    await subscribe(await navigator.serviceWorker.ready);
  });
}

start().catch(() => say("failed"));
