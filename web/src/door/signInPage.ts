// The page by which one signs in, made of plain elements: it is there before any library is.
import { call, said } from "@/api/http";
import { remember } from "@/core/remember";
import { spoken, t } from "@/core/words";
import css from "@/door/door.module.css";
import { make } from "@/door/make";

interface Entrance {
  /** Why the page is shown, where that is no matter of course. */
  note?: string;
  /** The server knows the person now. */
  entered: () => void;
  /** Another language has been chosen, and remembered. */
  languageChosen?: () => void;
}

export function signInPage({ note, entered, languageChosen }: Entrance): HTMLElement {
  const login = field("login", t("web.sign_in.login"), "username");
  const password = field("password", t("web.sign_in.password"), "current-password");
  password.input.type = "password";
  password.box.append(eye(password.input));
  const refused = make("p", { className: css.refused, role: "alert", hidden: true });
  const enter = make("button", { className: css.enter, type: "submit" }, t("web.sign_in.enter"));
  const form = make("form", {}, login.line, password.line, enter);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void sign();
  });
  const sign = async () => {
    enter.disabled = true;
    refused.hidden = true;
    try {
      await call("POST", "/api/session", { body: { login: login.input.value, password: password.input.value } });
      entered();
    } catch (error) {
      enter.disabled = false;
      refused.hidden = false;
      refused.textContent = said(error);
      password.input.select();
    }
  };
  const sheet = make(
    "div",
    { className: css.sheet },
    mark(),
    make("h1", { className: css.title }, t("web.sign_in.title")),
    ...(note ? [make("p", { className: css.note }, note)] : []),
    refused,
    form,
    make("p", { className: css.forgot }, t("web.sign_in.forgot")),
  );
  document.title = `${t("web.sign_in.title")} · Sbyt`;
  const page = make("main", { className: css.threshold }, sheet, language(languageChosen));
  queueMicrotask(() => login.input.focus());
  return page;
}

export const mark = () =>
  make("div", { className: css.mark }, make("img", { src: "/icon.svg", alt: "", width: 32, height: 32 }), "Sbyt");

function field(name: string, label: string, autocomplete: AutoFill) {
  const input = make("input", { className: css.input, id: `door-${name}`, name, autocomplete, required: true });
  const box = make("span", { className: css.box }, input);
  return { input, box, line: make("div", { className: css.field }, make("label", { htmlFor: input.id }, label), box) };
}

/* Shows what is being typed for as long as it is pressed in. */
function eye(input: HTMLInputElement) {
  const button = make("button", {
    className: css.eye,
    type: "button",
    ariaLabel: t("web.sign_in.show"),
    ariaPressed: "false",
  });
  button.addEventListener("click", () => {
    const shown = input.type === "password";
    input.type = shown ? "text" : "password";
    button.ariaPressed = String(shown);
    input.focus();
  });
  return button;
}

function language(chosen?: () => void) {
  const other = spoken() === "ru" ? "en" : "ru";
  const button = make(
    "button",
    { className: css.language, type: "button", lang: other },
    other === "en" ? "English" : "Русский",
  );
  button.addEventListener("click", () => {
    remember("language", other);
    chosen?.();
  });
  return button;
}
