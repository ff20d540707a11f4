// Buttons that copy what stands on the page (components/copy.html). Where the clipboard is closed to us the
// words are selected instead, for the device's own way to copy.
for (const place of document.querySelectorAll("[data-copy]")) {
  const words = document.getElementById(place.dataset.copy);
  const said = place.querySelector("[role=status]");
  place.hidden = false;
  place.querySelector("button").addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(words.dataset.words ?? words.textContent.trim());
      said.textContent = said.dataset.copied;
    } catch {
      getSelection().selectAllChildren(words);
      said.textContent = said.dataset.failed;
    }
  });
}
