import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "electron-vite";

export default defineConfig({
  main: {
    build: {
      externalizeDeps: true,
      rollupOptions: {
        input: {
          index: "src/main/index.ts",
          cli: "src/core/hosts/cli/cli.ts",
          "store-worker": "src/core/store/store-worker.ts",
          "localtunnel-worker": "src/core/tunnel/providers/localtunnel-worker.ts",
        },
        // Flat, so that whatever chunk starts a worker finds its file beside itself.
        output: { format: "es", entryFileNames: "[name].js", chunkFileNames: "chunk-[name]-[hash].js" },
      },
    },
  },
  preload: {
    build: {
      // A sandboxed preload cannot be an ES module, nor require anything but electron: it is bundled whole.
      externalizeDeps: false,
      rollupOptions: { input: "src/preload/index.ts", output: { format: "cjs", entryFileNames: "index.cjs" } },
    },
  },
  renderer: {
    root: "src/renderer",
    plugins: [react(), tailwindcss()],
    build: {
      minify: true,
      // The page's policy allows files of our own only: no data: URLs, no inline script.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rollupOptions: {
        input: "src/renderer/index.html",
        // One file for the first screen and one for the icons of others: sixty small ones cost as many requests.
        output: {
          codeSplitting: {
            groups: [
              { name: "first", tags: ["$initial"], priority: 1 },
              { name: "icons", test: /lucide-react/ },
            ],
          },
        },
      },
    },
  },
});
