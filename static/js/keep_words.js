// Words typed into a form survive a lost connection, an expired session or a closed laptop, in this tab and for this
// person only. The server's copy wins as soon as it has them.
(() => {
  "use strict";

  const person = document.body.dataset.person;
  const prefix = `words:${person}:`;
  const sentMark = "sent:";
  const isPublic = document.body.dataset.frame === "public";

  const allKeys = () => Object.keys(sessionStorage).filter((key) => key.startsWith("words:"));
  const forms = () => [...document.querySelectorAll("main form[method=post]")].filter((form) => form.querySelector("textarea"));
  const keyOf = (form) => `${prefix}${location.pathname}#${forms().indexOf(form)}`;
  const fieldsOf = (form) =>
    [...form.elements].filter((field) => field.name && field.matches("textarea, input[type=text], input:not([type])"));
  const wordsOf = (form) => Object.fromEntries(fieldsOf(form).map((field) => [field.name, field.value]));
  const differs = (form, words) => fieldsOf(form).some((field) => field.name in words && field.value.trim() !== words[field.name].trim());

  const putBack = (form, words) => {
    const before = wordsOf(form);
    fieldsOf(form).forEach((field) => {
      if (field.name in words) field.value = words[field.name];
    });
    const notice = document.getElementById("kept-words").content.firstElementChild.cloneNode(true);
    notice.querySelector("button").addEventListener("click", () => {
      fieldsOf(form).forEach((field) => {
        field.value = before[field.name];
      });
      sessionStorage.removeItem(keyOf(form));
      notice.remove();
    });
    form.before(notice);
  };

  // Sent and not on a page outside the portal (sign-in, expired form, error): the server has them.
  const forgetWhatArrived = () => {
    allKeys().forEach((key) => {
      const kept = JSON.parse(sessionStorage.getItem(key));
      if (kept.path === sentMark + location.pathname || !String(kept.path).startsWith(sentMark)) return;
      if (isPublic) sessionStorage.setItem(key, JSON.stringify({ ...kept, path: kept.path.slice(sentMark.length) }));
      else sessionStorage.removeItem(key);
    });
  };

  const restore = () => {
    forms().forEach((form) => {
      const stored = sessionStorage.getItem(keyOf(form));
      if (!stored) return;
      const { words } = JSON.parse(stored);
      if (differs(form, words)) putBack(form, words);
      else sessionStorage.removeItem(keyOf(form));
    });
  };

  const keep = (form, mark) => {
    const kept = { path: mark + location.pathname, words: wordsOf(form) };
    sessionStorage.setItem(keyOf(form), JSON.stringify(kept));
  };

  if (person) allKeys().forEach((key) => key.startsWith(prefix) || sessionStorage.removeItem(key));
  forgetWhatArrived();
  if (person && !isPublic) restore();

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form && forms().includes(form)) keep(form, "");
  });
  // A form that saves itself: what the server has needs no keeping, what it has not stays, and the reader is told.
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target;
    if (!form.matches("form[data-autosave]")) return;
    const { requestConfig, successful, xhr } = event.detail;
    const isSaved = successful && new URL(xhr.responseURL, location.href).pathname === form.getAttribute("action");
    if (!isSaved) {
      keep(form, "");
      const state = document.querySelector(form.getAttribute("hx-target"));
      if (state && xhr.status !== 409) state.textContent = form.dataset.unsaved;
    } else if (Object.entries(wordsOf(form)).every(([name, value]) => String(requestConfig.parameters[name] ?? "") === value)) {
      sessionStorage.removeItem(keyOf(form));
    }
  });
  document.addEventListener("submit", (event) => {
    if ((event.target.getAttribute("action") || "").includes("/logout/")) allKeys().forEach((key) => sessionStorage.removeItem(key));
    else if (sessionStorage.getItem(keyOf(event.target))) keep(event.target, sentMark);
  });
})();
