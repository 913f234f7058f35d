import type { Random } from "@semblant/core";

/**
 * A damaged copy: bytes flipped, cut, doubled, moved, lengths changed; one to four things at once, oftener near the head, where formats
 * say what follows.
 */
export function damaged(bytes: Uint8Array, random: Random): Uint8Array {
  let out: Uint8Array = Uint8Array.from(bytes);
  for (let times = 1 + random.integer(4); times > 0 && out.length > 0; times--) {
    out = (kinds[random.integer(kinds.length)] as (typeof kinds)[number])(out, random);
  }
  return out;
}

const place = (length: number, random: Random): number =>
  random.integer(2) === 0 ? random.integer(length) : random.integer(Math.min(length, 1 << (3 + random.integer(8))));

const extremes = [0, 1, 0x7f, 0x80, 0xff, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];

const kinds: ((bytes: Uint8Array, random: Random) => Uint8Array)[] = [
  (bytes, random) => {
    const at = place(bytes.length, random);
    bytes[at] = (bytes[at] as number) ^ (1 << random.integer(8));
    return bytes;
  },
  (bytes, random) => {
    bytes[place(bytes.length, random)] = random.integer(256);
    return bytes;
  },
  // A length, a count or an offset, in either order of bytes.
  (bytes, random) => {
    const [at, wide] = [place(bytes.length, random), random.integer(2) === 0 ? 2 : 4];
    if (at + wide > bytes.length) return bytes;
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const [value, little] = [extremes[random.integer(extremes.length)] as number, random.integer(2) === 0];
    if (wide === 2) view.setUint16(at, value & 0xffff, little);
    else view.setUint32(at, value, little);
    return bytes;
  },
  (bytes, random) => bytes.slice(0, random.integer(bytes.length)),
  (bytes, random) => {
    const at = place(bytes.length, random);
    return joined(bytes.subarray(0, at), bytes.subarray(at + 1 + random.integer(64)));
  },
  (bytes, random) => {
    const [at, length] = [place(bytes.length, random), 1 + random.integer(256)];
    return joined(bytes.subarray(0, at + length), bytes.subarray(at));
  },
  (bytes, random) => {
    const noise = Uint8Array.from({ length: 1 + random.integer(64) }, () => random.integer(256));
    const at = place(bytes.length, random);
    return joined(bytes.subarray(0, at), noise, bytes.subarray(at));
  },
  (bytes, random) => {
    const [from, to] = [place(bytes.length, random), place(bytes.length, random)];
    bytes.copyWithin(to, from, from + 1 + random.integer(512));
    return bytes;
  },
];

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** What stands where a number, a name or a path should. */
export const oddWords: readonly string[] = [
  "",
  " ",
  "0",
  "-1",
  "1e999",
  "NaN",
  "Infinity",
  "-0",
  "9007199254740993",
  "4294967296",
  "0x10",
  "null",
  "true",
  "[]",
  "{}",
  "__proto__",
  "constructor",
  "toString",
  "../../etc/passwd",
  "/",
  ".",
  "a".repeat(300),
  "\u0000",
  "\u001b[31mred",
  "\u202eabc",
  "=1+1",
  "+1",
  "@sum",
  "\t",
  '"',
  "'",
  "ä",
  "\ud800",
  "ſ",
  "%s",
  "*",
  "a,b",
  "~",
  "&a [*a]",
  "!!js/function x",
  "- - -",
  "? :",
];

export const oddWord = (random: Random): string => oddWords[random.integer(oddWords.length)] as string;

/** A damaged text: words, fields and lines put out of place, or its bytes as {@link damaged} does. */
export function damagedText(text: string, random: Random): Uint8Array {
  if (random.integer(3) === 0) return damaged(new TextEncoder().encode(text), random);
  let out = text;
  for (let times = 1 + random.integer(3); times > 0; times--) out = damagedOnce(out, random);
  return new TextEncoder().encode(out);
}

function damagedOnce(text: string, random: Random): string {
  const lines = text.split("\n");
  const at = random.integer(lines.length);
  const line = lines[at] as string;
  const words = line.split(/([\s,;:[\]{}"]+)/);
  switch (random.integer(8)) {
    case 0:
      words[random.integer(words.length)] = oddWord(random);
      lines[at] = words.join("");
      return lines.join("\n");
    case 1:
      lines.splice(at, 1);
      return lines.join("\n");
    case 2:
      lines.splice(at, 0, line);
      return lines.join("\n");
    case 3:
      lines[at] = words.reverse().join("");
      return lines.join("\n");
    case 4:
      return random.integer(2) === 0 ? `\ufeff${text}` : text.replaceAll("\n", "\r\n");
    case 5:
      return text.replaceAll(",", [";", "\t", "|", ",,"][random.integer(4)] as string);
    case 6:
      return text.slice(0, random.integer(text.length + 1));
    default:
      return `${text}${oddWord(random)}\n`;
  }
}

/** A copy of a JSON value with one to three of its values replaced, renamed, left out or repeated. */
export function damagedJson(value: unknown, random: Random): unknown {
  const copy: unknown = structuredClone(value);
  for (let times = 1 + random.integer(3); times > 0; times--) {
    const nodes: { holder: Record<string, unknown>; key: string }[] = [];
    const walk = (holder: unknown) => {
      if (typeof holder !== "object" || holder === null) return;
      for (const key of Object.keys(holder).slice(0, 40)) {
        nodes.push({ holder: holder as Record<string, unknown>, key });
        walk((holder as Record<string, unknown>)[key]);
      }
    };
    walk(copy);
    const node = nodes[random.integer(Math.max(1, nodes.length))];
    if (node === undefined) return copy;
    const { holder, key } = node;
    const odd: unknown[] = [null, true, -1, 0, 1.5, 1e308, 2 ** 53, "", oddWord(random), [], {}, [[]], [holder[key], holder[key]]];
    const what = random.integer(odd.length + 2);
    if (what === odd.length) delete holder[key];
    else if (what === odd.length + 1)
      Object.defineProperty(holder, oddWord(random), { value: holder[key], enumerable: true, configurable: true, writable: true });
    else holder[key] = odd[what];
  }
  return copy;
}
