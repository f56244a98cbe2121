// The files of a record: dropped here, chosen or taken with a camera, looked at, renamed, handed out, put away.
import { Button } from "@mantine/core";
import { useRef, useState } from "react";
import Camera from "icons/IconCamera.mjs";
import Plus from "icons/IconPlus.mjs";
import type { Saved } from "@/api/shapes";
import { useList } from "@/api/useList";
import { may, mayHere, useSession } from "@/api/useSession";
import { t } from "@/core/words";
import { EditFile } from "@/features/files/EditFile";
import { FileLine } from "@/features/files/FileLine";
import { Links } from "@/features/files/Links";
import { Preview } from "@/features/files/Preview";
import { SendingLine } from "@/features/files/SendingLine";
import { useDrop } from "@/features/files/useDrop";
import { useSending } from "@/features/files/useSending";
import { Section } from "@/record/Section";
import type { SectionProps } from "@/record/sections";
import { Trouble } from "@/ui/Trouble";
import css from "@/features/files/Files.module.css";

/* A file of a file, and what no file says anything about. */
const WITHOUT = ["attachment", "role", "view"];

type Open = { what: "preview" | "edit" | "links"; file: Saved };

export default function Files(props: SectionProps) {
  return WITHOUT.includes(props.entity) ? null : <Shown {...props} />;
}

function Shown({ entity, record }: SectionProps) {
  const about = `${entity}:${record.id}`;
  const session = useSession();
  const list = useList("attachment", { filter: { field: "about", op: "is", value: about } });
  const sending = useSending(about);
  const input = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const [open, setOpen] = useState<Open | null>(null);
  const files = list.data?.pages.flatMap((page) => page.items) ?? [];
  const changes = !record.archived_at && mayHere(session, entity, record, "change");
  const adds = changes && may(session, "attachment", "add");
  const take = (chosen: FileList | null) => chosen && sending.add(chosen);
  const over = useDrop(adds, take);
  if (!adds && !list.error && !files.length) return null;
  return (
    <Section
      title={t("web.files")}
      aside={
        adds && (
          <>
            <Button
              className={css.camera}
              variant="subtle"
              size="compact-sm"
              leftSection={<Camera size={14} />}
              onClick={() => camera.current?.click()}
            >
              {t("web.files.photo")}
            </Button>
            <Button
              variant="subtle"
              size="compact-sm"
              leftSection={<Plus size={14} />}
              onClick={() => input.current?.click()}
            >
              {t("web.files.add")}
            </Button>
          </>
        )
      }
    >
      <div className={css.box} data-over={over || undefined}>
        {list.error && <Trouble error={list.error} again={() => void list.refetch()} />}
        {files.length > 0 && (
          <ul className={css.list}>
            {files.map((file) => (
              <FileLine key={file.id} file={file} changes={changes} open={(what) => setOpen({ what, file })} />
            ))}
          </ul>
        )}
        {sending.files.map((file) => (
          <SendingLine key={file.key} file={file} cancel={() => sending.cancel(file.key)} />
        ))}
        {list.hasNextPage && (
          <Button variant="subtle" size="compact-sm" onClick={() => void list.fetchNextPage()}>
            {t("web.files.more")}
          </Button>
        )}
        {list.data && !files.length && !sending.files.length && <p className={css.empty}>{t("web.files.empty")}</p>}
      </div>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t("web.files.add")}
        onChange={(event) => {
          take(event.currentTarget.files);
          event.currentTarget.value = "";
        }}
      />
      <input
        ref={camera}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        aria-label={t("web.files.photo")}
        onChange={(event) => {
          take(event.currentTarget.files);
          event.currentTarget.value = "";
        }}
      />
      {open?.what === "preview" && <Preview file={open.file} close={() => setOpen(null)} />}
      {open?.what === "edit" && <EditFile file={open.file} close={() => setOpen(null)} />}
      {open?.what === "links" && <Links file={open.file} close={() => setOpen(null)} />}
    </Section>
  );
}
