// A page that keeps itself up to date asks only while somebody can see it, and at once when they come back to it.
(() => {
  "use strict";

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (document.hidden && event.target.matches("[data-live]")) event.preventDefault();
  });

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    document.querySelectorAll("[data-live]").forEach((element) => {
      window.htmx.trigger(element, "seen-again");
    });
  });
})();
