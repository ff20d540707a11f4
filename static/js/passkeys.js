// Passkeys: a form with `data-passkey` ("create" or "get") asks the browser for one and sends what
// it answers in its hidden field `credential`. The challenge stands in the page
// (`data-passkey-options`: the id of a block of JSON) or is asked for at the form's own address.
const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

// The server's JSON with its base64url values as bytes: challenge, user.id, credentials' ids.
function unpack(value, key = "", within = "") {
  if (typeof value === "string") {
    return key === "challenge" || (key === "id" && within !== "rp") ? bytes(value) : value;
  }
  if (Array.isArray(value)) return value.map((item) => unpack(item, key, key));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, unpack(inner, name, key)]),
  );
}

// What the browser answers, as the server reads it.
function pack(credential) {
  const { response } = credential;
  const answer = {};
  for (const name of [
    "clientDataJSON",
    "attestationObject",
    "authenticatorData",
    "signature",
    "userHandle",
  ]) {
    if (response[name]) answer[name] = text(response[name]);
  }
  if (response.getTransports) answer.transports = response.getTransports();
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response: answer,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function optionsOf(form) {
  const block = form.dataset.passkeyOptions;
  if (block) return JSON.parse(document.getElementById(block).textContent);
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const answer = await fetch(form.action, { method: "POST", headers: { "X-CSRFToken": token } });
  if (!answer.ok) throw new Error(`no challenge: ${answer.status}`);
  return answer.json();
}

function show(form, trouble) {
  for (const place of form.querySelectorAll("[data-passkey-trouble]")) {
    place.hidden = place.dataset.passkeyTrouble !== trouble;
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const able = window.isSecureContext && window.PublicKeyCredential;
  if (!able) {
    show(form, "unsupported");
    continue;
  }
  form.hidden = false;
  const field = form.elements.credential;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    show(form, "");
    try {
      const options = unpack(await optionsOf(form));
      const credential = await navigator.credentials[form.dataset.passkey](options);
      field.value = JSON.stringify(pack(credential));
      form.submit();
    } catch (error) {
      console.warn(error);
      show(form, "failed");
    }
  });
}
