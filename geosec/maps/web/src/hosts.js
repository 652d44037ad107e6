/* Addresses of sources, and whose they really are. Nothing here knows of the page. */

/**
 * @typedef {{href: string, host: string, reads: string, notes: string[]}} Link `host` is what the
 *   browser goes to, `reads` its name in letters where that differs, `notes` names of what is odd
 */

const SCRIPTS = ["Latin", "Cyrillic", "Greek", "Armenian", "Hebrew", "Arabic", "Georgian", "Cherokee", "Devanagari", "Thai", "Hangul", "Han", "Hiragana", "Katakana"];
const PATTERNS = SCRIPTS.map((script) => new RegExp(`\\p{Script=${script}}`, "u"));
const TOGETHER = [new Set(["Han", "Hiragana", "Katakana", "Latin"]), new Set(["Han", "Hangul", "Latin"])]; // as Japanese and Korean are written
// Letters of other alphabets that look like Latin ones.
const ALIKE = /^[аԁеһіјӏорԛѕԝхуʟвкмнтсьԍүαικνορτυω0-9-]+$/u;

/**
 * Read an address as a browser does; `null` where it is no http or https address of one line.
 * @param {string} text
 * @returns {Link|null}
 */
export function readLink(text) {
  const address = text.trim();
  if (/[\s\\\u0000-\u001f\u007f]/u.test(address) || !/^https?:\/\/[^/?#]/i.test(address)) return null; // a browser reads \ as /
  let url;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  if (!/^https?:$/.test(url.protocol) || !url.hostname) return null;
  const { hostname } = url, notes = [];
  const reads = hostname.split(".").map(readLabel).join(".");
  if (url.username || url.password) notes.push("user");
  if (url.port) notes.push("port");
  if (hostname.startsWith("[") || /^\d+\.\d+\.\d+\.\d+$/.test(hostname)) notes.push("ip");
  if (reads !== hostname) notes.push(reads.split(".").some(isLookAlike) ? "alike" : "punycode");
  if (url.protocol === "http:") notes.push("http");
  return { href: url.href, host: url.host, reads: reads === hostname ? "" : reads, notes };
}

/**
 * Whether a name is written in letters of several alphabets, or in foreign ones that all look Latin.
 * @param {string} label part of a host between dots
 */
export function isLookAlike(label) {
  const found = SCRIPTS.filter((_, at) => PATTERNS[at].test(label));
  if (found.length > 1) return !TOGETHER.some((known) => found.every((script) => known.has(script)));
  return found.length === 1 && found[0] !== "Latin" && ALIKE.test(label);
}

/** @param {string} label */
function readLabel(label) {
  return label.startsWith("xn--") ? (decodePunycode(label.slice(4)) ?? label) : label;
}

/**
 * Decode Punycode (RFC 3492), `null` where it is none.
 * @param {string} text without its `xn--`
 */
export function decodePunycode(text) {
  const dash = text.lastIndexOf("-");
  const letters = [...text.slice(0, Math.max(0, dash))].map((each) => each.codePointAt(0) ?? 0);
  let code = 128, at = 0, bias = 72, from = dash + 1;
  while (from < text.length) {
    const before = at;
    for (let weight = 1, base = 36; ; base += 36) {
      const digit = "abcdefghijklmnopqrstuvwxyz0123456789".indexOf(text[from++] ?? "?");
      if (digit < 0) return null;
      at += digit * weight;
      const least = Math.min(26, Math.max(1, base - bias));
      if (digit < least) break;
      weight *= 36 - least;
    }
    const count = letters.length + 1;
    bias = adapt(at - before, count, before === 0);
    code += Math.floor(at / count);
    at %= count;
    if (code > 0x10ffff) return null;
    letters.splice(at++, 0, code);
  }
  return String.fromCodePoint(...letters);
}

/**
 * @param {number} delta
 * @param {number} count
 * @param {boolean} first
 */
function adapt(delta, count, first) {
  let left = first ? Math.floor(delta / 700) : delta >> 1, base = 0;
  left += Math.floor(left / count);
  while (left > 455) {
    left = Math.floor(left / 35);
    base += 36;
  }
  return base + Math.floor((36 * left) / (left + 38));
}
