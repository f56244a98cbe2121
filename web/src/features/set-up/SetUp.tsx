// The first page of a new firm: the one-time token, the firm and its owner, and what to begin with.
import { Button, PasswordInput, Radio, Select, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { useLocation } from "wouter";
import { call, Refusal, said } from "@/api/http";
import { onSetUpToken, setUpToken } from "@/core/setUpToken";
import { spoken, t } from "@/core/words";
import { ExampleLoads } from "@/features/set-up/ExampleLoads";
import { ZoneSelect } from "@/fields/ZoneSelect";
import { Threshold } from "@/ui/Threshold";
import css from "@/features/set-up/SetUp.module.css";

const currencies = ["RUB", "KZT", "BYN", "USD", "EUR", "GBP", "CNY"];
const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/* Those beside which their refusal is shown; the token is asked for only where it did not come by the address. */
const told = ["name", "login", "password"];

const empty = { token: "", firm: "", currency: "RUB", zone: ownZone, name: "", login: "", password: "" };

export default function SetUp() {
  const client = useQueryClient();
  const [, go] = useLocation();
  const came = useSyncExternalStore(onSetUpToken, setUpToken);
  const [form, setForm] = useState(empty);
  const [loads, setLoads] = useState(false);
  const [begin, setBegin] = useState("example");
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const set = (name: keyof typeof empty) => (event: { currentTarget: { value: string } }) =>
    setForm({ ...form, [name]: event.currentTarget.value });
  const page = useRef<HTMLFormElement>(null);
  useEffect(() => {
    page.current?.querySelector<HTMLElement>("[data-invalid=true]")?.focus();
  }, [refusal]);
  const beside = refusal?.problems.some(
    (problem) => told.includes(problem.field ?? "") || (problem.field === "token" && !came),
  );
  const wrong = (field: string) => refusal?.of(field)[0];

  const enter = async (path: string) => {
    go(path);
    await client.invalidateQueries({ queryKey: ["session"] });
  };
  const start = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setRefusal(null);
    try {
      await call("POST", "/api/setup", {
        body: {
          token: came || form.token.trim(),
          firm: { name: form.firm, currency: form.currency, zone: form.zone, language: spoken() },
          user: { name: form.name, login: form.login, password: form.password },
          example: begin === "example",
        },
      });
      if (begin === "example") setLoads(true);
      else await enter("/import/new");
    } catch (error) {
      setRefusal(error instanceof Refusal ? error : new Refusal(0, said(error), []));
      setBusy(false);
    }
  };

  if (loads) return <ExampleLoads onDone={() => void enter("/analysis/findings")} />;
  return (
    <Threshold
      title={t("web.set_up.title")}
      note={t("web.set_up.note")}
      refused={refusal && !beside ? said(refusal) : ""}
    >
      <form ref={page} onSubmit={(event) => void start(event)} className={css.form}>
        {!came && (
          <TextInput
            label={t("web.set_up.token")}
            description={t("web.set_up.token_note")}
            required
            withAsterisk={false}
            autoComplete="off"
            spellCheck={false}
            value={form.token}
            onChange={set("token")}
            error={wrong("token")}
          />
        )}
        <TextInput
          label={t("web.set_up.firm")}
          required
          withAsterisk={false}
          autoComplete="organization"
          value={form.firm}
          onChange={set("firm")}
          error={wrong("name")}
        />
        <div className={css.pair}>
          <Select
            label={t("web.set_up.currency")}
            data={currencies}
            allowDeselect={false}
            value={form.currency}
            onChange={(value) => setForm({ ...form, currency: value ?? "RUB" })}
          />
          <ZoneSelect
            first={[ownZone]}
            allowDeselect={false}
            value={form.zone}
            onChange={(value) => setForm({ ...form, zone: value ?? ownZone })}
          />
        </div>
        <TextInput
          label={t("web.set_up.name")}
          required
          withAsterisk={false}
          autoComplete="name"
          value={form.name}
          onChange={set("name")}
        />
        <TextInput
          label={t("web.sign_in.login")}
          required
          withAsterisk={false}
          autoComplete="username"
          value={form.login}
          onChange={set("login")}
          error={wrong("login")}
        />
        <PasswordInput
          label={t("web.sign_in.password")}
          description={t("web.set_up.password_note")}
          required
          withAsterisk={false}
          autoComplete="new-password"
          value={form.password}
          onChange={set("password")}
          error={wrong("password")}
          visibilityToggleButtonProps={{ "aria-label": t("web.sign_in.show") }}
        />
        <Radio.Group label={t("web.set_up.begin")} value={begin} onChange={setBegin}>
          <div className={css.ways}>
            <Radio.Card value="example" className={css.way}>
              <Radio.Indicator />
              <span>
                <b>{t("web.set_up.example")}</b>
                <small>{t("web.set_up.example_note")}</small>
              </span>
            </Radio.Card>
            <Radio.Card value="own" className={css.way}>
              <Radio.Indicator />
              <span>
                <b>{t("web.set_up.own")}</b>
                <small>{t("web.set_up.own_note")}</small>
              </span>
            </Radio.Card>
          </div>
        </Radio.Group>
        <Button type="submit" fullWidth loading={busy}>
          {t("web.set_up.start")}
        </Button>
      </form>
    </Threshold>
  );
}
