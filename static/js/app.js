// Enhancements only: every page works without this file.
(() => {
  "use strict";

  const palette = () => document.getElementById("palette");

  const openPalette = () => {
    const dialog = palette();
    if (!dialog || dialog.open) return;
    dialog.showModal();
    const input = dialog.querySelector("input");
    input.select();
    input.dispatchEvent(new CustomEvent("palette-open"));
  };

  const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

  document.addEventListener("keydown", (event) => {
    const jump = event.key === "k" && (event.ctrlKey || event.metaKey);
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target);
    if ((jump || slash) && palette()) {
      event.preventDefault();
      openPalette();
    }
    if (event.key === "Escape" && event.target.closest("#palette")) {
      event.preventDefault(); // a search field would only empty itself
      palette().close();
    }
    if (event.key === "Escape") {
      document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
        const hadFocus = menu.contains(document.activeElement);
        menu.open = false;
        if (hadFocus) menu.querySelector("summary").focus();
      });
    }
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && event.target.closest("#palette")) {
      const stops = [palette().querySelector("input"), ...palette().querySelectorAll("#palette-results a")];
      const step = event.key === "ArrowDown" ? 1 : -1;
      const next = stops[(stops.indexOf(document.activeElement) + step + stops.length) % stops.length];
      event.preventDefault();
      next.focus();
    }
    if (event.key === "Enter" && event.target.matches("#palette input")) {
      const first = palette().querySelector("#palette-results a");
      if (first) {
        event.preventDefault();
        first.click();
      }
    }
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-palette-open]") && palette()) {
      event.preventDefault();
      openPalette();
      return;
    }
    const opener = event.target.closest("[data-dialog]");
    const dialog = opener && document.getElementById(opener.dataset.dialog);
    if (dialog) {
      event.preventDefault();
      dialog.showModal();
    }
    if (event.target instanceof HTMLDialogElement) event.target.close();
    document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  const offerCopying = () => {
    if (!navigator.clipboard) return;
    document.querySelectorAll("[data-copy][hidden]").forEach((button) => {
      button.hidden = false;
    });
  };
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    const field = button && document.getElementById(button.dataset.copy);
    if (!field) return;
    field.select();
    await navigator.clipboard.writeText(field.value);
    button.setAttribute("aria-live", "polite");
    button.lastChild.textContent = button.dataset.copied;
  });
  document.addEventListener("DOMContentLoaded", offerCopying);

  const focusErrors = (root) => {
    const summary = root.querySelector("[data-focus-on-load]");
    if (summary) summary.focus();
  };

  document.addEventListener("change", (event) => {
    const drop = event.target.closest("[data-file-drop]");
    const file = drop && event.target.files && event.target.files[0];
    if (!file) return;
    const isTooLarge = file.size > Number(event.target.dataset.maxBytes || Infinity);
    drop.querySelector(".file-drop__chosen").textContent = isTooLarge ? event.target.dataset.tooLarge : file.name;
    if (isTooLarge) event.target.value = "";
  });
  for (const type of ["dragenter", "dragover", "dragleave", "drop"]) {
    document.addEventListener(type, (event) => {
      const drop = event.target.closest && event.target.closest("[data-file-drop]");
      if (!drop) return;
      event.preventDefault();
      drop.toggleAttribute("data-over", type === "dragenter" || type === "dragover");
      if (type === "drop" && event.dataTransfer.files.length) {
        const input = drop.querySelector("input[type=file]");
        input.files = event.dataTransfer.files;
        input.dispatchEvent(new Event("change", { bubbles: true }));
      }
    });
  }

  // A plan on paper shows what a reader could have opened on screen.
  window.addEventListener("beforeprint", () => {
    document.querySelectorAll("details:not([open]):not([data-menu])").forEach((element) => {
      element.open = true;
      element.dataset.openedForPrint = "";
    });
  });
  window.addEventListener("afterprint", () => {
    document.querySelectorAll("details[data-opened-for-print]").forEach((element) => {
      element.open = false;
      delete element.dataset.openedForPrint;
    });
  });

  document.addEventListener("DOMContentLoaded", () => focusErrors(document));
  document.addEventListener("htmx:afterSwap", (event) => focusErrors(event.target));
})();
