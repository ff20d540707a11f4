// Is my code in the published list? Read from the file that was downloaded; nothing is sent anywhere.
const form = document.getElementById("check-ballot");
const answer = document.getElementById("check-result");
form.hidden = false;
form.querySelector("button").addEventListener("click", look);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  look();
});

async function look() {
  const code = document.getElementById("code").value.toLowerCase().replace(/[^0-9a-f]/g, "");
  const file = document.getElementById("codes").files[0];
  if (!code || !file) return say("empty");
  const bytes = await file.arrayBuffer();
  if ((await sha256(bytes)) !== form.dataset.hash) return say("other");
  const codes = new Set(new TextDecoder().decode(bytes).split("\n"));
  say(codes.has(code) ? "found" : "missing");
}

async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function say(what) {
  answer.textContent = answer.dataset[what];
}
