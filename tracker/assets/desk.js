// The desk: one key for each decision, and the answer replaces the proposal without a new page.
// Keys only press what is on the page: elements say theirs in data-key and data-digit. Without this script the same
// forms and links do the same.
"use strict";

(() => {
  const said = document.getElementById("desk-said");
  if (!document.getElementById("desk") || !window.fetch) return;
  // Next and previous by the arrows and by either pair of letters, whichever pair the page shows.
  const STEPS = { ArrowRight: "next", n: "next", j: "next", ArrowLeft: "prev", p: "prev", k: "prev" };
  const desk = () => document.getElementById("desk");
  let busy = false;

  const isTyping = (element) =>
    element.matches("select, textarea, [contenteditable], input:not([type=radio], [type=checkbox], [type=range])");
  const press = (name, value, within = document) => within.querySelector(`[data-${name}="${CSS.escape(value)}"]`);

  // One request at a time: a key that comes while it is under way would meet a proposal nobody has seen.
  const load = async (address, options = {}) => {
    if (busy) return;
    busy = true;
    desk().setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, {
        credentials: "same-origin",
        headers: { "X-Requested-With": "fetch" },
        ...options,
      });
      if (answer.redirected) {
        window.location.reload(); // logged out meanwhile
        return;
      }
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("desk");
      if (!fresh) throw new Error("no desk");
      desk().replaceWith(document.adoptNode(fresh));
      window.history.replaceState(null, "", fresh.dataset.address);
      arrive();
    } catch {
      desk().removeAttribute("aria-busy");
      said.textContent = said.dataset.failed;
      said.classList.add("errornote");
      said.classList.remove("unseen");
    } finally {
      busy = false;
    }
  };

  // What is new on the page: told to who listens, focused where work goes on.
  const arrive = () => {
    document.querySelectorAll("#content > .messagelist, .main > .content > .messagelist").forEach((old) => old.remove());
    said.textContent = [...desk().querySelectorAll(".messagelist li")].map((one) => one.textContent).join(" ");
    said.classList.remove("errornote");
    said.classList.add("unseen");
    const panel = desk().querySelector(".decisions details[open]");
    if (panel) enter(panel);
    else document.getElementById("proposal").focus({ preventScroll: true });
    if (!panel) window.scrollTo(0, 0);
  };

  const enter = (panel) => {
    desk().querySelectorAll(".decisions details[open]").forEach((other) => {
      if (other !== panel) other.open = false;
    });
    const form = panel.querySelector("form[data-quote]");
    if (form) offerCut(form);
    // Where something is chosen already, the keyboard begins there: what is sent is what is seen.
    const first = panel.querySelector("input[type=radio]:checked") || panel.querySelector(
      "form[data-quote] input[type=range], input[type=radio], input:not([type=hidden]), select, textarea",
    );
    first?.focus();
  };

  // The words of the quote on either side of the cut; the two fields are what is sent.
  const offerCut = (form) => {
    const range = form.querySelector("input[type=range]");
    const words = form.dataset.quote.split(" ");
    const [first, second] = form.querySelectorAll("textarea");
    if (words.length < 2 || range.dataset.ready) return;
    range.dataset.ready = "yes";
    range.min = 1;
    range.max = words.length - 1;
    range.value = first.value.split(/\s+/).length;
    range.closest("[hidden]")?.removeAttribute("hidden");
    const tell = () => range.setAttribute("aria-valuetext", `… ${words.slice(0, range.value).slice(-3).join(" ")} |`);
    tell();
    range.addEventListener("input", () => {
      first.value = words.slice(0, range.value).join(" ");
      second.value = words.slice(range.value).join(" ");
      tell();
    });
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!desk().contains(form)) return;
    event.preventDefault();
    const body = new FormData(form);
    if (form.method === "post") load(form.getAttribute("action"), { method: "POST", body });
    else load(`${form.getAttribute("action")}?${new URLSearchParams(body)}`);
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-key]");
    if (!link || "page" in link.dataset || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    load(link.href);
  });

  document.addEventListener("toggle", (event) => {
    const panel = event.target;
    const isInside = panel.querySelector("form:focus-within") !== null; // opened by a key, and worked in already
    if (panel.open && panel.matches("#desk .decisions details") && !isInside) enter(panel);
  }, true);

  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.metaKey || event.isComposing) return;
    const target = event.target;
    const panel = target.closest?.(".decisions details[open]");
    const form = target.form || target.closest?.("form");
    if (event.key === "Enter" && event.ctrlKey && panel && form) {
      event.preventDefault();
      form.requestSubmit();
      return;
    }
    if (event.ctrlKey) return;
    if (event.key === "Escape") {
      const open = panel || target.closest?.("details[open]") || desk().querySelector(".decisions details[open]");
      if (open) {
        open.open = false;
        open.querySelector("summary").focus();
      }
      return;
    }
    if (isTyping(target)) return;
    if (panel) {
      if (/^[0-9]$/.test(event.key)) {
        const chosen = press("digit", event.key, panel);
        if (!chosen) return;
        event.preventDefault();
        const field = chosen.querySelector("input");
        field.focus();
        if (field.type === "radio") field.checked = true;
      } else if (event.key === "Enter" && target.matches("input")) {
        event.preventDefault();
        form.requestSubmit();
      }
      return;
    }
    const found =
      press("key", event.key) || (STEPS[event.key] && desk().querySelector(`a[rel=${STEPS[event.key]}]`));
    if (!found) return;
    event.preventDefault();
    if (busy || event.repeat) return; // a key held down is one decision
    const opened = found.matches(".decisions summary") && found.parentElement;
    if (opened) {
      opened.open = true;
      enter(opened); // at once: the next key may be there before the browser tells that it opened
    } else {
      found.click();
      const folded = found.matches("summary") && found.parentElement;
      if (folded) {
        // Filters and keys: the keyboard goes where they opened, and the page with it.
        (folded.open && folded.querySelector("select, input") || found).focus();
        folded.scrollIntoView({ block: "nearest" });
      }
    }
  });
})();
