/*
 * Firefox for tests written in Python, which Playwright cannot drive: one order a line comes in as
 * JSON, and one answer goes out. Requests that pages make, and what they complain of, are kept.
 */
import { createInterface } from "node:readline";
import puppeteer from "puppeteer-core";

const NOWHERE = 9; // the discard port: every request that leaves the machine fails
const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath: process.argv[2],
  headless: true,
  extraPrefsFirefox: {
    "network.proxy.type": 1, "network.proxy.http": "127.0.0.1", "network.proxy.http_port": NOWHERE,
    "network.proxy.ssl": "127.0.0.1", "network.proxy.ssl_port": NOWHERE, "network.proxy.no_proxies_on": "",
    "accessibility.tabfocus": 7, "layout.css.prefers-color-scheme.content-override": 1,
  },
});
/** @type {import("puppeteer-core").Page} */
let page;
/** @type {{asked: string[], complaints: string[]}} */
let kept = { asked: [], complaints: [] };

const orders = {
  async new({ width, height }) {
    await page?.close();
    page = await browser.newPage();
    kept = { asked: [], complaints: [] };
    page.on("request", (request) => kept.asked.push(request.url()));
    page.on("requestfailed", (request) => kept.complaints.push(`failed ${request.url()}`));
    page.on("console", (told) => kept.complaints.push(told.text()));
    page.on("pageerror", (error) => kept.complaints.push(String(error)));
    await page.setViewport({ width, height });
  },
  open: ({ address }) => page.goto(address, { waitUntil: "load", timeout: 120_000 }).then(() => null),
  start: ({ address }) => page.goto(address, { waitUntil: "domcontentloaded", timeout: 120_000 }).then(() => null),
  evaluate: ({ code, given }) => page.evaluate(`(${code})(${JSON.stringify(given)})`),
  press: ({ key }) => page.keyboard.press(key),
  hold: ({ key }) => page.keyboard.down(key),
  release: ({ key }) => page.keyboard.up(key),
  type: ({ text }) => page.keyboard.type(text),
  click: ({ x, y }) => page.mouse.click(x, y),
  move: ({ x, y }) => page.mouse.move(x, y),
  down: () => page.mouse.down(),
  up: () => page.mouse.up(),
  resize: ({ width, height }) => page.setViewport({ width, height }),
  screenshot: ({ path }) => page.screenshot({ path }).then(() => null),
  kept: () => kept,
};

for await (const line of createInterface({ input: process.stdin })) {
  const { order, ...given } = JSON.parse(line);
  try {
    process.stdout.write(`${JSON.stringify({ answer: (await orders[order](given)) ?? null })}\n`);
  } catch (error) {
    process.stdout.write(`${JSON.stringify({ error: String(error) })}\n`);
  }
}
await browser.close();
