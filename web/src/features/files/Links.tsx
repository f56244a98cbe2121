// Handing a file to somebody outside: a link is made, copied once, followed and ended.
import { Button, Group, NumberInput, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { said } from "@/api/http";
import type { Saved } from "@/api/shapes";
import { may, useSession } from "@/api/useSession";
import { moment } from "@/core/day";
import { t, tn } from "@/core/words";
import { type OutsideLink, useLinkEnd, useLinkMake, useLinks } from "@/features/files/useLinks";
import { Dialog } from "@/ui/Dialog";
import { tellBad, tellDone } from "@/ui/toasts";
import { Trouble } from "@/ui/Trouble";
import css from "@/features/files/Files.module.css";

const DAYS = [1, 3, 7, 30, 90];

export function Links({ file, close }: { file: Saved; close: () => void }) {
  const session = useSession();
  const shares = may(session, "attachment", "share");
  const list = useLinks(file.id);
  return (
    <Dialog onClose={close} title={t("web.files.links_title", { name: String(file.name) })} size="lg">
      {shares && <NewLink file={file} links={list.data?.items ?? []} />}
      {list.error && <Trouble error={list.error} again={() => void list.refetch()} />}
      {list.data && !list.data.items.length && <p className={css.empty}>{t("web.files.links_none")}</p>}
      <ul className={css.list}>
        {list.data?.items.map((link) => (
          <LinkLine key={link.id} file={file} link={link} ends={shares} />
        ))}
      </ul>
    </Dialog>
  );
}

/* Its address stands there as long as it leads somewhere. */
function NewLink({ file, links }: { file: Saved; links: OutsideLink[] }) {
  const make = useLinkMake(file.id);
  const [days, setDays] = useState(7);
  const [times, setTimes] = useState<number | "">("");
  const run = async () => {
    try {
      await make.mutateAsync({ days, ...(times && { times }) });
    } catch (error) {
      tellBad(said(error));
    }
  };
  const made = make.data && links.find(({ id }) => id === make.data.id);
  if (make.data && (made?.open ?? true)) return <Made path={make.data.path} />;
  return (
    <div className={css.making}>
      <p className={css.note}>{t("web.files.link_note")}</p>
      <Group align="end" gap="sm">
        <Select
          label={t("web.files.link_days")}
          data={DAYS.map((each) => ({ value: String(each), label: tn("web.files.days", each) }))}
          value={String(days)}
          allowDeselect={false}
          onChange={(next) => next && setDays(Number(next))}
        />
        <NumberInput
          label={t("web.files.link_times")}
          placeholder={t("web.files.link_any")}
          min={1}
          max={1000}
          allowDecimal={false}
          value={times}
          onChange={(next) => setTimes(typeof next === "number" ? next : "")}
        />
        <Button loading={make.isPending} onClick={() => void run()}>
          {t("web.files.link_make")}
        </Button>
      </Group>
    </div>
  );
}

function Made({ path }: { path: string }) {
  const address = location.origin + path;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(address);
      tellDone(t("web.files.link_copied"));
    } catch {
      tellBad(t("web.files.link_not_copied"));
    }
  };
  return (
    <div className={css.making}>
      <Group align="end" gap="sm" wrap="nowrap">
        <TextInput
          className={css.address}
          label={t("web.files.link_address")}
          description={t("web.files.link_once")}
          value={address}
          readOnly
          data-autofocus
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button onClick={() => void copy()}>{t("web.files.link_copy")}</Button>
      </Group>
    </div>
  );
}

function fate(link: OutsideLink) {
  if (link.ended_at) return t("web.files.link_ended", { at: moment(link.ended_at) });
  if (link.open) return t("web.files.link_until", { at: moment(link.until) });
  return link.times && link.fetched >= link.times
    ? t("web.files.link_used")
    : t("web.files.link_over", { at: moment(link.until) });
}

function LinkLine({ file, link, ends }: { file: Saved; link: OutsideLink; ends: boolean }) {
  const end = useLinkEnd(file.id);
  const fetched = link.fetched_at
    ? tn("web.files.link_fetched", link.fetched, { at: moment(link.fetched_at) })
    : t("web.files.link_unfetched");
  const run = async () => {
    try {
      await end.mutateAsync(link.id);
    } catch (error) {
      tellBad(said(error));
    }
  };
  return (
    <li className={css.line} data-over={!link.open || undefined}>
      <div className={css.told}>
        <span>{fate(link)}</span>
        <span className={css.note}>
          {t("web.files.link_by", { name: link.by.name, at: moment(link.made_at) })} · {fetched}
        </span>
      </div>
      {link.open && link.may_end && ends && (
        <Button variant="default" size="compact-sm" loading={end.isPending} onClick={() => void run()}>
          {t("web.files.link_end")}
        </Button>
      )}
    </li>
  );
}
