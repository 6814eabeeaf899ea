// A button that copies the text of a field or the address of a link; without scripts it is selected by hand.
for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(field.value ?? field.href);
    } catch {  // no clipboard without HTTPS
      if (field.select) field.select();
      else document.getSelection().selectAllChildren(field);
      document.execCommand("copy");
    }
    button.textContent = button.dataset.copied;
  });
}
