// Words that are selected become a statement. On a transcript: a button appears that takes them along. On the page that
// makes the statement: the turn stands in a field in which Shift and the arrow keys select as well as a mouse does.
// Without this script the first and the last words are written down.
"use strict";

(() => {
  // Places are counted in characters, as the server counts them; a script counts some of them twice.
  const characters = (text) => [...text].length;

  const field = document.querySelector("textarea.turn");
  if (field) {
    const form = field.form;
    const take = () => {
      const { selectionStart: from, selectionEnd: to, value } = field;
      const words = value.slice(from, to);
      const start = from + words.length - words.trimStart().length;
      const end = to - (words.length - words.trimEnd().length);
      if (start >= end) return;
      form.elements.start.value = characters(value.slice(0, start));
      form.elements.end.value = characters(value.slice(0, end));
      form.elements.first.value = value.slice(start, end).replace(/\s+/g, " ");
      form.elements.last.value = "";
    };
    field.addEventListener("select", take);
    // The words are not changed; a field marked readonly would have no cursor to select with.
    field.addEventListener("beforeinput", (event) => event.preventDefault());
    for (const name of ["first", "last"]) {
      form.elements[name].addEventListener("input", () => {
        form.elements.start.value = form.elements.end.value = ""; // what is written down counts now
      });
    }
    const { start, end } = form.elements;
    if (start.value && end.value) {
      const all = [...field.value];
      field.setSelectionRange(all.slice(0, start.value).join("").length, all.slice(0, end.value).join("").length);
    }
    return;
  }

  const button = document.getElementById("mark");
  if (!button) return;
  // What stands between the words without being spoken: notes and page numbers.
  const isSpoken = (node) => !node.parentElement.closest(".note, .leaf");

  // The place of a point of the selection in its turn, or null outside the text.
  const placeOf = (node, offset) => {
    const paragraph = (node.nodeType === 3 ? node.parentElement : node).closest("p[data-start]");
    if (!paragraph) return null;
    const range = document.createRange();
    range.setStart(paragraph, 0);
    range.setEnd(node, offset);
    let count = Number(paragraph.dataset.start);
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode;
      if (!range.intersectsNode(text) || !isSpoken(text)) continue;
      count += characters(text === node ? text.data.slice(0, offset) : text.data);
      if (text === node) break;
    }
    return { turn: paragraph.closest(".turn"), count };
  };

  const look = () => {
    const selection = document.getSelection();
    button.hidden = true;
    if (!selection.rangeCount || selection.isCollapsed || !selection.toString().trim()) return;
    const range = selection.getRangeAt(0);
    const from = placeOf(range.startContainer, range.startOffset);
    // Three clicks select up to the beginning of what follows the paragraph.
    const last = range.startContainer.parentElement.closest("p[data-start]");
    const to =
      placeOf(range.endContainer, range.endOffset) || (range.endOffset === 0 && last && placeOf(last, last.childNodes.length));
    if (!from || !to || from.turn !== to.turn || from.count >= to.count) return;
    button.href = `${from.turn.querySelector("a.mark-turn").href}?start=${from.count}&end=${to.count}`;
    button.hidden = false;
  };

  document.addEventListener("selectionchange", look);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "m" || event.ctrlKey || event.altKey || event.metaKey || button.hidden) return;
    if (event.target.matches("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    button.click();
  });
})();
