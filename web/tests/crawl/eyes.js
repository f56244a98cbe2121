// What the crawler sees from within a page: which controls there are, what lies on top, what a press has changed, and whether all is quiet.
(() => {
  const CONTROL = [
    "a[href]",
    "button",
    "input:not([type=hidden])",
    "select",
    "textarea",
    "summary",
    "canvas",
    "[role=button]",
    "[role=option]",
    "[role=menuitem]",
    "[role=tab]",
    "[role=switch]",
    "[role=checkbox]",
    "[role=row][tabindex]",
  ].join(",");
  const LAYER = "[role=dialog], [role=menu], [role=listbox], [data-dates-dropdown]";
  /* Where names stand side by side that are the program's, each a control of its own. */
  const NAMED = "nav, dl, [role=menu], [role=radiogroup], [role=tablist]";
  const MANY = 8;

  const ids = new WeakMap();
  const found = new Map();
  let last = 0;
  function idOf(element) {
    if (!ids.has(element)) {
      ids.set(element, ++last);
      found.set(last, new WeakRef(element));
    }
    return ids.get(element);
  }

  const words = (text) => (text ?? "").replace(/\s+/gu, " ").trim().slice(0, 200);
  const byIds = (text) =>
    (text ?? "")
      .split(/\s+/)
      .map((id) => document.getElementById(id)?.textContent ?? "")
      .join(" ");
  const nameOf = (element) =>
    words(
      element.getAttribute("aria-label") ||
        byIds(element.getAttribute("aria-labelledby")) ||
        element.labels?.[0]?.textContent ||
        element.innerText ||
        element.title ||
        element.placeholder ||
        element.querySelector?.("[title]")?.title,
    );

  function roleOf(element) {
    const kind = element.tagName.toLowerCase();
    if (element.getAttribute("role")) return element.getAttribute("role");
    if (kind === "input")
      return /^(checkbox|radio|file)$/.test(element.type) ? element.type : element.readOnly ? "picker" : "text";
    return { a: "link", textarea: "text", select: "picker", canvas: "chart" }[kind] ?? "button";
  }

  const shown = (element) =>
    element.getClientRects().length > 0 &&
    element.checkVisibility({ visibilityProperty: true }) &&
    !element.closest("[inert]");
  const small = (element) =>
    element.offsetWidth < 4 || element.offsetHeight < 4 || getComputedStyle(element).opacity === "0";

  /* A box to tick may be drawn by its label. */
  const bodyOf = (element) =>
    element.labels?.[0] && /^(radio|checkbox)$/.test(element.type) && (!shown(element) || small(element))
      ? element.labels[0]
      : element;

  /* Rows of a list, and many alike side by side, are one control for each place in them. */
  function rowOf(element) {
    for (let at = element; at && at.parentElement && at !== document.body; at = at.parentElement) {
      if (at.matches(NAMED)) return null;
      if (at.matches("tbody tr, [role=row], [role=option], [data-dates-dropdown] td")) return at;
      if (at.tagName === "LI" && !at.closest("nav")) return at;
      let alike = 0;
      for (const each of at.parentElement.children)
        if (each.tagName === at.tagName && each.className === at.className) alike++;
      if (alike >= MANY) return at;
    }
    return null;
  }
  const isRow = (row) => row.matches("tr, td, li, [role=row], [role=option]");
  const placeIn = (row, element) =>
    row === element
      ? "row"
      : `row ${[...row.querySelectorAll(CONTROL)].filter((each) => roleOf(each) === roleOf(element)).indexOf(element)}`;

  function regionOf(element) {
    const region = element.closest("section[aria-label], [role=region][aria-label]");
    return region ? words(region.getAttribute("aria-label")) : "";
  }

  const groupOf = (element) =>
    words(element.closest("[role=group][aria-label]:not(fieldset)")?.getAttribute("aria-label"));

  function areaOf(element) {
    if (element.closest("[role=status]")) return "toast";
    if (element.closest("nav")) return "around";
    return element.closest("main, [role=dialog], [role=menu], [role=listbox], [data-dates-dropdown], [data-portal]")
      ? ""
      : "around";
  }

  const layers = () => [...document.querySelectorAll(LAYER)].filter(shown);

  function done(element) {
    if (element.tagName === "A" && element.getAttribute("aria-current")) return true;
    return element.type === "radio" && element.checked;
  }

  /* Of rows that are one control two are told: the first, and another where the first is chosen already. */
  function severalRows() {
    const times = new Map();
    return (element, row) => {
      if (!row || !isRow(row)) return false;
      const kind = `${roleOf(element)} ${placeIn(row, element)} ${regionOf(element)}`;
      times.set(kind, (times.get(kind) ?? 0) + 1);
      return times.get(kind) > 2;
    };
  }

  const canBePressed = (element) => {
    if (element.disabled || element.type === "file" || done(element)) return false;
    if (element.closest("[aria-disabled=true], [data-disabled], fieldset:disabled")) return false;
    const body = bodyOf(element);
    if (!shown(body) || small(body) || body.getBoundingClientRect().right <= 0) return false;
    return getComputedStyle(body).pointerEvents !== "none";
  };

  /* Where links lead, each screen and its parameters once. */
  function leads(elements) {
    const places = new Map();
    for (const element of elements) {
      const href = element.tagName === "A" ? element.getAttribute("href") : null;
      if (!href?.startsWith("/") || href.startsWith("/api/")) continue;
      const { pathname, searchParams } = new URL(href, location.href);
      places.set(`${pathname.replace(/\d+/g, "")} ${[...searchParams.keys()].join()}`, href);
    }
    return [...places.values()];
  }

  function describe(element, row) {
    const href = element.tagName === "A" ? element.getAttribute("href") : null;
    return {
      id: idOf(element),
      role: roleOf(element),
      name: nameOf(element),
      region: regionOf(element),
      group: groupOf(element),
      area: areaOf(element),
      row: row && placeIn(row, element),
      alike: Boolean(row) && !isRow(row),
      picked: element.getAttribute("aria-selected") === "true",
      file: Boolean(href) && element.hasAttribute("download"),
      away: Boolean(href) && (/^(tel|mailto|https?):/.test(href) || element.target === "_blank"),
    };
  }

  /** What can be pressed in these layers, or where there are none on the page beneath all layers. */
  function controls(inside, eachRow) {
    const roots = inside.length
      ? inside.map((id) => found.get(id)?.deref()).filter((each) => each?.isConnected)
      : [document.body];
    const above = inside.length ? [] : layers();
    const all = new Set(roots.flatMap((root) => [...root.querySelectorAll(CONTROL)]));
    if (inside.length) for (const element of document.querySelectorAll("[role=status] button")) all.add(element);
    const isOneMore = severalRows();
    const pressed = [];
    for (const element of all) {
      if (above.some((layer) => layer.contains(element))) continue;
      const row = rowOf(element);
      if ((eachRow || !isOneMore(element, row)) && canBePressed(element)) pressed.push(describe(element, row));
    }
    return { controls: pressed, leads: leads(all) };
  }

  /* What happens from now on. */
  const seen = { changes: 0, requests: 0, prints: 0, refusals: 0 };
  const since = { at: 0, focus: null, url: "", value: undefined, element: null, scroll: 0 };
  let lastChange = performance.now();
  let pending = 0;
  const noise = /^(aria-describedby|data-focus|data-hovered)$/;
  const counts = (record) => {
    if (record.type === "attributes" && noise.test(record.attributeName)) return false;
    const place = record.target instanceof Element ? record.target : record.target.parentElement;
    if (place?.closest("[role=tooltip]")) return false;
    return ![...(record.addedNodes ?? []), ...(record.removedNodes ?? [])].some(
      (node) => node instanceof Element && (node.matches("[role=tooltip]") || node.querySelector("[role=tooltip]")),
    );
  };
  new MutationObserver((records) => {
    if (!records.some(counts)) return;
    seen.changes++;
    lastChange = performance.now();
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  const fetched = window.fetch;
  window.fetch = async (...all) => {
    seen.requests++;
    pending++;
    try {
      return await fetched(...all);
    } finally {
      pending--;
      lastChange = performance.now();
    }
  };
  const sends = XMLHttpRequest.prototype.send;
  XMLHttpRequest.prototype.send = function send(...all) {
    seen.requests++;
    pending++;
    this.addEventListener("loadend", () => {
      pending--;
      lastChange = performance.now();
    });
    return sends.apply(this, all);
  };
  window.print = () => void seen.prints++;
  document.addEventListener("invalid", () => void seen.refusals++, true);
  document.addEventListener("scroll", () => void since.scroll++, true);

  const valueOf = (element) => (element && "value" in element ? `${element.value} ${element.checked}` : undefined);
  const pause = (ms) => new Promise((go) => setTimeout(go, ms));
  const waits = () =>
    [...document.querySelectorAll(".mantine-Skeleton-root, [aria-busy=true], button[data-loading]")].some(
      (each) => shown(each) && each.getBoundingClientRect().top < innerHeight,
    );

  async function quiet(still = 45, most = 8000) {
    const began = performance.now();
    const rests = () => Math.max(lastChange, began - still / 2) + still - performance.now();
    for (let left = still / 2; left > 0 && performance.now() < began + most; left = rests()) {
      await pause(left);
      while (performance.now() < began + most && (pending > 0 || waits())) await pause(10);
    }
    return performance.now() < began + most;
  }

  const frame = () => Promise.race([new Promise(requestAnimationFrame), pause(100)]);

  /* Brought into sight; what lies beside what opened it follows that a frame later. */
  async function sight(body) {
    const top = () => body.getBoundingClientRect().top;
    const began = top();
    body.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    if (!body.closest(LAYER) || top() === began) return;
    for (let tries = 0, last = NaN; tries < 20 && last !== top(); tries++) {
      last = top();
      await frame();
      await frame();
    }
  }

  /* Where to press, best far from where something has just been pressed. */
  async function aim(id, near = null) {
    const element = found.get(id)?.deref();
    if (!element?.isConnected) return null;
    const body = bodyOf(element);
    await sight(body);
    const hit = (x, y) => {
      const top = document.elementFromPoint(x, y);
      return top && (body.contains(top) || (top.contains(body) && top.tagName === "LABEL") || element.contains(top))
        ? null
        : (top ?? document.body);
    };
    let covered = null;
    const edge = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
    for (const box of body.getClientRects()) {
      const [left, right] = [Math.max(box.left, edge.left), Math.min(box.right, edge.right)];
      const [top, bottom] = [Math.max(box.top, edge.top), Math.min(box.bottom, edge.bottom)];
      if (right - left < 1 || bottom - top < 1) continue;
      const ends = body.matches("[role=row]") ? [0.97, 0.6] : [0.5, 0.2, 0.8];
      const points = ends.map((part) => ({ x: left + (right - left) * part, y: (top + bottom) / 2 }));
      if (near) points.sort((a, b) => Math.abs(b.x - near.x) - Math.abs(a.x - near.x));
      for (const { x, y } of points) {
        covered = hit(x, y);
        if (!covered) return { x, y };
      }
    }
    const overlay = covered && /overlay|inner/i.test(covered.className) ? layers().at(-1) : null;
    const layer = overlay ?? covered?.closest(LAYER);
    return {
      under: layer && !layer.contains(element) ? idOf(layer) : null,
      covered: covered
        ? `${covered.tagName.toLowerCase()}.${covered.className} ${words(covered.textContent).slice(0, 40)}`
        : "out of sight",
    };
  }

  function begin(id) {
    Object.assign(seen, { changes: 0, requests: 0, prints: 0, refusals: 0 });
    const element = found.get(id)?.deref() ?? null;
    Object.assign(since, {
      focus: document.activeElement,
      url: location.href,
      element,
      value: valueOf(element),
      scroll: 0,
      missed: false,
    });
  }

  window.addEventListener(
    "pointerdown",
    ({ target }) => (since.missed = Boolean(since.element) && !since.element.contains(target)),
    { capture: true },
  );

  const lost = () => document.activeElement === document.body || document.activeElement === null;

  function told() {
    const moved =
      document.activeElement !== since.focus &&
      document.activeElement !== since.element &&
      !lost() &&
      !since.element?.contains(document.activeElement);
    const own = document.activeElement === since.element && since.element?.matches("input, textarea, select");
    return {
      missed: since.missed,
      did:
        seen.changes + seen.requests + seen.prints + seen.refusals + since.scroll > 0 ||
        location.href !== since.url ||
        moved ||
        own ||
        valueOf(since.element) !== since.value,
      lost: lost(),
      url: location.pathname + location.search,
      layers: layers().map(idOf),
      broken: document.querySelectorAll("[data-broken]").length,
      wide: Math.max(document.documentElement.scrollWidth, innerWidth) > screen.width + 1,
      document: performance.timeOrigin,
    };
  }

  /* Whoever gives the focus back after a press may take a moment longer; who goes elsewhere by an address has none. */
  async function settled(pressed = true) {
    await quiet();
    for (let tries = 0; pressed && lost() && tries < 60; tries++) await pause(10);
    return told();
  }

  /* What lies within another belongs to it. */
  function groups(all) {
    const elements = all.map((id) => found.get(id)?.deref()).filter(Boolean);
    const roots = elements.filter((each) => !elements.some((other) => other !== each && other.contains(each)));
    return roots.map((root) => elements.filter((each) => root.contains(each)).map(idOf));
  }

  /* A point that belongs to nothing: where a finger taps to leave what lies on top. */
  function outside(inside) {
    const roots = inside.map((id) => found.get(id)?.deref()).filter(Boolean);
    for (let y = 6; y < innerHeight; y += 40)
      for (let x = innerWidth - 6; x > 0; x -= 40) {
        const at = document.elementFromPoint(x, y);
        if (!at || roots.some((root) => root.contains(at)) || at.closest(`${CONTROL}, label, [role=status]`)) continue;
        if (roots.some((root) => at.contains(root) && root.parentElement === at && !/overlay|inner/.test(at.className)))
          continue;
        return { x, y };
      }
    return null;
  }

  window.crawlEyes = {
    settled,
    controls,
    aim,
    begin,
    told,
    quiet,
    outside,
    groups,
    layers: () => layers().map(idOf),
    isOpen: (id) => Boolean(found.get(id)?.deref()?.isConnected && shown(found.get(id).deref())),
    typed: (id) => (found.get(id)?.deref()?.isConnected ? valueOf(found.get(id).deref()) : undefined),
    hasFocus: (id) => found.get(id)?.deref() === document.activeElement,
    keyShown: () => /\b(?:web|head|class|table)\.[a-z_]+(?:\.[a-z_]+)*/.exec(document.body.innerText)?.[0] ?? null,
    says: () => words(document.querySelector("main")?.innerText).length > 0,
    nav: (to) => history.pushState(null, "", to),
  };
})();
