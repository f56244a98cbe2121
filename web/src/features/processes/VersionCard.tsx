// A version of a process: its map, drawn and as a table, what keeps it from being published, and, of a draft, its
// steps, conditions and outcomes to be edited.
import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation, useParams } from "wouter";
import Printer from "icons/IconPrinter.mjs";
import { call, onceKey, said } from "@/api/http";
import type { Saved } from "@/api/shapes";
import { useEntity } from "@/api/useMeta";
import { useRecord } from "@/api/useRecord";
import { refresh } from "@/api/useSave";
import { may, useSession } from "@/api/useSession";
import { day } from "@/core/day";
import { t } from "@/core/words";
import { usePartShapes } from "@/features/processes/partShapes";
import { Differences } from "@/features/processes/Differences";
import { ProcessMap } from "@/features/processes/ProcessMap";
import { RecordCard } from "@/record/RecordCard";
import { tellBad, tellDone } from "@/ui/toasts";

const lists = ["steps", "gates", "outcomes"];

export default function VersionCard() {
  const id = Number(useParams<{ id: string }>().id);
  const entity = useEntity("process_version");
  const { data } = useRecord("process_version", id, entity !== null);
  const shapes = usePartShapes(data);
  return (
    <RecordCard
      entity="process_version"
      id={id}
      wide
      alone
      back={{ to: "/settings/process_version", label: t("web.settings.process_version") }}
      fields={["name", "process_id", "number", "state", "since", "note"]}
      lists={data?.state === "draft" ? lists : []}
      shapes={shapes}
      aside={(version) =>
        [version._titles?.process_id?.title, t(`process_version.state.${String(version.state)}`), day(since(version))]
          .filter(Boolean)
          .join(", ")
      }
      actions={(version) => <Deeds version={version} />}
    >
      {(version) => (
        <>
          <ProcessMap version={version} />
          <Differences version={version} />
        </>
      )}
    </RecordCard>
  );
}

const since = (version: Saved) => (version.since ? String(version.since) : null);

function Deeds({ version }: { version: Saved }) {
  const session = useSession();
  const client = useQueryClient();
  const [, go] = useLocation();
  const [once] = useState(onceKey);
  const [busy, setBusy] = useState(false);
  const run = async (verb: "publish" | "copy") => {
    setBusy(true);
    try {
      const saved = await call<Saved>("POST", `/api/process_version/${version.id}/${verb}`, { once: `${verb}${once}` });
      refresh(client, "process_version");
      void client.invalidateQueries({ queryKey: ["way"] });
      tellDone(t(`web.process.${verb}_done`));
      if (verb === "copy") go(`/r/process_version/${saved.id}`);
    } catch (error) {
      tellBad(said(error));
    }
    setBusy(false);
  };
  return (
    <>
      <Button variant="default" leftSection={<Printer size={16} />} onClick={() => window.print()}>
        {t("web.print")}
      </Button>
      {may(session, "process_version", "add") && version.state !== "draft" && (
        <Button variant="default" loading={busy} onClick={() => void run("copy")}>
          {t("web.process.copy")}
        </Button>
      )}
      {may(session, "process_version", "publish") && version.state === "draft" && !version.archived_at && (
        <Button loading={busy} onClick={() => void run("publish")}>
          {t("web.process.publish")}
        </Button>
      )}
    </>
  );
}
