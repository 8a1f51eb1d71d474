"use strict";
const said = document.getElementById("said");

/* From a local file some browsers have no clipboard; a selection can always be copied. */
async function copy(source) {
  try {
    await navigator.clipboard.writeText(source.textContent);
    return true;
  } catch {
    const range = document.createRange();
    range.selectNodeContents(source);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return document.execCommand("copy");
  }
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (!(await copy(document.getElementById(button.dataset.copy)))) return;
    button.textContent = said.textContent = said.dataset.copied;
    setTimeout(() => { button.textContent = label; said.textContent = ""; }, 1500);
  });
}
