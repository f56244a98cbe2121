// One import: progress while it runs, then what it brought, the bad rows as a file, and the way back.
import { Button, Group } from "@mantine/core";
import { useState } from "react";
import { Link, useParams } from "wouter";
import ArrowBackUp from "icons/IconArrowBackUp.mjs";
import Download from "icons/IconDownload.mjs";
import { said } from "@/api/http";
import { may, useSession } from "@/api/useSession";
import { moment } from "@/core/day";
import { t } from "@/core/words";
import { ImportState } from "@/features/import/ImportState";
import { LeftTable } from "@/features/import/LeftTable";
import { KeptFile } from "@/features/import/KeptFile";
import { going, type Import } from "@/features/import/types";
import { useImport } from "@/features/import/useImport";
import { useImportDeed } from "@/features/import/useImportDeed";
import { Section } from "@/record/Section";
import { Dialog } from "@/ui/Dialog";
import { NotShown } from "@/ui/NotShown";
import { Page } from "@/ui/Page";
import { tellBad } from "@/ui/toasts";
import { Waiting } from "@/ui/Waiting";
import css from "@/features/import/ImportState.module.css";

const back = () => ({ to: "/import", label: t("web.place.import") });
const places: Record<string, string> = {
  client: "/clients",
  sale: "/sales",
  deal: "/deals",
  product: "/products",
};

export default function ImportCard() {
  const id = Number(useParams<{ id: string }>().id);
  const { data: one, error, refetch } = useImport(id);
  const session = useSession();
  if (error) return <NotShown error={error} again={() => void refetch()} back={back()} />;
  if (!one) return <Waiting />;
  return (
    <Page
      title={one.name}
      name={one.name}
      back={back()}
      aside={[moment(one.at), one.by?.name].filter(Boolean).join(" · ")}
      actions={
        <>
          {one.bad > 0 &&
            one.file &&
            ["CSV", "XLSX"].map((format) => (
              <Button
                key={format}
                component="a"
                variant="default"
                leftSection={<Download size={16} />}
                href={`/api/import/${id}/bad?format=${format === "CSV" ? "csv_ru" : "xlsx"}`}
                download
              >
                {t("web.import.bad_rows", { format })}
              </Button>
            ))}
          {one.can_undo && may(session, "import", "change") && <Undo of={one} />}
        </>
      }
    >
      <div className={css.parts}>
        <Section
          title={t(one.dry ? "web.import.dry" : going(one) ? "web.import.progress" : "web.import.result")}
          aside={
            places[one.target] &&
            one.state === "done" &&
            !one.dry && <Link href={places[one.target] ?? "/"}>{t(`web.import.see_${one.target}`)}</Link>
          }
        >
          <ImportState of={one} />
          {!going(one) && <KeptFile of={one} />}
        </Section>
        {one.left && one.left.length > 0 && (
          <Section title={t("web.import.left")}>
            <p className={css.note}>{t("web.import.left_note")}</p>
            <LeftTable left={one.left} />
          </Section>
        )}
      </div>
    </Page>
  );
}

function Undo({ of }: { of: Import }) {
  const [open, setOpen] = useState(false);
  const deed = useImportDeed(of.id);
  const undo = async () => {
    try {
      await deed.mutateAsync("undo");
      setOpen(false);
    } catch (error) {
      tellBad(said(error));
    }
  };
  return (
    <>
      <Button variant="default" leftSection={<ArrowBackUp size={16} />} onClick={() => setOpen(true)}>
        {t("web.import.undo")}
      </Button>
      {open && (
        <Dialog onClose={() => setOpen(false)} title={t("web.import.undo_title", { name: of.name })}>
          <p>{t("web.import.undo_note")}</p>
          <Group justify="flex-end" mt="md">
            <Button variant="default" onClick={() => setOpen(false)} data-autofocus>
              {t("web.cancel")}
            </Button>
            <Button color="red.9" loading={deed.isPending} onClick={() => void undo()}>
              {t("web.import.undo")}
            </Button>
          </Group>
        </Dialog>
      )}
    </>
  );
}
