// Everything is on the page already. Its rows stand in one block of data: this draws those that are in sight, and only those
// that fit the filters. Nothing is asked for, and nothing is written into the page but text.
(() => {
  const root = document.documentElement;
  const data = JSON.parse(document.getElementById("data").textContent);
  const $ = (id) => document.getElementById(id);
  const said = new Map([...$("texts").children].map((each) => [each.dataset.name, each.dataset]));
  const search = $("search");
  const selects = Object.fromEntries(["team", "company", "state", "verdict"].map((name) => [name, $(`filter-${name}`)]));
  const VERDICTS = ["violation", "unproven"];
  const SEVERITIES = ["error", "warning", "note"];
  const PRINTED = 500;
  const AROUND = 12;
  const NUMBERS = { en: new Intl.NumberFormat("en-GB"), fr: new Intl.NumberFormat("fr-FR") };

  const rowsOf = (name) => data[name].map((row) => Object.fromEntries(data.fields[name].map((key, at) => [key, row[at]])));
  const pairs = (flat) => flat.flatMap((each, at) => (at % 2 ? [] : [[each, flat[at + 1]]]));
  const companies = rowsOf("companies").map((each, at) => ({ ...each, at }));
  const uses = rowsOf("uses");
  const groups = rowsOf("groups").map((each, at) => ({ ...each, at }));
  const flows = rowsOf("flows");
  // What lands and what is found stands in flat lists, a number and a count in turn: thousands of pairs would take their time.
  const repositories = rowsOf("repositories");
  const some = (flat, fits) => {
    for (let at = 0; at < flat.length; at += 2) if (fits[flat[at]]) return true;
    return false;
  };
  repositories.forEach((each, at) => {
    each.at = at;
    const failed = each.status !== "read" && each.status !== "empty";
    const judged = each.classified ? (each.placements ? "fine" : "empty") : each.placements || each.resources ? "unjudged" : "empty";
    each.worst = failed ? "failed" : each.violations ? "violation" : each.unproven ? "unproven" : judged;
  });

  const french = () => root.lang === "fr";
  const both = (text, fr) => (Array.isArray(text) ? text[fr ? 1 : 0] : text);
  const word = (number) => both(data.words[number], french());
  const say = (name, values = {}) =>
    said.get(name)[root.lang].replace(/\{(\w+)\}/g, (whole, key) => (key in values ? values[key] : whole));
  const figure = (number) => NUMBERS[root.lang].format(number);
  const share = (part, whole) => {
    if (!whole) return "–";
    const tenths = part < whole ? Math.min(Math.round((1000 * part) / whole), 999) : 1000;
    return say("of-shares", { share: NUMBERS[root.lang].format(tenths / 10) });
  };
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const inBoth = (number) => plain(`${both(data.words[number], false)} ${both(data.words[number], true)}`);

  function el(tag, given = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(given)) if (value !== undefined) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }
  const badge = (kind, text) => el("span", { class: `badge verdict-${kind === "fine" ? "compliant" : kind}` }, text);
  const stateOf = (each) => badge(each.worst, say(`worst-${each.worst}`));
  const verdictOf = (verdict) => badge(verdict || "none", say(`verdict-${verdict || "none"}`));
  const named = (number) => (number < 0 ? "–" : word(companies[number].name));
  const own = (text) => el("span", { translate: "no" }, text);

  // What the words that somebody searches for may stand in: made once, when somebody searches.
  let indexed = false;
  function index() {
    if (indexed) return;
    indexed = true;
    for (const each of companies) each.text = `${plain(each.id)} ${inBoth(each.name)} ${inBoth(each.control)}`;
    for (const each of groups) {
      const [policy, title] = data.policies[each.policy];
      const company = each.company < 0 ? "" : companies[each.company].text;
      each.text = `${policy} ${inBoth(title)} ${company} ${inBoth(each.data)}`;
    }
    const teams = data.teams.map(plain);
    for (const each of repositories) {
      const whose = new Set(pairs(each.uses).map(([use]) => uses[use].company));
      const policies = new Set(pairs(each.found).map(([group]) => data.policies[groups[group].policy][0]));
      each.text = [
        plain(each.name), ...each.teams.map((team) => teams[team]), plain(each.reason), each.commit,
        ...[...whose].map((at) => companies[at].text), ...policies,
      ].join(" ");
    }
  }

  // A list of which only the rows in sight are in the page.
  class List {
    constructor(name, columns, order) {
      this.window = $(`list-${name}`);
      this.count = $(`count-${name}`);
      this.columns = columns;
      this.rows = [];
      this.shown = [];
      this.drawn = new Map();
      this.order = order;
      this.sort = null;
      this.body = this.window.querySelector("tbody");
      if (!this.body) return;
      this.table = this.window.querySelector("table");
      this.above = el("tr", { class: "gap", "aria-hidden": "true" }, el("td", { colspan: columns.length }));
      this.below = this.above.cloneNode(true);
      this.heads = [...this.window.querySelectorAll("thead th")];
      for (const head of this.heads) head.firstElementChild.addEventListener("click", () => this.sortBy(head.dataset.key));
      this.window.addEventListener("scroll", () => requestAnimationFrame(() => this.draw()), { passive: true });
      this.window.addEventListener("keydown", (event) => this.key(event));
    }

    set(rows) {
      this.rows = rows;
      if (!this.body) return;
      const column = this.sort && this.columns.find((each) => each.key === this.sort.key);
      this.shown = rows;
      if (column) {
        const way = this.sort.way;
        const keyed = rows.map((row, at) => [column.sort(row), at, row]);
        const text = new Intl.Collator(root.lang, { numeric: true }).compare;
        keyed.sort(([a, x], [b, y]) => way * (typeof a === "string" ? text(a, b) : a - b) || x - y);
        this.shown = keyed.map(([, , row]) => row);
      }
      this.table.setAttribute("aria-rowcount", rows.length + 1);
      this.count.textContent = rows.length ? say("of-all", { shown: figure(rows.length) }) : say("no-match");
      this.anew();
    }

    anew() {
      this.drawn.clear();
      this.body.replaceChildren(this.above, this.below);
      this.window.scrollTop = 0;
      this.draw();
    }

    sortBy(key) {
      const column = this.columns.find((each) => each.key === key);
      const first = column.falls ? -1 : 1;
      const again = this.sort && this.sort.key === key;
      this.sort = again && this.sort.way !== first ? null : { key, way: again ? -first : first };
      for (const head of this.heads) {
        if (this.sort && head.dataset.key === key) head.setAttribute("aria-sort", this.sort.way > 0 ? "ascending" : "descending");
        else head.removeAttribute("aria-sort");
      }
      this.set(this.rows);
    }

    // Until rows were measured, they are as high as the style says.
    get height() {
      if (!this.measured) {
        const [row] = this.drawn.values();
        const found = row ? row.getBoundingClientRect().height : 0;
        if (found) this.measured = found;
      }
      return this.measured || 44;
    }

    draw(all = 0) {
      if (!this.body) return;
      const height = this.height;
      const view = this.window.clientHeight || 600;
      const first = all ? 0 : Math.max(0, Math.floor(this.window.scrollTop / height) - AROUND);
      const last = all ? Math.min(all, this.shown.length)
        : Math.min(this.shown.length, Math.ceil((this.window.scrollTop + view) / height) + AROUND);
      for (const [at, row] of this.drawn) {
        if (at >= first && at < last) continue;
        if (row.contains(document.activeElement)) this.window.focus({ preventScroll: true });
        row.remove();
        this.drawn.delete(at);
      }
      let before = this.above;
      for (let at = first; at < last; at++) {
        let row = this.drawn.get(at);
        if (!row) {
          row = this.row(this.shown[at], at);
          this.drawn.set(at, row);
          before.after(row);
        }
        before = row;
      }
      this.above.firstElementChild.style.height = `${first * height}px`;
      this.below.firstElementChild.style.height = `${all ? 0 : (this.shown.length - last) * height}px`;
    }

    row(each, at) {
      const row = el("tr", { "aria-rowindex": at + 2 });
      this.columns.forEach((column, number) => {
        const content = column.cell(each);
        const cell = el(number ? "td" : "th", number ? {} : { scope: "row" }, content);
        if (column.falls) cell.className = "figure-column";
        cell.title = cell.textContent;
        row.append(cell);
      });
      return row;
    }

    key(event) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const row = step && document.activeElement.closest("tr[aria-rowindex]");
      if (!row || !this.body.contains(row)) return;
      const to = Number(row.getAttribute("aria-rowindex")) - 2 + step;
      if (to < 0 || to >= this.shown.length) return;
      event.preventDefault();
      const top = to * this.height;
      const head = this.table.tHead.offsetHeight;
      if (top < this.window.scrollTop) this.window.scrollTop = top;
      const end = top + this.height + head - this.window.clientHeight;
      if (end > this.window.scrollTop) this.window.scrollTop = end;
      this.draw();
      const link = this.drawn.get(to).querySelector("a, button");
      if (link) link.focus({ preventScroll: true });
    }
  }

  const link = (kind, at, text) => el("a", { href: `#${kind}-${encodeURIComponent(kind === "repository" ? repositories[at].name : kind === "company" ? companies[at].id || "-" : at)}` }, text);
  const teamsOf = (each) => (each.teams.length ? own(each.teams.map((at) => data.teams[at]).join(", ")) : say("nobody"));
  const teamText = (each) => (each.teams.length ? data.teams[each.teams[0]] : "\uffff");
  // The companies that hold data within reach of a state outside the EEA.
  const outsideOf = (each) => {
    const names = new Set();
    for (const [at] of pairs(each.uses)) {
      if (uses[at].tier < 2) names.add(named(uses[at].company));
    }
    return [...names].sort().join(", ");
  };

  const lists = {
    companies: new List("companies", [
      { key: "name", cell: (row) => link("company", row.of.at, word(row.of.name)), sort: (row) => word(row.of.name) },
      { key: "control", cell: (row) => (row.of.tier < 2 ? el("span", { class: "outside" }, word(row.of.control)) : word(row.of.control)), sort: (row) => word(row.of.control) },
      { key: "data", cell: (row) => word(row.of.data), sort: (row) => word(row.of.data) },
      { key: "count", cell: (row) => figure(row.count), sort: (row) => row.count, falls: true },
      { key: "verdict", cell: (row) => verdictOf(row.of.verdict), sort: (row) => rank(row.of.verdict) },
    ]),
    repositories: new List("repositories", [
      { key: "name", cell: (row) => { const made = link("repository", row.at, row.name); made.translate = false; return made; }, sort: (row) => row.name },
      { key: "team", cell: teamsOf, sort: teamText },
      { key: "state", cell: stateOf, sort: (row) => ["violation", "unproven", "failed", "unjudged", "fine", "empty"].indexOf(row.worst) },
      { key: "violations", cell: (row) => figure(row.violations), sort: (row) => row.violations, falls: true },
      { key: "unproven", cell: (row) => figure(row.unproven), sort: (row) => row.unproven, falls: true },
      { key: "fresh", cell: (row) => figure(row.fresh), sort: (row) => row.fresh, falls: true },
      { key: "outside", cell: outsideOf, sort: (row) => outsideOf(row) || "\uffff" },
      { key: "classified", cell: (row) => share(row.classified, row.resources), sort: (row) => (row.resources ? row.classified / row.resources : -1), falls: true },
    ]),
    findings: new List("findings", [
      { key: "verdict", cell: (row) => el("span", {}, verdictOf(VERDICTS[row.of.verdict]), ` ${say(SEVERITIES[row.of.severity])}`), sort: (row) => 3 * row.of.verdict + row.of.severity },
      { key: "policy", cell: (row) => link("finding", row.of.at, word(data.policies[row.of.policy][1])), sort: (row) => word(data.policies[row.of.policy][1]) },
      { key: "company", cell: (row) => named(row.of.company), sort: (row) => named(row.of.company) },
      { key: "country", cell: (row) => word(row.of.country), sort: (row) => word(row.of.country) },
      { key: "data", cell: (row) => word(row.of.data), sort: (row) => word(row.of.data) },
      { key: "count", cell: (row) => figure(row.count), sort: (row) => row.count, falls: true },
      { key: "findings", cell: (row) => figure(row.findings), sort: (row) => row.findings, falls: true },
    ]),
    flows: new List("flows", [
      { key: "source", cell: (row) => link("repository", row.source, own(repositories[row.source].name)), sort: (row) => repositories[row.source].name },
      { key: "kind", cell: (row) => word(row.kind), sort: (row) => word(row.kind) },
      { key: "key", cell: (row) => own(row.key), sort: (row) => row.key },
      { key: "target", cell: (row) => link("repository", row.target, own(repositories[row.target].name)), sort: (row) => repositories[row.target].name },
    ]),
  };
  const rank = (verdict) => ["violation", "unproven", "compliant", ""].indexOf(verdict);

  let fitting = new Uint8Array(repositories.length);
  function filter() {
    const words = plain(search.value).split(/\s+/).filter(Boolean);
    if (words.length) index();
    const says = (each) => words.every((one) => each.text.includes(one));
    const number = (name) => (selects[name].value === "" ? -1 : Number(selects[name].value));
    const [team, company, state] = [number("team"), number("company"), number("state")];
    const verdict = selects.verdict.value;
    const at = VERDICTS.indexOf(verdict);
    const placed = (each) => (company < 0 || each.company === company) && (state < 0 || each.states.includes(state));
    const useFits = uses.map((each) => placed(each) && (at < 0 || each.verdict === at));
    const groupFits = groups.map((each) => placed(each) && (at < 0 || each.verdict === at));
    const narrow = company >= 0 || state >= 0;
    const inGroups = (each) => some(each.found, groupFits);
    const inUses = (each) => some(each.uses, useFits);
    const counted = new Uint32Array(companies.length);
    const last = new Int32Array(companies.length).fill(-1);
    const inRepositories = new Uint32Array(groups.length);
    const findings = new Uint32Array(groups.length);
    fitting = new Uint8Array(repositories.length);
    const kept = repositories.filter((each) => {
      if (team >= 0 && !each.teams.includes(team)) return false;
      if (at >= 0 ? !inGroups(each) : verdict && each.worst !== verdict) return false;
      if (at < 0 && narrow && !inUses(each) && !inGroups(each)) return false;
      return !words.length || says(each);
    });
    for (const each of kept) {
      fitting[each.at] = 1;
      for (let one = 0; one < each.uses.length; one += 2) {
        const use = each.uses[one];
        const whose = uses[use].company;
        if (!useFits[use] || last[whose] === each.at) continue;
        last[whose] = each.at;
        counted[whose]++;
      }
      for (let one = 0; one < each.found.length; one += 2) {
        const group = each.found[one];
        if (!groupFits[group]) continue;
        inRepositories[group]++;
        findings[group] += each.found[one + 1];
      }
    }
    // Whatever is searched for and has a row of its own is shown alone; else what the repositories have that were found.
    const narrowed = (rows) => {
      const alone = words.length ? rows.filter((row) => says(row.of)) : [];
      return alone.length ? alone : rows;
    };
    lists.repositories.set(kept);
    lists.companies.set(narrowed(companies.filter((each) => counted[each.at]).map((of) => ({ of, count: counted[of.at] }))));
    const found = groups.filter((each) => inRepositories[each.at])
      .map((of) => ({ of, count: inRepositories[of.at], findings: findings[of.at] }))
      .sort((a, b) => a.of.verdict - b.of.verdict || a.of.severity - b.of.severity || b.count - a.count || a.of.at - b.of.at);
    lists.findings.set(narrowed(found));
    lists.flows.set(flows.filter((each) => fitting[each.source] || fitting[each.target]));
    const token = company < 0 ? "" : companies[company].id;
    for (const mark of document.querySelectorAll("#map [data-company]")) {
      const away = (token && !mark.dataset.company.split(" ").includes(token)) || (at >= 0 && mark.dataset.verdict !== verdict);
      mark.classList.toggle("faded", Boolean(away));
    }
    tell(kept.length);
  }

  function tell(count) {
    const shown = $("shown");
    shown.textContent = shown.dataset[root.lang].replace("{shown}", figure(count)).replace("{all}", figure(repositories.length));
  }

  // Details of a repository, a company or what was found, in a window of its own.
  const dialog = $("detail");
  let detailed = null;
  function open(title, ...parts) {
    $("detail-title").replaceChildren(title);
    $("detail-body").replaceChildren(...parts);
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
    $("detail-title").focus();
  }
  const terms = (...listed) => el("dl", {}, ...listed.filter(([, value]) => value !== "").flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]));
  const titled = (name, ...items) => (items.length ? [el("h3", {}, say(name)), el("ul", {}, ...items.map((item) => el("li", {}, ...item)))] : []);
  const MOST = 400;
  const repositoryList = (name, ats) => {
    const shown = ats.slice(0, MOST).map((at) => el("li", {}, link("repository", at, own(repositories[at].name)), ` ${teamsOf(repositories[at]).textContent ?? say("nobody")}`));
    const left = ats.length - shown.length;
    return [el("h3", {}, `${say(name)} (${figure(ats.length)})`), el("ul", { class: "many" }, ...shown), ...(left > 0 ? [el("p", { class: "more" }, say("and-more", { count: figure(left) }))] : [])];
  };

  function repository(each) {
    const landing = pairs(each.uses).map(([at, count]) => {
      const use = uses[at];
      const where = `${word(use.country)}; ${word(use.data)}; ${word(use.control)}`;
      return [link("company", use.company, named(use.company)), ` (${figure(count)}): ${where} `, use.verdict < 0 ? "" : verdictOf(VERDICTS[use.verdict])];
    });
    const found = pairs(each.found).map(([at, count]) => {
      const group = groups[at];
      const places = pairs(each.places).filter(([one]) => one === at).map(([, place]) => place);
      return [
        verdictOf(VERDICTS[group.verdict]), `${say(SEVERITIES[group.severity])}: `, link("finding", at, word(data.policies[group.policy][1])),
        ` (${figure(count)}): ${[group.company < 0 ? "" : named(group.company), group.company < 0 ? "" : word(group.country), word(group.data)].filter(Boolean).join("; ")} `,
        ...places.map((place) => el("code", {}, place)),
      ];
    });
    const flowing = (from, to) => flows.filter((flow) => flow[from] === each.at)
      .map((flow) => [link("repository", flow[to], own(repositories[flow[to]].name)), `: ${word(flow.kind)} `, el("code", {}, flow.key)]);
    open(
      own(each.name),
      el("p", {}, stateOf(each), " ", say(`status-${each.status}`), each.reason ? `: ${each.reason}` : ""),
      terms(
        [say("column-team"), teamsOf(each)], [say("column-commit"), el("code", {}, each.commit || "–")],
        [say("column-new"), figure(each.fresh)], [say("column-excused"), figure(each.excused)],
        [say("column-proved"), share(each.proved, each.placements)], [say("column-classified"), share(each.classified, each.resources)],
        [say("column-unread"), figure(each.unread)],
      ),
      ...titled("in-findings", ...found), ...titled("in-companies", ...landing),
      ...titled("uses-of", ...flowing("source", "target")), ...titled("used-by", ...flowing("target", "source")),
      el("p", { class: "note" }, say("run-scan"), " ", el("code", {}, "sovlint scan")),
    );
  }

  function company(each) {
    const its = uses.map((use) => use.company === each.at);
    const ats = repositories.filter((one) => some(one.uses, its)).map((one) => one.at);
    const only = el("button", { type: "button" }, say("only-company"));
    only.addEventListener("click", () => {
      dialog.close();
      selects.company.value = each.at;
      if ($("filters").hidden) show("dpo");
      refilter();
      $("companies").scrollIntoView();
    });
    open(
      word(each.name),
      el("p", {}, verdictOf(each.verdict), " ", only),
      terms(
        [say("column-compelled"), word(each.control)], [say("column-laws"), word(each.laws)],
        [say("column-data"), word(each.data)], [say("column-where"), word(each.countries)],
      ),
      ...repositoryList("column-repositories", ats),
      ...(each.id ? [el("p", { class: "note" }, say("run-provider"), " ", el("code", {}, `sovlint provider ${each.id}`))] : []),
    );
  }

  function finding(group) {
    const itself = groups.map((each) => each === group);
    const ats = repositories.filter((one) => some(one.found, itself)).map((one) => one.at);
    const [policy, title] = data.policies[group.policy];
    const lines = [[say("column-verdict"), say(SEVERITIES[group.severity])]];
    if (group.company >= 0) lines.push([say("column-company"), link("company", group.company, named(group.company))], [say("column-where"), word(group.country)]);
    open(
      word(title),
      el("p", {}, verdictOf(VERDICTS[group.verdict]), " ", el("code", {}, policy)),
      terms(...lines, [say("column-data"), word(group.data)]),
      ...repositoryList("column-repositories", ats),
    );
  }

  const details = {
    repository: (name) => [repository, repositories.find((each) => each.name === name)],
    company: (name) => [company, companies.find((each) => (each.id || "-") === name)],
    finding: (name) => [finding, groups[Number(name)]],
  };

  // Views, filters and details are in the address, so that what is seen can be sent to somebody.
  const parts = [...document.querySelectorAll("[data-in]")];
  const controls = [...document.querySelectorAll("[aria-controls^=view-]")];
  let view = "board";
  function show(name) {
    view = name;
    for (const part of parts) part.hidden = !part.dataset.in.split(" ").includes(name);
    for (const control of controls) {
      if (control.getAttribute("aria-controls") === `view-${name}`) control.setAttribute("aria-current", "page");
      else control.removeAttribute("aria-current");
    }
    for (const list of Object.values(lists)) list.draw();
  }

  const asWord = { team: (at) => data.teams[at], company: (at) => companies[at].id || "-", state: (at) => both(data.words[data.states[at]], false), verdict: (name) => name };
  function remember() {
    const asked = new URLSearchParams();
    for (const [name, select] of Object.entries(selects)) if (select.value !== "") asked.set(name, asWord[name](select.value));
    if (search.value) asked.set("q", search.value);
    const text = asked.toString();
    set(`#view-${view}${text ? `?${text}` : ""}`);
  }
  function set(hash) {
    try {
      history.replaceState(null, "", hash);
    } catch {
      // A browser that doesn't let a file say where it is shows the page all the same.
    }
  }
  function restore(asked) {
    for (const [name, select] of Object.entries(selects)) {
      const wanted = asked.get(name);
      const option = wanted === null ? null : [...select.options].find((each) => each.value !== "" && asWord[name](each.value) === wanted);
      select.value = option ? option.value : "";
    }
    search.value = asked.get("q") || "";
    filter();
  }
  function refilter() {
    filter();
    remember();
  }

  function go() {
    const [hash, asked] = location.hash.slice(1).split("?", 2);
    const [, kind, rest] = /^(repository|company|finding)-(.*)$/.exec(hash) || [];
    if (kind) {
      let name = rest;
      try {
        name = decodeURIComponent(rest);
      } catch {
        // It is as it is written.
      }
      const [tells, what] = details[kind](name);
      if (!what) return;
      detailed = () => tells(what);
      detailed();
      return;
    }
    if (dialog.open) dialog.close();
    if (asked !== undefined) restore(new URLSearchParams(asked));
    const target = hash && $(hash);
    if (!target) return;
    const part = target.closest("[data-in]");
    const views = part ? part.dataset.in.split(" ") : [];
    if (views.length && !views.includes(view)) show(views[0]);
    target.focus({ preventScroll: true });
    if (hash.startsWith("view-")) scrollTo(0, 0);
    else target.scrollIntoView();
  }

  // What can be filtered by, in the reader's language; what is chosen stays.
  function fill() {
    const options = {
      team: data.teams.map((name, at) => [at, name]),
      company: companies.map((each) => [each.at, word(each.name)]),
      state: data.states.map((number, at) => [at, word(number)]),
    };
    for (const [name, listed] of Object.entries(options)) {
      const select = selects[name];
      const chosen = select.value;
      while (select.options.length > 1) select.remove(1);
      const text = new Intl.Collator(root.lang, { numeric: true }).compare;
      listed.sort(([, a], [, b]) => text(a, b));
      select.append(...listed.map(([at, said]) => el("option", { value: at }, said)));
      select.value = chosen;
    }
  }

  function speak(name) {
    root.lang = name;
    $("language").value = name;
    for (const each of document.querySelectorAll("[data-en]")) {
      if (each.id !== "shown" && !each.dataset.name) each.textContent = each.dataset[name];
    }
    fill();
    filter();
    if (dialog.open && detailed) detailed();
  }

  // A mark of the map leads to what lies there.
  function mark(event) {
    const each = event.target.closest && event.target.closest("#map [data-company]");
    if (!each || (event.type === "keydown" && event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    const ids = each.dataset.company.split(" ");
    const at = ids.length === 1 ? companies.findIndex((one) => one.id === ids[0]) : -1;
    if (view === "board") show("dpo");
    selects.company.value = at < 0 || selects.company.value === String(at) ? "" : at;
    refilter();
  }

  let waiting = 0;
  search.addEventListener("input", () => {
    filter();
    clearTimeout(waiting);
    waiting = setTimeout(remember, 300);
  });
  for (const select of Object.values(selects)) select.addEventListener("change", refilter);
  $("reset").addEventListener("click", () => {
    search.value = "";
    for (const select of Object.values(selects)) select.value = "";
    refilter();
  });
  $("language").addEventListener("change", () => speak($("language").value));
  $("theme").addEventListener("change", () => (root.dataset.theme = $("theme").value));
  $("close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", remember);
  const main = $("main");
  for (const kind of ["click", "keydown"]) {
    main.addEventListener(kind, opener);
    main.addEventListener(kind, mark);
  }
  // A link to where the address already leads changes no address.
  document.addEventListener("click", (event) => {
    const to = event.target.closest && event.target.closest('a[href^="#"]');
    if (to && to.getAttribute("href") === location.hash) go();
  });
  addEventListener("hashchange", go);
  addEventListener("beforeprint", () => {
    for (const list of Object.values(lists)) list.draw(PRINTED);
  });
  addEventListener("afterprint", () => {
    for (const list of Object.values(lists)) list.draw();
  });
  addEventListener("resize", () => {
    for (const list of Object.values(lists)) {
      list.measured = 0;
      list.draw();
    }
  });

  root.classList.add("scripted");
  fill();
  show(view);
  filter();
  go();
  // Whoever searches first needn't wait for it.
  (window.requestIdleCallback || setTimeout)(index);
})();
