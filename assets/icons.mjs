// Builds icons.svg (one <symbol> per name in icons.txt) and saan/web/kit/icons.py (the names
// that templates may use), from lucide-static (ISC licence).
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const names = [...new Set(readFileSync(`${here}icons.txt`, "utf8").split(/\s+/).filter(Boolean))].sort();
const source = (name) => `${here}node_modules/lucide-static/icons/${name}.svg`;
const known = names.filter((name) => existsSync(source(name)));
for (const name of names.filter((name) => !known.includes(name))) console.error(`no such icon: ${name}`);

const FRAME = 'viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round"';
const symbols = known.map((name) => {
  const inside = readFileSync(source(name), "utf8")
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/^[\s\S]*?<svg[\s\S]*?>/, "")
    .replace(/<\/svg>\s*$/, "")
    .replace(/\s*\n\s*/g, "")
    .replace(/ \/>/g, "/>");
  return `<symbol id="i-${name}" ${FRAME}>${inside}</symbol>`;
});
writeFileSync(`${here}icons.svg`, `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("\n")}</svg>\n`);

const lines = known.map((name) => `        "${name}",`).join("\n");
writeFileSync(
  `${here}../saan/web/kit/icons.py`,
  `"""The icons that templates may name. Made by assets/icons.mjs from assets/icons.txt."""

NAMES = frozenset(
    {
${lines}
    }
)
`,
);
