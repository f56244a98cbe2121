// Refuses what the compiler cannot see: a word that is not in words/ru.txt and words/en.txt, a word nobody uses, a
// feature that imports a feature.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const source = join(root, "src");
const wrong = [];

const filesIn = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((each) =>
    each.isDirectory() ? filesIn(join(folder, each.name)) : /\.tsx?$/.test(each.name) ? [join(folder, each.name)] : [],
  );

const wordsOf = (language) =>
  readFileSync(join(root, "..", "words", `${language}.txt`), "utf8")
    .split("\n")
    .flatMap((line) => /^(\S+) = /.exec(line)?.[1] ?? []);

const bases = (keys) => new Set(keys.map((key) => key.replace(/\.(one|few|many|other)$/, "")));

function wordsAreThere(files) {
  const text = files.map(([, body]) => body).join("\n");
  const used = [...text.matchAll(/"(web\.[a-z0-9_.]+)"/g)].map((match) => match[1]);
  const others = [...text.matchAll(/\bt\("((?!web\.)[a-z_]+(?:\.[a-z0-9_]+)+)"/g)].map((match) => match[1]);
  const families = [...text.matchAll(/`(web\.[a-z0-9_.]*)\$\{/g)].map((match) => match[1]);
  for (const language of ["ru", "en"]) {
    const keys = wordsOf(language);
    const all = bases(keys);
    for (const key of [...used, ...others]) if (!all.has(key)) wrong.push(`words/${language}.txt lacks ${key}`);
    for (const start of families)
      if (!keys.some((key) => key.startsWith(start)))
        wrong.push(`words/${language}.txt has nothing that begins with ${start}`);
    for (const key of all)
      if (key.startsWith("web.") && !used.includes(key) && !families.some((start) => key.startsWith(start)))
        wrong.push(`${key} in words/${language}.txt is used nowhere`);
  }
}

/* A folder imports itself and what stands before it; a feature never imports a feature. */
const ladder = ["core", "api", "door", "ui", "fields", "chart", "list", "record", "generic", "features", "app"];

function arrowsPointUp(files) {
  for (const [path, body] of files) {
    const [folder, feature] = relative(source, path).split(sep);
    const place = ladder.indexOf(folder);
    if (place < 0) continue;
    for (const [, to, inner] of body.matchAll(/["']@\/(\w+)\/([\w-]+)/g)) {
      const own = folder === "features" && to === "features" && inner === feature;
      if (ladder.indexOf(to) > place || (folder === "features" && to === "features" && !own))
        wrong.push(`${relative(root, path)} imports ${to}/${inner}`);
    }
  }
}

/* What an effect or a ref gives back is run when it ends: an arrow without braces gives back whatever it calls, and a
 * browser may answer with anything. */
function effectsHaveBraces(files) {
  for (const [path, body] of files)
    for (const [text] of body.matchAll(
      /(?:\buse(?:Layout|Insertion)?Effect\(|\bref=\{)\s*(?:async\s*)?\([^)]*\)\s*=>(?!\s*\{).{0,60}/g,
    ))
      wrong.push(`${relative(root, path)}: braces, so that nothing is given back: ${text}`);
}

/* Pickers inside a box of ui/Pop know that they are inside; a Popover of one's own closes under them. ui/Dialog puts
 * the focus where one types. */
const own = [
  ["Popover", "Pop"],
  ["Modal", "Dialog"],
];

function boxesAreOurs(files) {
  for (const [path, body] of files)
    for (const [theirs, ours] of own)
      if (!path.includes(`${sep}ui${sep}`) && new RegExp(`<${theirs}[ >]`).test(body))
        wrong.push(`${relative(root, path)}: ${theirs}, where ui/${ours} is meant`);
}

const files = filesIn(source).map((path) => [path, readFileSync(path, "utf8")]);
wordsAreThere(files);
arrowsPointUp(files);
effectsHaveBraces(files);
boxesAreOurs(files);
for (const line of new Set(wrong)) console.error(line);
if (wrong.length) process.exit(1);
