// Names for parts of Django's own admin that have none for who cannot see them. Without this script they work the same.
"use strict";

(() => {
  const words = (element) => element?.textContent.trim().replace(/:$/, "") ?? "";
  const nameless = (field) => !field.labels?.length && !field.hasAttribute("aria-label");

  // What stands around a field, where no label is its own: the head of its column, or the words before the first part.
  const around = (field) => {
    const cell = field.closest("td");
    const head = cell?.closest("table")?.tHead?.rows[0]?.cells;
    if (head) {
      let column = 0;
      for (const each of cell.closest("tr").cells) {
        if (each === cell) break;
        column += each.colSpan;
      }
      let at = 0;
      for (const each of head) {
        at += each.colSpan;
        if (at > column) return words(each);
      }
    }
    return words(field.closest("fieldset.field, .form-row, .fieldBox")?.querySelector("legend, label, .datetimeshortcuts"));
  };

  const name = () => {
    for (const field of document.querySelectorAll("#content input:not([type=hidden]), #content select, #content textarea")) {
      if (field.id === "searchbar") field.setAttribute("aria-label", field.form.querySelector("[type=submit]").value);
      else if (nameless(field)) field.setAttribute("aria-label", around(field) || field.name);
    }
    // The search in a long list (Select2) shows another element in the place of the field.
    for (const shown of document.querySelectorAll(".select2-selection")) {
      const field = shown.closest(".select2-container").previousElementSibling;
      const said = words(field?.labels?.[0]) || field?.getAttribute("aria-label") || field?.name;
      for (const part of [shown, ...shown.querySelectorAll("[role=textbox], [role=searchbox], textarea")]) {
        if (said) {
          part.setAttribute("aria-label", said);
          part.removeAttribute("aria-labelledby");
        }
      }
    }
    for (const hint of document.querySelectorAll("span.help-tooltip[aria-label]")) hint.setAttribute("role", "img");
    for (const link of document.querySelectorAll("#changelist-filter a")) if (!words(link)) link.textContent = "–";
  };

  window.django?.jQuery(name); // after what Django's own scripts asked for in the same way
  window.addEventListener("load", name); // and where there is no such script
  document.addEventListener("formset:added", () => setTimeout(name));
})();
