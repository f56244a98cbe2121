// What a browser is asked for, gzipped: the door at most 20 kB, and the door with the house behind it, before a screen
// is chosen, at most 220 kB.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const DOOR = 20_000;
const LIMIT = 220_000;
const dist = fileURLToPath(new URL("../dist", import.meta.url));
const chunks = JSON.parse(readFileSync(join(dist, ".vite/manifest.json"), "utf8"));

/** The files of a chunk and of all that it cannot do without. */
function filesOf(name, found = new Set()) {
  const { file, css = [], imports = [] } = chunks[name];
  if (found.has(file)) return found;
  for (const each of [file, ...css]) found.add(each);
  for (const each of imports) filesOf(each, found);
  return found;
}

const weight = (files) =>
  [...files].reduce((sum, path) => sum + gzipSync(readFileSync(join(dist, path)), { level: 9 }).length, 0);
const kilobytes = (bytes) => (bytes / 1000).toFixed(1);

const door = weight(filesOf("index.html"));
const all = weight(
  chunks["index.html"].dynamicImports.reduce((found, name) => filesOf(name, found), filesOf("index.html")),
);
console.log(`entry: ${kilobytes(door)} kB to sign in, ${kilobytes(all)} kB to begin, gzip`);
if (door > DOOR || all > LIMIT) {
  console.error(`more than ${DOOR / 1000} kB to sign in or ${LIMIT / 1000} kB to begin`);
  process.exit(1);
}
