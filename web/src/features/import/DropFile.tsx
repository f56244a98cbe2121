// Where a file is dropped or chosen, and how far it has got.
import { Button, Progress } from "@mantine/core";
import { type DragEvent, useRef, useState } from "react";
import CloudUpload from "icons/IconCloudUpload.mjs";
import { Refusal } from "@/api/http";
import { FILE_MOST } from "@/api/sendFile";
import { megabytes, percent } from "@/core/number";
import { t } from "@/core/words";
import { saidOfFile } from "@/features/import/place";
import type { Recognised } from "@/features/import/types";
import { type Sending, upload } from "@/features/import/upload";
import css from "@/features/import/DropFile.module.css";

const accepted = ".csv,.txt,.tsv,.xlsx,.xlsm,.xls,.ods,.dbf,.zip,.gz,text/csv";

/* As a table it comes in, and what the report is can be said there. */
const isOfReport = (error: unknown) =>
  error instanceof Refusal && error.problems.some(({ key }) => key?.startsWith("report."));

/** `refused`: why what is taken as a table could not be read as the report it looks like. */
export function DropFile({ onDone }: { onDone: (file: Recognised, refused?: string) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const sending = useRef<Sending<Recognised> | null>(null);
  const [over, setOver] = useState(false);
  const [file, setFile] = useState<File | null>(null);
  const [sent, setSent] = useState(0);
  const [refused, setRefused] = useState("");
  const [report, setReport] = useState<File | null>(null);

  const send = async (chosen: File | undefined, asTable = false) => {
    if (!chosen) return;
    const why = asTable ? refused : undefined;
    setReport(null);
    setRefused(chosen.size > FILE_MOST ? t("web.import.too_large") : "");
    if (chosen.size > FILE_MOST) return;
    setFile(chosen);
    setSent(0);
    sending.current = upload(chosen, asTable, setSent);
    try {
      onDone(await sending.current.promise, why);
    } catch (error) {
      setRefused(saidOfFile(error));
      if (isOfReport(error)) setReport(chosen);
      setFile(null);
    }
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void send(event.dataTransfer.files[0]);
  };
  const share = file ? (sent / Math.max(file.size, 1)) * 100 : 0;
  return (
    <div
      className={css.drop}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {file ? (
        <div className={css.sending}>
          <b>{file.name}</b>
          <Progress value={share} aria-label={t("web.import.sending", { name: file.name })} className={css.bar} />
          <span>
            {share < 100
              ? t("web.import.sent", { done: megabytes(sent), total: megabytes(file.size), share: percent(share, 0) })
              : t("web.import.reading")}
          </span>
          <Button variant="default" size="xs" onClick={() => sending.current?.cancel()}>
            {t("web.cancel")}
          </Button>
        </div>
      ) : (
        <>
          <CloudUpload size={36} stroke={1.4} aria-hidden />
          <p className={css.title}>{t("web.import.drop")}</p>
          <p className={css.note}>{t("web.import.drop_note")}</p>
          {refused && (
            <p role="alert" className={css.refused}>
              {refused}
            </p>
          )}
          {report && (
            <Button variant="default" onClick={() => void send(report, true)}>
              {t("web.import.report.take_as_table")}
            </Button>
          )}
          <Button onClick={() => input.current?.click()}>{t("web.import.choose")}</Button>
          <input
            ref={input}
            type="file"
            hidden
            accept={accepted}
            aria-label={t("web.import.choose")}
            onChange={(event) => void send(event.currentTarget.files?.[0])}
          />
        </>
      )}
    </div>
  );
}
