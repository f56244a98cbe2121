// How the client is built: a small door, behind it the rest, every screen and the charts in pieces of their own, no
// style or script inline.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/* What the door says before all words are there. */
const atDoor = /^(web\.(?:sign_in|fail)\.\S+|web\.again) = (.*)$/;

const doorWords = (): Plugin => ({
  name: "door-words",
  resolveId: (id) => (id === "virtual:door-words" ? "\0door-words" : undefined),
  load(id) {
    if (id !== "\0door-words") return undefined;
    const wordsOf = (language: string) => {
      const file = here(`../words/${language}.txt`);
      this.addWatchFile(file);
      return Object.fromEntries(
        readFileSync(file, "utf8")
          .split("\n")
          .flatMap((line) => {
            const [, key = "", text = ""] = atDoor.exec(line) ?? [];
            return key ? [[key, text]] : [];
          }),
      );
    };
    return `export default ${JSON.stringify({ ru: wordsOf("ru"), en: wordsOf("en") })}`;
  },
});

/* The calendar would write its styles into the page, which the policy of the server refuses: they become files like all
 * others, without the font of its arrows, which are ours. */
const calendarStyles = (): Plugin => {
  const styles = new Map<string, string>();
  return {
    name: "calendar-styles",
    enforce: "pre",
    resolveId: (id) => (styles.has(id) ? id : undefined),
    load: (id) => styles.get(id),
    transform(code, id) {
      const [, name] = /@fullcalendar\/(\w+)\/internal(?:-common)?\.js/.exec(id) ?? [];
      const [written, text] = /var css_248z = (".*");\ninjectStyles\(css_248z\);/.exec(code) ?? [];
      if (!name || !written || !text) return undefined;
      const file = `/@calendar/${name}.css`;
      styles.set(file, (JSON.parse(text) as string).replace(/@font-face\{[^}]*\}/g, ""));
      const without = code
        .replace(written, "")
        .replace("function ensureElHasStyles(el) {", "function ensureElHasStyles(el) { return;")
        .replace("    registerStylesRoot(document);", "");
      return { code: `import "${file}";\n${without}`, map: null };
    },
  };
};

export default defineConfig({
  plugins: [react(), doorWords(), calendarStyles()],
  resolve: {
    alias: {
      "@": here("./src"),
      icons: here("./node_modules/@tabler/icons-react/dist/esm/icons"),
    },
  },
  server: { proxy: { "/api": process.env.SBYT_SERVER ?? "http://127.0.0.1:8080" } },
  build: {
    target: "es2022",
    manifest: true,
    cssCodeSplit: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 800,
  },
});
