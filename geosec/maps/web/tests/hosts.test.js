import assert from "node:assert/strict";
import test from "node:test";

import { decodePunycode, readLink } from "../src/hosts.js";

for (const [address, host, notes] of [
  ["https://www.dawn.com/news/1", "www.dawn.com", []],
  ["https://www.dawn.com@evil.example/news", "evil.example", ["user"]],
  ["  HTTP://A.example:8080/x?y=1#z ", "a.example:8080", ["port", "http"]],
  ["https://dawn.com:443/", "dawn.com", []],
  ["https://3232235777/", "192.168.1.1", ["ip"]],
  ["https://[::1]/", "[::1]", ["ip"]],
  ["https://www.dаwn.com/", "www.xn--dwn-6cd.com", ["alike"]], // one Cyrillic letter among Latin ones
  ["https://аррӏе.com/", "xn--80ak6aa92e.com", ["alike"]], // all Cyrillic, all like Latin ones
  ["https://xn--80ak6aa92e.com/", "xn--80ak6aa92e.com", ["alike"]],
  ["https://bücher.example/", "xn--bcher-kva.example", ["punycode"]],
  ["https://اردو.pk/", "xn--mgbqf7g.pk", ["punycode"]],
  ["https://東京タワー.jp/", "xn--5ck2eqb538s34z.jp", ["punycode"]],
]) {
  test(`the host shown is the one gone to: ${address}`, () => {
    const link = readLink(address);
    assert.deepEqual([link?.host, link?.notes], [host, notes]);
  });
}

for (const address of [
  "", "javascript:alert(1)", "JaVaScRiPt://dawn.com/%0aalert(1)", "data:text/html,x", "//host/x", "http://", "http:///path", "https:dawn.com", "dawn.com",
  "http://a b/", "http://[", "file:///etc", "https://a.example/\nSet-Cookie:x", "https://a.example/\u00a0b", "https://evil.example\\@www.dawn.com/", "mailto:a@b", "blob:https://a.example/x",
]) {
  test(`no link: ${JSON.stringify(address)}`, () => assert.equal(readLink(address), null));
}

test("names are read as the browser writes them", () => {
  for (const name of ["bücher", "اردو", "münchen-ost", "例え", "кириллица", "a".repeat(20) + "ß2é"]) {
    const label = new URL(`https://${name}.example/`).hostname.split(".")[0];
    if (label.startsWith("xn--")) assert.equal(new URL(`https://${decodePunycode(label.slice(4))}.example/`).hostname.split(".")[0], label);
  }
  assert.equal(decodePunycode("bcher-kva"), "bücher");
  assert.equal(decodePunycode("!!"), null);
});
