// A button that copies the text of a field; without scripts the text is selected by hand.
for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {  // no clipboard without HTTPS
      field.select();
      document.execCommand("copy");
    }
    button.textContent = button.dataset.copied;
  });
}
