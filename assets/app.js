// Staff pages. Everything works without this file; it saves steps.
import "./app.css";
import "./icons-few.svg?url";
import "./icons.svg?url";
import htmx from "htmx.org";
import { autosave } from "./src/autosave.js";
import { copyButtons, dialogs, menus, offline, theme } from "./src/page.js";
import { keyboard } from "./src/keyboard.js";
import { swaps, toasts } from "./src/swaps.js";
import { guardSubmit } from "./src/submit.js";
import { reveal } from "./src/reveal.js";
import { files } from "./src/files.js";
import { locate } from "./src/locate.js";

window.htmx = htmx;
guardSubmit();
swaps(htmx);
toasts();
keyboard();
dialogs();
menus();
copyButtons();
theme();
offline();
reveal();
files();
locate(htmx);
autosave();
