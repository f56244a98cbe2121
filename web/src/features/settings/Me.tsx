// One's own settings: language, time zone, password, the look of lists and colours.
import { Button, PasswordInput, SegmentedControl, Select } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { call, Refusal, said } from "@/api/http";
import type { Row } from "@/api/shapes";
import { useRecord } from "@/api/useRecord";
import { useSession } from "@/api/useSession";
import { moment } from "@/core/day";
import { useRemembered } from "@/core/remember";
import { t } from "@/core/words";
import { zoneInWords } from "@/core/zones";
import { SettingsTabs } from "@/features/settings/SettingsTabs";
import { useSessions } from "@/features/settings/useSessions";
import { ZoneSelect } from "@/fields/ZoneSelect";
import { Section } from "@/record/Section";
import { useFieldEdit } from "@/record/useFieldEdit";
import { Page } from "@/ui/Page";
import { tellBad, tellDone } from "@/ui/toasts";
import { useColours } from "@/ui/useColours";
import css from "@/features/settings/Me.module.css";

export default function Me() {
  return (
    <Page title={t("web.place.settings")} name={t("web.settings.me")}>
      <SettingsTabs />
      <div className={css.parts}>
        <Language />
        <Look />
        <Password />
        <Sessions />
      </div>
    </Page>
  );
}

function Language() {
  const { user, firm } = useSession();
  const client = useQueryClient();
  const me = useRecord("user", user.id);
  const { save } = useFieldEdit("user");
  const put = async (values: Row) => {
    if (!me.data) return;
    const refusal = await save(me.data, values);
    if (refusal) tellBad(said(refusal));
    else await client.invalidateQueries({ queryKey: ["session"] });
  };
  return (
    <Section title={t("web.settings.language_zone")}>
      <div className={css.lines}>
        <Select
          label={t("web.settings.language")}
          allowDeselect={false}
          data={[
            { value: "ru", label: "Русский" },
            { value: "en", label: "English" },
          ]}
          value={user.language}
          onChange={(language) => void put({ language })}
          disabled={!me.data}
        />
        <ZoneSelect
          first={[firm.zone]}
          clearable
          clearButtonProps={{ "aria-label": t("web.clear") }}
          placeholder={zoneInWords(firm.zone)}
          value={user.zone || null}
          onChange={(zone) => void put({ zone })}
          disabled={!me.data}
        />
      </div>
    </Section>
  );
}

function Look() {
  const { chosen, choose } = useColours();
  const [dense, setDense] = useRemembered("dense", false);
  return (
    <Section title={t("web.settings.look")}>
      <div className={css.lines}>
        <div>
          <div className={css.label}>{t("web.settings.colours")}</div>
          <SegmentedControl
            aria-label={t("web.settings.colours")}
            value={chosen}
            onChange={(value) => choose(value as typeof chosen)}
            data={["auto", "light", "dark"].map((value) => ({ value, label: t(`web.settings.colours.${value}`) }))}
          />
        </div>
        <div>
          <div className={css.label}>{t("web.settings.rows")}</div>
          <SegmentedControl
            aria-label={t("web.settings.rows")}
            value={dense ? "dense" : "roomy"}
            onChange={(value) => setDense(value === "dense")}
            data={["roomy", "dense"].map((value) => ({ value, label: t(`web.settings.rows.${value}`) }))}
          />
        </div>
      </div>
    </Section>
  );
}

function Password() {
  const { user } = useSession();
  const [old, setOld] = useState("");
  const [password, setPassword] = useState("");
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setRefusal(null);
    try {
      await call("POST", `/api/user/${user.id}/password`, { body: { old, password } });
      tellDone(t("web.settings.password_changed"));
      setOld("");
      setPassword("");
    } catch (error) {
      setRefusal(error instanceof Refusal ? error : new Refusal(0, said(error), []));
    }
    setBusy(false);
  };
  const show = { "aria-label": t("web.sign_in.show") };
  return (
    <Section title={t("web.sign_in.password")}>
      <form onSubmit={(event) => void save(event)} className={css.lines}>
        <PasswordInput
          label={t("web.settings.password_old")}
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={old}
          error={refusal?.of("old")[0]}
          onChange={(event) => setOld(event.currentTarget.value)}
          visibilityToggleButtonProps={show}
        />
        <PasswordInput
          label={t("web.settings.password_new")}
          autoComplete="new-password"
          required
          withAsterisk={false}
          value={password}
          error={refusal && (refusal.of("password")[0] ?? (refusal.of("old").length ? undefined : said(refusal)))}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={show}
        />
        <div>
          <Button type="submit" loading={busy}>
            {t("web.settings.password_change")}
          </Button>
        </div>
      </form>
    </Section>
  );
}

/* "Firefox, Linux" is enough to know one's own device again. */
const device = (agent: string) => {
  const browser = /(Edg|YaBrowser|OPR|Firefox|Chrome|Safari)/.exec(agent)?.[1] ?? "";
  const system = /(Windows|Android|iPhone|iPad|Mac OS|Linux)/.exec(agent)?.[1] ?? "";
  return [{ Edg: "Edge", OPR: "Opera" }[browser] ?? browser, system].filter(Boolean).join(", ") || agent.slice(0, 40);
};

function Sessions() {
  const { user } = useSession();
  const { data, refetch } = useSessions(user.id);
  const leaveOthers = async () => {
    try {
      await call("POST", `/api/user/${user.id}/sign-out`);
      await refetch();
      tellDone(t("web.settings.others_out"));
    } catch (error) {
      tellBad(said(error));
    }
  };
  return (
    <Section
      title={t("web.settings.sessions")}
      aside={
        (data?.items.length ?? 0) > 1 && (
          <Button variant="subtle" size="compact-sm" onClick={() => void leaveOthers()}>
            {t("web.settings.leave_others")}
          </Button>
        )
      }
    >
      <ul className={css.sessions}>
        {data?.items.map((each) => (
          <li key={`${each.began} ${each.agent}`}>
            {device(each.agent)} · {each.address} · {each.here ? t("web.settings.here") : moment(each.seen)}
          </li>
        ))}
      </ul>
    </Section>
  );
}
