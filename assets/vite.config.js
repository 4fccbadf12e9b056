import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";
import { compress } from "./compress.js";

export default defineConfig({
  base: "/static/build/", // equals STATIC_URL + "build/"
  plugins: [tailwindcss(), compress()],
  build: {
    outDir: "../saan/web/static/build",
    emptyOutDir: false, // a running server still names the files of the build before
    manifest: "manifest.json",
    assetsInlineLimit: 0, // the policy allows no data: fonts, and the sprite must be a file
    modulePreload: false,
    rollupOptions: { input: { app: "app.js", answer: "answer.js", account: "account.js" } },
  },
});
