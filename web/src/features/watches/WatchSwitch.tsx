// On a watch's card: what it would find now, and its switch.
import { Button, Group } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "wouter";
import { call, said } from "@/api/http";
import type { Filter, Saved } from "@/api/shapes";
import { useEntityCount } from "@/features/watches/useEntityCount";
import { refresh } from "@/api/useSave";
import { t } from "@/core/words";
import { doorPath } from "@/list/door";
import { Section } from "@/record/Section";
import type { SectionProps } from "@/record/sections";
import { tellBad, tellDone } from "@/ui/toasts";

export default function WatchSwitch({ record }: SectionProps) {
  const cache = useQueryClient();
  const on = record.active === true;
  const entity = String(record.entity);
  const filter = record.filter as unknown as Filter;
  const found = useEntityCount(entity, filter);
  const turn = useMutation({
    mutationFn: () => call<Saved>("POST", `/api/watch/${record.id}/switch`, { body: { on: !on } }),
    onSuccess: () => tellDone(t(on ? "web.watch.is_off" : "web.watch.is_on")),
    onError: (error: unknown) => tellBad(said(error)),
    onSettled: () => refresh(cache, "watch"),
  });
  if (record.archived_at) return null;
  return (
    <Section title={t(on ? "web.watch.on" : "web.watch.off")}>
      <Group justify="space-between">
        {found === undefined ? (
          <span />
        ) : (
          <Link href={doorPath({ entity, filter }) ?? "/"}>{t("web.watch.would_find", { n: found })}</Link>
        )}
        <Button variant={on ? "default" : undefined} loading={turn.isPending} onClick={() => turn.mutate()}>
          {t(on ? "web.watch.turn_off" : "web.watch.turn_on")}
        </Button>
      </Group>
    </Section>
  );
}
