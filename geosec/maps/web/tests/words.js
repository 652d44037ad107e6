/* What the tests of the parts of the page share: the English words, and a payload that Python makes. */
import { execFileSync } from "node:child_process";

import { Payload, inflate } from "../src/payload.js";

const root = new URL("../../../..", import.meta.url);
const run = (...given) => execFileSync(process.env.PYTHON ?? "python", given, { cwd: root, maxBuffer: 1 << 28 }).toString();

export const words = JSON.parse(run("-c", "import json; from geosec.maps.words import load_words; print(json.dumps(load_words('en')))"));

/** Open the payload of `python -m tests.maps.make_payload`, with its rows as plain values. */
export async function openMade(...given) {
  const made = JSON.parse(run("-m", "tests.maps.make_payload", ...given));
  const blocks = new Map(made.text.map(([group, block, text]) => [`${group}-${block}`, text]));
  const payload = new Payload(made.head, await inflate(made.numbers), (group, block) => blocks.get(`${group}-${block}`));
  return { payload, rows: made.rows };
}

/** An app as the parts know it, without a page. */
export function makeApp(payload) {
  const say = (name, given = {}) => words[name].replace(/\{(\w+)\}/g, (_, slot) => String(given[slot]));
  return { payload, options: { words, language: "en" }, say };
}
