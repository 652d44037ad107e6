/* Bundle the page into map.bundle.js: the same bytes every time, so that CI can compare them. */
import { build } from "esbuild";

await build({
  entryPoints: ["src/main.js"],
  outfile: process.argv[2] ?? "map.bundle.js",
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  charset: "ascii",
  legalComments: "none",
});
