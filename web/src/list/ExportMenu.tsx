// A file of exactly what the list shows: the same search, filter, order and columns, or the same groups.
import { ActionIcon, Menu } from "@mantine/core";
import Download from "icons/IconDownload.mjs";
import { ask } from "@/api/http";
import { t } from "@/core/words";

const forms = ["xlsx", "csv_ru", "csv"];

interface Props {
  entity: string;
  /** "export", or "group/export" of a list in groups. */
  what: string;
  question: Record<string, string | undefined>;
}

export function ExportMenu({ entity, what, question }: Props) {
  return (
    <Menu position="bottom-end" transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <ActionIcon variant="default" size="lg" aria-label={t("web.export")} title={t("web.export")}>
          <Download size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("web.export.note")}</Menu.Label>
        {forms.map((format) => (
          <Menu.Item key={format} component="a" download href={ask(`/api/${entity}/${what}`, { format, ...question })}>
            {t(`web.export.${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
