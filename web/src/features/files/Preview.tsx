// Looking at a file without saving it: a picture as it is, a PDF page by page, each drawn by the server.
import { Button, Group, Loader } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import ChevronLeft from "icons/IconChevronLeft.mjs";
import ChevronRight from "icons/IconChevronRight.mjs";
import { refusalOf, said } from "@/api/http";
import type { Saved } from "@/api/shapes";
import { t } from "@/core/words";
import { contentOf, isPdf, pageOf, pictureOf } from "@/features/files/kinds";
import { Dialog } from "@/ui/Dialog";
import css from "@/features/files/Files.module.css";

/* A page as a picture of this window; a refusal in words. */
async function pageRead(path: string, signal: AbortSignal) {
  const response = await fetch(path, { signal });
  if (!response.ok) throw await refusalOf({ status: response.status, text: await response.text() });
  return response.blob();
}

const usePage = (file: Saved, n: number, enabled: boolean) =>
  useQuery({
    queryKey: ["page", "attachment", file.id, n],
    queryFn: ({ signal }) => pageRead(pageOf(file, n), signal),
    enabled,
    retry: false,
    staleTime: Infinity,
  });

function useAddress(blob: Blob | undefined) {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (!blob) return;
    const made = URL.createObjectURL(blob);
    setAddress(made);
    return () => {
      setAddress(undefined);
      URL.revokeObjectURL(made);
    };
  }, [blob]);
  return address;
}

export function Preview({ file, close }: { file: Saved; close: () => void }) {
  const name = String(file.name);
  return (
    <Dialog onClose={close} title={name} size="xl">
      {isPdf(file) ? <Pages file={file} /> : <img className={css.picture} src={pictureOf(file)} alt={name} />}
      <Group justify="flex-end" mt="md">
        <Button component="a" variant="default" href={contentOf(file)} download={name}>
          {t("web.files.download")}
        </Button>
      </Group>
    </Dialog>
  );
}

/* Whether there is a next page is known when it has been asked for, ahead of the reader. */
function Pages({ file }: { file: Saved }) {
  const [n, setN] = useState(1);
  const page = usePage(file, n, true);
  const next = usePage(file, n + 1, page.isSuccess);
  const address = useAddress(page.data);
  return (
    <>
      <div className={css.page}>
        {page.error ? (
          <p role="alert">{said(page.error)}</p>
        ) : address ? (
          <img className={css.picture} src={address} alt={t("web.files.page", { n })} />
        ) : (
          <Loader aria-label={t("web.files.page", { n })} />
        )}
      </div>
      {(n > 1 || next.isSuccess) && (
        <Group justify="center" mt="sm">
          <Button
            variant="default"
            size="compact-md"
            leftSection={<ChevronLeft size={16} />}
            disabled={n === 1}
            onClick={() => setN(n - 1)}
          >
            {t("web.files.before")}
          </Button>
          <span>{t("web.files.page", { n })}</span>
          <Button
            variant="default"
            size="compact-md"
            rightSection={<ChevronRight size={16} />}
            disabled={!next.isSuccess}
            onClick={() => setN(n + 1)}
          >
            {t("web.files.next")}
          </Button>
        </Group>
      )}
    </>
  );
}
