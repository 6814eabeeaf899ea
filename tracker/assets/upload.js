// The upload page: files are dragged or chosen, go one by one, and each shows what became of it.
// Without this script the form sends them all at once and shows the same.
"use strict";

(() => {
  const form = document.querySelector("form[data-upload]");
  const input = form?.querySelector("input[type=file]");
  if (!input || !window.fetch || !window.FormData) return;
  const list = document.getElementById("upload-progress");
  const button = form.querySelector("input[type=submit]");
  const words = form.dataset;

  const element = (name, text = "", className = "") => {
    const made = document.createElement(name);
    made.textContent = text;
    made.className = className;
    return made;
  };

  const hint = element("p", words.drop, "drop");
  form.prepend(hint);

  // What is read along with another file goes in the same request as that file.
  const stem = (name) => name.replace(/\.[^.]*$/, "");
  const isBeside = (file, other) =>
    file !== other &&
    (file.name === `${stem(other.name)}.meta.toml` ||
      (other.name.includes("_content") && file.name === other.name.replace("_content", "_meetings")) ||
      (other.name.endsWith(".xml") && /^ParlaMint-[A-Z-]+?(-listPerson)?\.xml$/.test(file.name)
        && other.name.startsWith(file.name.replace(/(-listPerson)?\.xml$/, "_"))));

  const grouped = (files) => {
    const beside = new Set(files.filter((file) => files.some((other) => isBeside(file, other))));
    return files
      .filter((file) => !beside.has(file))
      .map((file) => [file, ...files.filter((other) => beside.has(other) && isBeside(other, file))]);
  };

  const problem = (name, text) => {
    const made = element("p", "", "errornote");
    made.append(element("b", name), ` ${text}`);
    return made;
  };

  const send = async (group) => {
    const body = new FormData(form);
    body.delete(input.name);
    group.forEach((file) => body.append(input.name, file, file.name));
    const answer = await fetch(form.action || window.location.href, {
      method: "POST",
      body,
      credentials: "same-origin",
      headers: {
        "X-Requested-With": "fetch",
        "X-Files": String(group.length),
        "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]").value,
      },
    });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return [...page.body.childNodes];
  };

  const upload = async (files) => {
    if (!files.length || button.disabled) return;
    button.disabled = true;
    list.replaceChildren();
    const limit = Number(words.limitMb) * 1024 * 1024;
    const count = element("p", "", "count");
    list.append(count);
    const rows = grouped(files).map((group) => {
      const row = element("div", "", "file");
      const state = element("span", words.waiting, "state");
      row.append(element("b", group[0].name), " ", state);
      list.append(row);
      return { group, row, state };
    });
    let done = 0;
    const tell = () => {
      let at = 0;
      count.textContent = words.done.replace(/#/g, () => [done, rows.length][at++]);
    };
    tell();
    for (const { group, row, state } of rows) {
      const large = group.find((file) => file.size > limit);
      if (large) {
        row.replaceChildren(problem(large.name, words.tooLarge));
      } else {
        state.textContent = words.reading;
        row.append(" ", document.createElement("progress"));
        try {
          row.replaceChildren(...(await send(group)));
        } catch (error) {
          row.replaceChildren(problem(group[0].name, words.failed.replace("#", error.message)));
        }
      }
      done += 1;
      tell();
    }
    input.value = "";
    button.disabled = false;
  };

  form.addEventListener("submit", (event) => {
    if (!input.files.length) return; // the server says what is missing
    event.preventDefault();
    upload([...input.files]);
  });
  const over = (on) => (event) => {
    event.preventDefault();
    form.classList.toggle("over", on);
  };
  form.addEventListener("dragenter", over(true));
  form.addEventListener("dragover", over(true));
  form.addEventListener("dragleave", over(false));
  form.addEventListener("drop", (event) => {
    over(false)(event);
    upload([...event.dataTransfer.files]);
  });
})();
