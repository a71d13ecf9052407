// Buttons that copy: <button data-copy="ID of what to copy" data-copied="what to say then">.
// They are hidden, with the list item around them, where they could do nothing.

const SAID_FOR = 2000; // milliseconds

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break; // without https there is none
  const item = button.closest("[hidden]");
  if (item) item.hidden = false;
  const label = button.textContent;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(`${source.textContent.trim()}\n`);
      button.textContent = button.dataset.copied;
      setTimeout(() => { button.textContent = label; }, SAID_FOR);
    } catch {
      getSelection().selectAllChildren(source); // the reader can copy what is marked
    }
  });
}
