// Words of a deadline are read at once: a field within [data-reads] is sent to that address as it is typed, and the
// answer stands in the <output> beside it. Without this script the words are read when the form is sent.
"use strict";

(() => {
  let asked = 0;

  const read = async (field, place) => {
    const number = ++asked;
    const answer = await fetch(`${place.dataset.reads}&words=${encodeURIComponent(field.value)}`, {
      credentials: "same-origin",
    }).catch(() => null);
    if (number !== asked || !answer?.ok || answer.redirected) return; // something newer was typed
    const found = await answer.json();
    const output = place.querySelector("output");
    output.textContent = found.problem || (found.days ? `= ${found.days}` : "");
    output.classList.toggle("doubt", Boolean(found.problem));
  };

  document.addEventListener("input", (event) => {
    const place = event.target.closest("[data-reads]");
    if (place && window.fetch) read(event.target, place);
  });
})();
