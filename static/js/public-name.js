// How one's name will stand beside one's words, while one types it and chooses (templates:
// accounts/name_preview.html). Mirrors User.public_name.
const preview = document.querySelector("[data-public-name]");
const announce = document.querySelector("[data-public-name-announce]");
const given = document.querySelector("[name=given_name]");
const family = document.querySelector("[name=family_name]");

const shown = () => {
  const style = document.querySelector("[name=public_name_style]:checked")?.value;
  const [first, last] = [given.value.trim(), family.value.trim()];
  if (style === "full") return `${first} ${last}`.trim();
  return last ? `${first} ${[...last][0]}.` : first;
};

const update = () => {
  const name = shown();
  preview.hidden = !name;
  preview.querySelector("[data-public-name-words]").textContent = name;
};

if (preview && given && family) {
  // Beside the choice, not after the whole form.
  document.querySelector("[name=public_name_style]")?.closest("fieldset")?.append(preview);
  for (const field of [given, family]) field.addEventListener("input", update);
  for (const choice of document.querySelectorAll("[name=public_name_style]")) {
    choice.addEventListener("change", () => {
      update();
      announce.textContent = preview.textContent.trim();
    });
  }
  update();
}
