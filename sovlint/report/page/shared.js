"use strict";
// What the pages of a repository and of an organisation have in common. The diagram has a drawing for its overview and one
// for each group: one of them is shown.
function draw(drawing, name) {
  const drawn = [...drawing.querySelectorAll("[data-view]")];
  if (!drawn.some((each) => each.dataset.view === name)) return;
  for (const each of drawn) {
    if (each.dataset.view !== name) {
      each.setAttribute("display", "none");
      continue;
    }
    each.removeAttribute("display");
    const { width, height } = each.dataset;
    each.ownerSVGElement.setAttribute("viewBox", `0 0 ${width} ${height}`);
    each.ownerSVGElement.setAttribute("width", width);
    each.ownerSVGElement.setAttribute("height", height);
  }
}

function opener(event) {
  const each = event.target.closest && event.target.closest("[data-opens]");
  if (!each || (event.type === "keydown" && event.key !== "Enter" && event.key !== " ")) return;
  event.preventDefault();
  // In every language, so that changing it changes nothing else.
  for (const drawing of each.closest("section").querySelectorAll(".drawn")) draw(drawing, each.dataset.opens);
  const again = each.closest(".drawn").querySelector("[data-view]:not([display=none]) [data-opens]");
  if (again) again.focus({ preventScroll: true });
}

