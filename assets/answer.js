// Pages for partners and visitors: they work without this file. It only keeps a second tap harmless.
import "./app.css";
import "./icons-few.svg?url";
import { guardSubmit } from "./src/submit.js";
import { reveal } from "./src/reveal.js";

guardSubmit();
reveal();
