// Saved settings of an analysis: take one, keep the present ones.
import { Button, Checkbox, CloseButton, Group, Menu, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import Bookmark from "icons/IconBookmark.mjs";
import { said } from "@/api/http";
import { t } from "@/core/words";
import type { Settings } from "@/features/analysis/useAnalysis";
import { useSaved } from "@/features/analysis/useSaved";
import { Dialog } from "@/ui/Dialog";
import { tellBad, tellDone } from "@/ui/toasts";

export function SavedMenu({
  analysis,
  settings,
  take,
}: {
  analysis: string;
  settings: Settings;
  take: (all: Settings) => void;
}) {
  const { items, save, drop } = useSaved(analysis);
  const [naming, setNaming] = useState(false);
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  const keep = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await save.mutateAsync({ name, settings, shared });
      setNaming(false);
      setName("");
      tellDone(t("web.analysis.saved"));
    } catch (error) {
      tellBad(said(error));
    }
  };
  return (
    <>
      <Menu position="bottom-end" width={280} transitionProps={{ duration: 0 }}>
        <Menu.Target>
          <Button variant="default" leftSection={<Bookmark size={16} />}>
            {t("web.analysis.settings")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {items.map((item) => (
            <Menu.Item key={item.id} onClick={() => take(item.settings)}>
              {item.name}
              {item.shared && !item.mine ? ` · ${t("web.analysis.shared")}` : ""}
            </Menu.Item>
          ))}
          {items.length > 0 && <Menu.Divider />}
          <Menu.Item onClick={() => setNaming(true)}>{t("web.analysis.keep")}</Menu.Item>
          <Menu.Item onClick={() => take({})}>{t("web.analysis.usual")}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {naming && (
        <Dialog onClose={() => setNaming(false)} title={t("web.analysis.keep")}>
          <form onSubmit={(event) => void keep(event)}>
            <TextInput
              label={t("web.analysis.name")}
              required
              withAsterisk={false}
              maxLength={120}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              data-autofocus
            />
            <Checkbox
              mt="sm"
              label={t("web.analysis.share_saved")}
              checked={shared}
              onChange={(event) => setShared(event.currentTarget.checked)}
            />
            <Group justify="flex-end" mt="md">
              <Button type="submit" loading={save.isPending}>
                {t("web.save")}
              </Button>
            </Group>
          </form>
          {items
            .filter((item) => item.mine)
            .map((item) => (
              <Group key={item.id} justify="space-between" mt="xs">
                <span>{item.name}</span>
                <CloseButton
                  size="sm"
                  aria-label={t("web.analysis.drop_saved", { name: item.name })}
                  onClick={() => drop.mutate(item.id)}
                />
              </Group>
            ))}
        </Dialog>
      )}
    </>
  );
}
