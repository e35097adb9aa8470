// Charts: one stop of the keyboard each, arrow keys from point to point, values in a line below. The words are in the drawing.
(() => {
  "use strict";

  const NARROW = 448; // the width below which the page shows the narrow drawing, as in chart.css
  const LEAP = 10;

  const drawing = (stage) => [...stage.querySelectorAll(".chart__svg")].find((svg) => svg.checkVisibility());
  const pointsOf = (stage) => [...(drawing(stage)?.querySelectorAll(".chart__point") ?? [])];
  const wordsOf = (point) => point.dataset.words ?? "";
  const centreOf = (point) => {
    const box = point.getBoundingClientRect();
    return [box.left + box.width / 2, box.top + box.height / 2];
  };

  const say = (stage, words) => {
    const line = stage.parentElement.querySelector("[data-chart-readout]");
    if (!line) return;
    line.dataset.latest ??= line.textContent;
    line.textContent = words || line.dataset.latest;
    line.classList.toggle("chart__readout--point", Boolean(words));
  };

  const leave = (stage) => {
    stage.querySelectorAll(".chart__point--here").forEach((point) => point.classList.remove("chart__point--here"));
    stage.querySelectorAll(".chart__cursor--shown").forEach((line) => line.classList.remove("chart__cursor--shown"));
    say(stage, "");
  };

  const show = (stage, index) => {
    const points = pointsOf(stage);
    const point = points[index];
    if (!point) return;
    leave(stage);
    point.classList.add("chart__point--here");
    const svg = drawing(stage);
    const place = new DOMPoint(...centreOf(point)).matrixTransform(svg.getScreenCTM().inverse());
    const cursor = svg.querySelector(".chart__cursor");
    cursor.setAttribute("x1", place.x.toFixed(1));
    cursor.setAttribute("x2", place.x.toFixed(1));
    cursor.classList.add("chart__cursor--shown");
    stage.setAttribute("aria-valuenow", String(index + 1));
    stage.setAttribute("aria-valuetext", wordsOf(point));
    say(stage, wordsOf(point));
  };

  const current = (stage) => Number(stage.getAttribute("aria-valuenow")) - 1;

  const nearest = (stage, x) => {
    const places = pointsOf(stage).map((point) => Math.abs(centreOf(point)[0] - x));
    return places.indexOf(Math.min(...places));
  };

  // A slider tells a screen reader each value as it is reached; the line below speaks for the pointer only.
  const setUp = (stage) => {
    const points = pointsOf(stage);
    if (stage.dataset.ready !== undefined || points.length === 0) return;
    stage.dataset.ready = "";
    stage.querySelectorAll(".chart__point").forEach((point) => {
      const title = point.querySelector("title");
      point.dataset.words = title?.textContent ?? "";
      title?.remove(); // or the browser would say it a second time, late
    });
    stage.tabIndex = 0;
    stage.setAttribute("role", "slider");
    stage.setAttribute("aria-label", stage.dataset.chartName);
    stage.setAttribute("aria-valuemin", "1");
    stage.setAttribute("aria-valuemax", String(points.length));
    stage.setAttribute("aria-valuenow", String(points.length));
    stage.setAttribute("aria-valuetext", wordsOf(points.at(-1)));
  };

  const setUpAll = (root) => root.querySelectorAll("[data-chart]").forEach(setUp);
  const stageOf = (event) => (event.target instanceof Element ? event.target.closest("[data-chart][data-ready]") : null);

  const moves = {
    ArrowRight: (index) => index + 1,
    ArrowUp: (index) => index + 1,
    ArrowLeft: (index) => index - 1,
    ArrowDown: (index) => index - 1,
    PageUp: (index) => index + LEAP,
    PageDown: (index) => index - LEAP,
    Home: () => 0,
    End: (_index, last) => last,
  };

  document.addEventListener("keydown", (event) => {
    const stage = stageOf(event);
    if (!stage || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") leave(stage);
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    const last = pointsOf(stage).length - 1;
    show(stage, Math.min(Math.max(move(current(stage), last), 0), last));
  });

  document.addEventListener("focusin", (event) => {
    const stage = stageOf(event);
    if (!stage) return;
    stage.parentElement.querySelector("[data-chart-readout]")?.setAttribute("aria-live", "off");
    show(stage, current(stage));
  });
  document.addEventListener("focusout", (event) => {
    const stage = stageOf(event);
    if (!stage) return;
    stage.parentElement.querySelector("[data-chart-readout]")?.setAttribute("aria-live", "polite");
    leave(stage);
  });

  for (const type of ["pointermove", "pointerdown"]) {
    document.addEventListener(type, (event) => {
      const stage = stageOf(event);
      if (stage) show(stage, nearest(stage, event.clientX));
    });
  }
  document.addEventListener("pointerout", (event) => {
    const stage = stageOf(event);
    if (!stage || event.pointerType !== "mouse" || stage.contains(event.relatedTarget)) return;
    if (stage === document.activeElement) show(stage, current(stage));
    else leave(stage);
  });

  // Only the drawing that fits is fetched.
  document.addEventListener("htmx:configRequest", (event) => {
    const place = event.target.closest("[data-chart-place]");
    if (place) event.detail.parameters.size = place.clientWidth < NARROW ? "narrow" : "panel";
  });
  document.addEventListener("htmx:load", (event) => setUpAll(event.target.parentElement ?? document));
  document.addEventListener("DOMContentLoaded", () => setUpAll(document));
})();
