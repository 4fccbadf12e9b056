// Builds icons.svg (one <symbol> per name in icons.txt), icons-few.svg (those of the page that a
// partner opens on a slow line, icons-few.txt) and saan/web/kit/icons.py (the names that templates
// may use), from lucide-static (ISC licence).
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const listed = (file) => readFileSync(`${here}${file}`, "utf8").split(/\s+/).filter(Boolean);
const few = new Set(listed("icons-few.txt"));
const names = [...new Set([...listed("icons.txt"), ...few])].sort();
const source = (name) => `${here}node_modules/lucide-static/icons/${name}.svg`;
const known = names.filter((name) => existsSync(source(name)));
for (const name of names.filter((name) => !known.includes(name))) console.error(`no such icon: ${name}`);

const FRAME = 'viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round"';
const symbol = (name) => {
  const inside = readFileSync(source(name), "utf8")
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/^[\s\S]*?<svg[\s\S]*?>/, "")
    .replace(/<\/svg>\s*$/, "")
    .replace(/\s*\n\s*/g, "")
    .replace(/ \/>/g, "/>");
  return `<symbol id="i-${name}" ${FRAME}>${inside}</symbol>`;
};
const sprite = (file, some) =>
  writeFileSync(`${here}${file}`, `<svg xmlns="http://www.w3.org/2000/svg">${some.map(symbol).join("\n")}</svg>\n`);
sprite("icons.svg", known.filter((name) => !few.has(name)));
sprite("icons-few.svg", known.filter((name) => few.has(name)));

const lines = (some) => some.map((name) => `        "${name}",`).join("\n");
writeFileSync(
  `${here}../saan/web/kit/icons.py`,
  `"""The icons that templates may name. Made by assets/icons.mjs from assets/icons.txt."""

NAMES = frozenset(
    {
${lines(known)}
    }
)
#: Those in the small file.
FEW = frozenset(
    {
${lines(known.filter((name) => few.has(name)))}
    }
)
`,
);
