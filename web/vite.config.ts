// How the client is built: one entry, every screen and the charts in pieces of their own, no style or script inline.
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  plugins: [react()],
  resolve: {
    alias: {
      "@": here("./src"),
      icons: here("./node_modules/@tabler/icons-react/dist/esm/icons"),
    },
  },
  server: { proxy: { "/api": process.env.SBYT_SERVER ?? "http://127.0.0.1:8080" } },
  build: {
    target: "es2022",
    cssCodeSplit: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 800,
  },
});
