// Everything is on the page already: this shows one view, one language and what fits the filters. Nothing is asked for,
// and nothing is written into the page but text.
(() => {
  const root = document.documentElement;
  const main = document.getElementById("main");
  const search = document.getElementById("search");
  const shown = document.getElementById("shown");
  const language = document.getElementById("language");
  const theme = document.getElementById("theme");
  const kinds = ["class", "root", "company", "verdict"];
  const selects = kinds.map((kind) => document.querySelector(`select[name=${kind}]`));
  const parts = [...document.querySelectorAll("[data-in]")];
  const controls = [...document.querySelectorAll("[aria-controls^=view-]")];
  const filtered = [...main.querySelectorAll("[data-verdict]")];
  const found = [...document.querySelectorAll("#findings .finding")];
  const searched = [...found, ...document.querySelectorAll("#companies .company")];
  const texts = new Map();
  let view = "engineer";

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  // What an element says, in all languages, without accents: made once, when somebody searches.
  const textOf = (element) => {
    if (!texts.has(element)) texts.set(element, plain(element.textContent));
    return texts.get(element);
  };

  const fits = (element) =>
    selects.every((select, at) => {
      const words = element.getAttribute(`data-${kinds[at]}`);
      return !select.value || (words !== null && words.split(" ").includes(select.value));
    });

  const hide = (element, away) =>
    element.classList.toggle(element instanceof SVGElement ? "faded" : "away", away);

  function filter() {
    const words = plain(search.value).split(/\s+/).filter(Boolean);
    for (const element of filtered) hide(element, !fits(element));
    for (const element of searched) {
      if (element.classList.contains("away") || !words.length) continue;
      const text = textOf(element);
      if (!words.every((word) => text.includes(word))) hide(element, true);
    }
    say();
  }

  function say() {
    const left = found.filter((element) => !element.classList.contains("away")).length;
    const words = shown.dataset[root.lang] || "";
    shown.textContent = words.replace("{shown}", left).replace("{all}", found.length);
  }

  // Filters go into the address, so that what is seen can be sent to somebody.
  function remember() {
    const asked = new URLSearchParams();
    selects.forEach((select, at) => select.value && asked.set(kinds[at], select.value));
    if (search.value) asked.set("q", search.value);
    const text = asked.toString();
    const at = location.hash.split("?")[0] || `#view-${view}`;
    try {
      history.replaceState(null, "", text ? `${at}?${text}` : at);
    } catch {
      // A browser that doesn't let a file say where it is shows the page all the same.
    }
  }

  function refilter() {
    filter();
    remember();
  }

  function clear() {
    search.value = "";
    for (const select of selects) select.value = "";
    filter();
  }

  function show(name) {
    view = name;
    for (const part of parts) part.hidden = !part.dataset.in.split(" ").includes(name);
    for (const control of controls) {
      if (control.getAttribute("aria-controls") === `view-${name}`) control.setAttribute("aria-current", "page");
      else control.removeAttribute("aria-current");
    }
  }

  function decoded(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  }

  // The place that the address names: its view is shown, what it stands in is opened, and filters give way.
  function go() {
    const [name, asked] = location.hash.slice(1).split("?", 2);
    const target = name && (document.getElementById(name) || document.getElementById(decoded(name)));
    if (!target) return;
    if (asked !== undefined) restore(new URLSearchParams(asked));
    const part = target.closest("[data-in]");
    const views = part ? part.dataset.in.split(" ") : [];
    if (views.length && !views.includes(view)) show(views[0]);
    if (target.closest(".away")) clear();
    for (let each = target; each; each = each.parentElement) if (each instanceof HTMLDetailsElement) each.open = true;
    const inner = target.matches("article") && target.querySelector("details");
    if (inner) inner.open = true;
    target.focus({ preventScroll: true });
    target.scrollIntoView();
    document.querySelectorAll(".target").forEach((each) => each.classList.remove("target"));
    if (part && part !== target) target.classList.add("target");
  }

  function restore(asked) {
    selects.forEach((select, at) => {
      const value = asked.get(kinds[at]) || "";
      select.value = [...select.options].some((each) => each.value === value) ? value : "";
    });
    search.value = asked.get("q") || "";
    filter();
  }

  function speak(name) {
    root.lang = name;
    language.value = name;
    for (const each of document.querySelectorAll("[data-en]")) {
      if (each !== shown) each.textContent = each.dataset[name];
    }
    say();
  }

  // A mark of the map leads to what lies there.
  function chosen(event) {
    const mark = event.target.closest && event.target.closest("#map [data-company]");
    if (!mark || (event.type === "keydown" && event.key !== "Enter")) return;
    const companies = mark.dataset.company.split(" ");
    const select = selects[kinds.indexOf("company")];
    select.value = companies.length === 1 && select.value !== companies[0] ? companies[0] : "";
    refilter();
  }

  // On paper nothing is closed.
  let closed = [];
  function unfold() {
    closed = [...main.querySelectorAll("details:not([open])")].filter((each) => !each.closest("[hidden], .away"));
    for (const each of closed) each.open = true;
  }
  function fold() {
    for (const each of closed) each.open = false;
    closed = [];
  }

  let waiting = 0;
  search.addEventListener("input", () => {
    filter();
    clearTimeout(waiting);
    waiting = setTimeout(remember, 300);
  });
  for (const select of selects) select.addEventListener("change", refilter);
  document.getElementById("reset").addEventListener("click", () => {
    clear();
    remember();
  });
  language.addEventListener("change", () => speak(language.value));
  theme.addEventListener("change", () => (root.dataset.theme = theme.value));
  main.addEventListener("click", opener);
  main.addEventListener("keydown", opener);
  main.addEventListener("click", chosen);
  main.addEventListener("keydown", chosen);
  // A link to where the address already leads changes no address.
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest('a[href^="#"]');
    if (link && link.getAttribute("href") === location.hash) go();
  });
  addEventListener("hashchange", go);
  addEventListener("beforeprint", unfold);
  addEventListener("afterprint", fold);

  root.classList.add("scripted");
  show(view);
  filter();
  go();
})();
