// The entry code of the client, gzipped, may weigh at most 220 kB: what index.html asks for before a screen is chosen.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const LIMIT = 220_000;
const dist = fileURLToPath(new URL("../dist", import.meta.url));
const page = readFileSync(join(dist, "index.html"), "utf8");
const asked = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map((match) => match[1]);
const weight = (path) => gzipSync(readFileSync(join(dist, path)), { level: 9 }).length;
const code = asked.filter((path) => path.endsWith(".js")).reduce((sum, path) => sum + weight(path), 0);
const style = asked.filter((path) => path.endsWith(".css")).reduce((sum, path) => sum + weight(path), 0);
console.log(`entry: ${(code / 1000).toFixed(1)} kB of code, ${(style / 1000).toFixed(1)} kB of style, gzip`);
if (code + style > LIMIT) {
  console.error(`the entry weighs more than ${LIMIT / 1000} kB`);
  process.exit(1);
}
