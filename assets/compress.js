// Writes a .gz beside every script, style and sprite, so that they travel small without collectstatic.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";

export const compress = () => {
  let folder;
  return {
    name: "compress",
    apply: "build",
    configResolved: (config) => void (folder = resolve(config.root, config.build.outDir, "assets")),
    closeBundle() {
      for (const name of readdirSync(folder).filter((name) => /\.(js|css|svg)$/.test(name))) {
        const path = join(folder, name);
        writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }));
      }
    },
  };
};
