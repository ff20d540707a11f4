// A link to an appeal carries number and code in its fragment, «/appeals/find/#12-27.11.2026/7K2QD-…»,
// which no browser sends and no server logs. They are moved into the form, taken out of the address and
// sent by POST. Without JavaScript one types them.
const form = document.querySelector("form[data-from-link]");

function decode(fragment) {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return "";
  }
}

function openFromLink() {
  const [number, secret] = decode(location.hash.slice(1)).split("/");
  if (!number || !secret) return;
  history.replaceState(null, "", location.pathname + location.search);
  form.elements.number.value = number;
  form.elements.secret.value = secret;
  form.requestSubmit();
}

if (form) {
  addEventListener("hashchange", openFromLink);
  openFromLink();
}
