// One's own settings: language, time zone, password, the look of lists and colours.
import { Button, PasswordInput, SegmentedControl, Select, useMantineColorScheme } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { call, said } from "@/api/http";
import type { Row } from "@/api/types";
import { useRecord } from "@/api/useRecord";
import { useSession } from "@/api/useSession";
import { useRemembered } from "@/core/remember";
import { t } from "@/core/words";
import { SettingsTabs } from "@/features/settings/SettingsTabs";
import { Section } from "@/record/Section";
import { useFieldEdit } from "@/record/useFieldEdit";
import { Page } from "@/ui/Page";
import { tellBad, tellDone } from "@/ui/toasts";
import css from "@/features/settings/Me.module.css";

const zones = Intl.supportedValuesOf("timeZone");

export default function Me() {
  return (
    <Page title={t("web.place.settings")} name={t("web.settings.me")}>
      <SettingsTabs />
      <div className={css.parts}>
        <Language />
        <Look />
        <Password />
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
        <Select label={t("web.settings.language")} allowDeselect={false} data={[{ value: "ru", label: "Русский" }, { value: "en", label: "English" }]} value={user.language} onChange={(language) => void put({ language })} disabled={!me.data} />
        <Select label={t("web.set_up.zone")} searchable limit={60} clearable clearButtonProps={{ "aria-label": t("web.clear") }} placeholder={firm.zone} data={zones} value={user.zone || null} onChange={(zone) => void put({ zone })} disabled={!me.data} />
      </div>
    </Section>
  );
}

function Look() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [dense, setDense] = useRemembered("dense", false);
  return (
    <Section title={t("web.settings.look")}>
      <div className={css.lines}>
        <div>
          <div className={css.label}>{t("web.settings.colours")}</div>
          <SegmentedControl aria-label={t("web.settings.colours")} value={colorScheme} onChange={(value) => setColorScheme(value as typeof colorScheme)} data={["auto", "light", "dark"].map((value) => ({ value, label: t(`web.settings.colours.${value}`) }))} />
        </div>
        <div>
          <div className={css.label}>{t("web.settings.rows")}</div>
          <SegmentedControl aria-label={t("web.settings.rows")} value={dense ? "dense" : "roomy"} onChange={(value) => setDense(value === "dense")} data={["roomy", "dense"].map((value) => ({ value, label: t(`web.settings.rows.${value}`) }))} />
        </div>
      </div>
    </Section>
  );
}

function Password() {
  const { user } = useSession();
  const [old, setOld] = useState("");
  const [password, setPassword] = useState("");
  const [refused, setRefused] = useState("");
  const [busy, setBusy] = useState(false);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setRefused("");
    try {
      await call("POST", `/api/user/${user.id}/password`, { body: { old, password } });
      tellDone(t("web.settings.password_changed"));
      setOld("");
      setPassword("");
    } catch (error) {
      setRefused(said(error));
    }
    setBusy(false);
  };
  const show = { "aria-label": t("web.sign_in.show") };
  return (
    <Section title={t("web.sign_in.password")}>
      <form onSubmit={(event) => void save(event)} className={css.lines}>
        <PasswordInput label={t("web.settings.password_old")} autoComplete="current-password" required withAsterisk={false} value={old} onChange={(event) => setOld(event.currentTarget.value)} visibilityToggleButtonProps={show} />
        <PasswordInput label={t("web.settings.password_new")} autoComplete="new-password" required withAsterisk={false} value={password} error={refused} onChange={(event) => setPassword(event.currentTarget.value)} visibilityToggleButtonProps={show} />
        <div>
          <Button type="submit" loading={busy}>
            {t("web.settings.password_change")}
          </Button>
        </div>
      </form>
    </Section>
  );
}
