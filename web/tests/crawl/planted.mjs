// A page with one fault of each kind, and the same things done right: the crawler names the first and is silent about
// the others.
export const PLANTED = [
  { kind: "dead", name: "мёртвая", what: "a dead button" },
  { kind: "dead", name: "глухое поле", what: "a field nothing can be typed into" },
  { kind: "error", name: "бросает", what: "a button that throws" },
  { kind: "error", name: "ломает", what: "a button that breaks the screen" },
  { kind: "focus", name: "уходит", what: "a button that takes the focus away with it" },
  { kind: "focus", name: "вор", what: "a dialog that does not give the focus back" },
  { kind: "shut", name: "без выхода", what: "a dialog that does not close" },
  { kind: "covered", name: "под стеклом", what: "a button under glass" },
  { kind: "wide", name: "раздвигает", what: "a button that makes the page wider than its window" },
];

const first = `
<section><button id="well">живая</button>
<a href="/planted/other">дальше</a> <button id="opens">окно</button></section>
<section><input aria-label="поле">
<input aria-label="глухое поле" id="deaf"> <button>мёртвая</button></section>
<section><button id="throws">бросает</button>
<button id="focus">уходит</button> <button id="thief">вор</button></section>
<section><button id="shut">без выхода</button> <button id="wide">раздвигает</button>
<div style="position:relative"><button>под стеклом</button>
<div style="position:absolute;inset:0" class="glass"></div></div>
<button id="breaks">ломает</button></section><p id="told"></p>`;

/* As the client does, the page goes from address to address without being loaded again. */
const script = `
const main = document.querySelector("main"), push = history.pushState, $ = (id) => document.getElementById(id);
const say = (text) => ($("told").textContent = text);
function draw() {
  main.innerHTML = location.pathname === "/planted" ? first : "<button id=well>живая</button><p id=told></p>";
  for (const [id, deed] of Object.entries(deeds)) if ($(id)) $(id).onclick = deed;
  if ($("deaf")) $("deaf").onbeforeinput = (event) => event.preventDefault();
  main.focus();
}
history.pushState = (...all) => (push.apply(history, all), draw());
addEventListener("popstate", draw);
addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (link) event.preventDefault(), history.pushState(null, "", link.getAttribute("href"));
});
function box(closes, gives) {
  const opener = document.activeElement, one = document.createElement("div");
  one.setAttribute("role", "dialog");
  one.style.cssText = "position:fixed;inset:30%";
  one.innerHTML = "<button>внутри</button>";
  one.firstChild.onclick = () => say("внутри " + Math.random());
  const close = () => (one.remove(), document.removeEventListener("pointerdown", beside), gives && opener.focus());
  const beside = (event) => {
    if (one.contains(event.target)) return;
    addEventListener("mousedown", (next) => next.preventDefault(), { once: true });
    close();
  };
  document.body.append(one);
  one.firstChild.focus();
  if (!closes) return;
  one.onkeydown = (event) => event.key === "Escape" && close();
  setTimeout(() => document.addEventListener("pointerdown", beside));
}
const deeds = {
  well: () => say("нажата " + Math.random()),
  throws: () => { say("сейчас " + Math.random()); throw new Error("нарочно"); },
  focus: () => $("focus").remove(),
  opens: () => box(true, true), thief: () => box(true, false), shut: () => box(false, true),
  wide: () => main.insertAdjacentHTML("beforeend", "<div style='width:4000px'>широкое</div>"),
  breaks: () => main.insertAdjacentHTML("beforeend", "<div data-broken>сломано</div>"),
};
draw();`;

const page = `<!doctype html><html lang="ru"><meta name="viewport" content="width=device-width"><title>Sbyt</title>
<body><main tabindex="-1"></main>
<script>const first = ${JSON.stringify(first)};${script}</script></body></html>`;

/** Answers the addresses of the planted page. */
export const planted = (context) =>
  context.route("**/planted*", (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body: page }));
