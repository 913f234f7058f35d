import { isPictureName, type PictureFormat, pictureEndings } from "@semblant/core/internals";

/** Bytes that a name may have, so that an ending and a number still fit on every disk. */
const mostBytes = 180;

/**
 * A path that a stranger gave, as one that every disk takes and that stays below where it is put: folders are kept, and what climbs,
 * hides or commands is taken out of each name.
 *
 * @param format what the picture's bytes are: a name that does not end like a picture gets its ending
 *
 * @example
 * safeName("../../etc/.ssh/me.jpg", "jpeg"); // "etc/ssh/me.jpg"
 *
 * @example
 * safeName("2024\\<b>CON.html", "png"); // "2024/_b_CON.html.png"
 */
export function safeName(given: string, format: PictureFormat): string {
  const parts = given
    .split(/[/\\]/)
    .map(safePart)
    .filter((part) => part !== "");
  const folders = parts.slice(0, -1).slice(-6);
  const name = parts[parts.length - 1] ?? "picture";
  return [...folders, isPictureName(name) ? name : `${name}${pictureEndings[format][0]}`].join("/");
}

function safePart(given: string): string {
  const plain = given
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu, "")
    .replace(/[<>:"|?*]/g, "_")
    .replace(/^[. ]+|[. ]+$/g, "");
  const short = cut(plain);
  return /^(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(\.|$)/i.test(short) ? `_${short}` : short;
}

/** The name within its bytes, its ending kept. */
function cut(name: string): string {
  if (Buffer.byteLength(name) <= mostBytes) return name;
  const ending = /\.[^.]{1,6}$/.exec(name)?.[0] ?? "";
  let stem = name.slice(0, name.length - ending.length);
  while (Buffer.byteLength(stem + ending) > mostBytes) stem = [...stem].slice(0, -1).join("");
  return stem + ending;
}
