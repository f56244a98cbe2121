// Archiving a client writes the reason into its state first; taking it back at once gives the former state back.
import type { Saved } from "@/api/shapes";
import { useChange } from "@/api/useSave";
import { t } from "@/core/words";

export function useClientArchive(record: Saved | undefined) {
  const { mutateAsync } = useChange("client");
  const before = async (reason: string) => {
    if (record && record.state !== "archive") await mutateAsync({ id: record.id, version: record.version, values: { state: "archive", state_reason: reason } });
  };
  const after = async (restored: Saved) => {
    if (record && restored.state === "archive" && record.state !== "archive")
      await mutateAsync({ id: restored.id, version: restored.version, values: { state: record.state, state_reason: t("web.client.brought_back") } });
  };
  return { before, after };
}
