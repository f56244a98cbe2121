// What a file is to a person: how large, of which kind, and whether it can be looked at here.
import File from "icons/IconFile.mjs";
import FileTypePdf from "icons/IconFileTypePdf.mjs";
import Music from "icons/IconMusic.mjs";
import Photo from "icons/IconPhoto.mjs";
import type { Saved } from "@/api/shapes";
import { rough } from "@/core/number";
import { t } from "@/core/words";

const UNITS = ["share.bytes", "share.kilobytes", "share.megabytes", "share.gigabytes"];

/** 340 B, 3.4 MB */
export function sizeText(bytes: number) {
  const step = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(bytes, 1)) / 3)));
  return `${rough(bytes / 1000 ** step, step ? 1 : 0)}\u00a0${t(UNITS[step] ?? "share.bytes")}`;
}

export const isPdf = (file: Saved) => file.type === "application/pdf";
export const isShown = (file: Saved) => Boolean(file.picture) || isPdf(file);

/* A picture of a camera is a few megabytes; beyond that a list would load for minutes on a phone. */
const THUMB_MOST = 4_000_000;
export const hasThumb = (file: Saved) => Boolean(file.picture) && Number(file.size) <= THUMB_MOST;

export function iconOf(file: Saved) {
  const type = String(file.type);
  if (isPdf(file)) return FileTypePdf;
  if (type.startsWith("image/")) return Photo;
  return type.startsWith("audio/") ? Music : File;
}

export const contentOf = (file: Saved) => `/api/attachment/${file.id}/content`;
export const pictureOf = (file: Saved) => `/api/attachment/${file.id}/picture`;
export const pageOf = (file: Saved, n: number) => `/api/attachment/${file.id}/page?n=${n}`;
