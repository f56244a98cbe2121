// Before the house is there: who comes is asked, and whoever is not in may sign in while the rest of the client is on
// its way.
import words from "virtual:door-words";
import { type Who, whoIsThere } from "@/api/who";
import { preferredLanguage } from "@/core/preferredLanguage";
import { speak, t } from "@/core/words";
import css from "@/door/door.module.css";
import { make } from "@/door/make";
import { mark, signInPage } from "@/door/signInPage";

export interface House {
  enter: (root: HTMLElement, who: Who | undefined) => void;
}

/* What is there sooner is not announced. */
const SOON_MS = 400;

/* The colours Mantine will take: those chosen in this browser, or those of the system. */
function colours() {
  const chosen = localStorage.getItem("mantine-color-scheme-value") ?? "auto";
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  document.documentElement.dataset.mantineColorScheme = chosen === "auto" ? system : chosen;
}

export async function openDoor(root: HTMLElement, house: Promise<House>) {
  house.catch(() => undefined); // told when it is wanted
  colours();
  const language = preferredLanguage();
  speak(language, words[language]);
  waiting(root);
  const who = await whoIsThere().catch(() => undefined);
  if (!who || who.session || who.setup) return void letIn(root, house, who);
  letSignIn(root, house);
}

function letSignIn(root: HTMLElement, house: Promise<House>) {
  const language = preferredLanguage();
  speak(language, words[language]);
  const entered = () => {
    waiting(root);
    void whoIsThere()
      .catch(() => undefined)
      .then((who) => letIn(root, house, who));
  };
  root.replaceChildren(signInPage({ entered, languageChosen: () => letSignIn(root, house) }));
}

async function letIn(root: HTMLElement, house: Promise<House>, who: Who | undefined) {
  try {
    const { enter } = await house;
    root.replaceChildren();
    enter(root, who);
  } catch {
    const again = make("button", { className: css.enter, type: "button" }, t("web.again"));
    again.addEventListener("click", () => location.reload());
    const sheet = make(
      "div",
      { className: css.sheet },
      mark(),
      make("p", { role: "alert" }, t("web.fail.unreachable")),
      again,
    );
    root.replaceChildren(make("main", { className: css.threshold }, sheet));
  }
}

function waiting(root: HTMLElement) {
  const bar = make("div", { className: css.waiting, role: "progressbar", ariaLabel: "Sbyt", hidden: true });
  root.replaceChildren(make("div", { className: css.threshold }, bar));
  setTimeout(() => (bar.hidden = false), SOON_MS);
}
