// A keeper's key of a secret poll, on their own device (votes/desk_keepers.html): the pair is made here, the
// private half goes into a file and nowhere else, and a file that was saved answers a challenge.
import { bytesOf, hexOf, newPair, open } from "./hpke.js";

const INFO = "viche challenge"; // sealing/challenges.py

function say(form, what) {
  const told = form.querySelector("[data-told]");
  told.textContent = told.dataset[what] ?? "";
  told.hidden = !told.textContent;
}

for (const form of document.querySelectorAll("[data-make-key]")) {
  const [make, save] = form.querySelectorAll("button");
  make.hidden = false;
  make.addEventListener("click", async () => {
    if (!form.reportValidity()) return;
    let pair;
    try {
      pair = await newPair();
    } catch {
      return say(form, "unable");
    }
    const told = {
      viche: "keeper",
      poll: Number(form.dataset.poll),
      title: form.dataset.title,
      name: form.elements.name.value,
      public: hexOf(pair.public),
      private: hexOf(pair.private),
    };
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(told, null, 1)], { type: "application/json" }));
    link.download = `viche-${form.dataset.poll}-${told.public.slice(0, 8)}.key.json`;
    document.body.append(link);
    link.click();
    link.remove();
    form.elements.public_key.value = told.public;
    make.hidden = true;
    save.hidden = false;
    say(form, "made");
    save.focus();
  });
}

for (const form of document.querySelectorAll("[data-try-key]")) {
  form.querySelector("input[type=file]").addEventListener("change", async ({ target }) => {
    if (!target.files.length) return;
    try {
      const told = JSON.parse(await target.files[0].text());
      const pair = { public: bytesOf(told.public), private: bytesOf(told.private) };
      form.elements.answer.value = await open(pair, bytesOf(form.dataset.sealed), INFO);
    } catch {
      return say(form, "wrong");
    }
    target.value = ""; // the file itself is never sent
    form.requestSubmit();
  });
}
