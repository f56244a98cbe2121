// The firm: its name, the zone its days are counted in, the language of what it sends.
import { Button, Select, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { call, Refusal, said } from "@/api/http";
import { may, useSession } from "@/api/useSession";
import { t } from "@/core/words";
import { AnalysisRule } from "@/features/settings/AnalysisRule";
import { DealLimit } from "@/features/settings/DealLimit";
import { ExampleGoes } from "@/features/settings/ExampleGoes";
import { FileRoom } from "@/features/settings/FileRoom";
import { SetAside } from "@/features/settings/SetAside";
import { SettingsTabs } from "@/features/settings/SettingsTabs";
import { ZoneSelect } from "@/fields/ZoneSelect";
import { Section } from "@/record/Section";
import { Page } from "@/ui/Page";
import { tellBad, tellDone } from "@/ui/toasts";
import css from "@/features/settings/Me.module.css";

export default function Firm() {
  const session = useSession();
  const { firm } = session;
  const client = useQueryClient();
  const [form, setForm] = useState({ name: firm.name, zone: firm.zone, language: firm.language as string });
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setRefusal(null);
    try {
      await call("PATCH", "/api/firm", { body: form });
      await client.invalidateQueries({ queryKey: ["session"] });
      tellDone(t("web.record.saved"));
    } catch (error) {
      if (error instanceof Refusal) setRefusal(error);
      tellBad(said(error));
    }
    setBusy(false);
  };
  return (
    <Page title={t("web.place.settings")} name={t("web.settings.firm")}>
      <SettingsTabs />
      <div className={css.parts}>
        <Section title={t("web.settings.firm")}>
          <form onSubmit={(event) => void save(event)} className={css.lines}>
            <TextInput
              label={t("web.set_up.firm")}
              required
              withAsterisk={false}
              value={form.name}
              error={refusal?.of("name")[0]}
              onChange={(event) => setForm({ ...form, name: event.currentTarget.value })}
            />
            <ZoneSelect
              first={[firm.zone]}
              allowDeselect={false}
              value={form.zone}
              error={refusal?.of("zone")[0]}
              onChange={(zone) => setForm({ ...form, zone: zone ?? form.zone })}
            />
            <Select
              label={t("web.settings.language")}
              allowDeselect={false}
              data={[
                { value: "ru", label: "Русский" },
                { value: "en", label: "English" },
              ]}
              value={form.language}
              onChange={(language) => setForm({ ...form, language: language ?? form.language })}
            />
            <TextInput
              label={t("web.set_up.currency")}
              description={t("web.settings.currency_note")}
              value={firm.currency}
              readOnly
            />
            <div>
              <Button type="submit" loading={busy}>
                {t("web.save")}
              </Button>
            </div>
          </form>
        </Section>
        <AnalysisRule />
        <DealLimit />
        <ExampleGoes />
        <SetAside />
        {may(session, "import", "view") && <FileRoom />}
      </div>
    </Page>
  );
}
