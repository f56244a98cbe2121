// The firm's own fields: added here, they are at once in cards, forms, filters, imports and exports.
import { Button, Group, Paper } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import Plus from "icons/IconPlus.mjs";
import { call, said } from "@/api/http";
import { may, useSession } from "@/api/useSession";
import { known, spoken, t, tn } from "@/core/words";
import { OwnFieldForm } from "@/features/settings/OwnFieldForm";
import { SettingsTabs } from "@/features/settings/SettingsTabs";
import { type OwnField, useOwnFields } from "@/features/settings/useOwnFields";
import { Dialog } from "@/ui/Dialog";
import { Nothing } from "@/ui/Nothing";
import { Page } from "@/ui/Page";
import { tellBad, tellDone } from "@/ui/toasts";
import { Trouble } from "@/ui/Trouble";
import css from "@/features/settings/OwnFields.module.css";

const labelOf = (field: OwnField) =>
  spoken() === "ru" ? field.label_ru || field.label_en : field.label_en || field.label_ru;

export default function OwnFields() {
  const session = useSession();
  const client = useQueryClient();
  const fields = useOwnFields();
  const [adding, setAdding] = useState(false);
  const [dropping, setDropping] = useState<OwnField | null>(null);
  const live = fields.data?.items.filter((field) => !field.archived) ?? [];
  const again = () =>
    Promise.all([client.invalidateQueries({ queryKey: ["field"] }), client.invalidateQueries({ queryKey: ["meta"] })]);
  const drop = async (field: OwnField) => {
    setDropping(null);
    try {
      await call("POST", `/api/field/${field.id}/archive`);
      tellDone(t("web.archive.done"));
      await again();
    } catch (error) {
      tellBad(said(error));
    }
  };
  return (
    <Page
      title={t("web.place.settings")}
      name={t("web.settings.fields")}
      actions={
        may(session, "field", "add") && (
          <Button leftSection={<Plus size={16} />} onClick={() => setAdding(true)}>
            {t("web.settings.new_field")}
          </Button>
        )
      }
    >
      <SettingsTabs />
      {fields.error && <Trouble error={fields.error} again={() => void fields.refetch()} />}
      {fields.data && !live.length && (
        <Nothing title={t("web.settings.no_fields")}>{t("web.settings.no_fields_note")}</Nothing>
      )}
      {live.map((field) => (
        <Paper key={field.id} withBorder className={css.field}>
          <b>{labelOf(field)}</b>
          <span>{known(`entity.${field.entity}`) ? t(`entity.${field.entity}`) : field.entity}</span>
          <span>{t(`web.type.${field.type}`)}</span>
          {may(session, "field", "archive") && (
            <Button
              variant="subtle"
              color="gray"
              size="compact-sm"
              className={css.drop}
              onClick={() => setDropping(field)}
            >
              {t("web.archive")}
            </Button>
          )}
        </Paper>
      ))}
      {dropping && (
        <Dialog onClose={() => setDropping(null)} title={t("web.archive.title", { name: labelOf(dropping) })}>
          <p>{t("web.settings.field_drop_note")}</p>
          {dropping.used > 0 && <p>{tn("web.settings.field_used", dropping.used)}</p>}
          <Group justify="flex-end" mt="md">
            <Button variant="default" onClick={() => setDropping(null)} data-autofocus>
              {t("web.cancel")}
            </Button>
            <Button color="red.9" onClick={() => void drop(dropping)}>
              {t("web.archive")}
            </Button>
          </Group>
        </Dialog>
      )}
      {adding && <OwnFieldForm close={() => setAdding(false)} onDone={() => void again()} />}
    </Page>
  );
}
