// A file in the list of a record's files: what it is, and what can be done with it.
import { ActionIcon, Menu, UnstyledButton } from "@mantine/core";
import Dots from "icons/IconDots.mjs";
import { said } from "@/api/http";
import type { Saved } from "@/api/shapes";
import { useArchive } from "@/api/useArchive";
import { may, useSession } from "@/api/useSession";
import { moment } from "@/core/day";
import { t } from "@/core/words";
import { contentOf, hasThumb, iconOf, isShown, pictureOf, sizeText } from "@/features/files/kinds";
import { tellBad, tellDone } from "@/ui/toasts";
import css from "@/features/files/Files.module.css";

interface Props {
  file: Saved;
  /** The record may be changed, so what hangs on it may. */
  changes: boolean;
  open: (what: "preview" | "edit" | "links") => void;
}

export function FileLine({ file, changes, open }: Props) {
  const session = useSession();
  const name = String(file.name);
  const Icon = iconOf(file);
  const note = [t(`attachment.kind.${String(file.kind)}`), sizeText(Number(file.size)), moment(file.created_at ?? "")];
  if (file.links) note.push(t("web.files.shared"));
  return (
    <li className={css.line}>
      <span className={css.thumb} aria-hidden>
        {hasThumb(file) ? <img src={pictureOf(file)} alt="" loading="lazy" /> : <Icon size={24} stroke={1.4} />}
      </span>
      <div className={css.told}>
        {isShown(file) ? (
          <UnstyledButton className={css.name} onClick={() => open("preview")}>
            {name}
          </UnstyledButton>
        ) : (
          <a className={css.name} href={contentOf(file)} download={name}>
            {name}
          </a>
        )}
        <span className={css.note}>{note.join(" · ")}</span>
        {file.note ? <span className={css.note}>{String(file.note)}</span> : null}
      </div>
      <Menu position="bottom-end" transitionProps={{ duration: 0 }}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t("web.files.deeds", { name })}>
            <Dots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component="a" href={contentOf(file)} download={name}>
            {t("web.files.download")}
          </Menu.Item>
          {changes && may(session, "attachment", "change") && (
            <Menu.Item onClick={() => open("edit")}>{t("web.files.edit")}</Menu.Item>
          )}
          <Menu.Item onClick={() => open("links")}>{t("web.files.links")}</Menu.Item>
          {changes && may(session, "attachment", "archive") && <AwayItem file={file} />}
        </Menu.Dropdown>
      </Menu>
    </li>
  );
}

function AwayItem({ file }: { file: Saved }) {
  const { mutateAsync } = useArchive("attachment");
  const move = async (verb: "archive" | "restore") => {
    try {
      await mutateAsync({ id: file.id, verb });
      if (verb === "archive") tellDone(t("web.files.away", { name: String(file.name) }), () => void move("restore"));
    } catch (error) {
      tellBad(said(error));
    }
  };
  return <Menu.Item onClick={() => void move("archive")}>{t("web.archive")}</Menu.Item>;
}
