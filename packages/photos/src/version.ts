import { readFileSync } from "node:fs";

const own = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
};

/** This package's version, as its package.json says it. */
export const version: string = own.version;

/** This version and those of what unpacks photos, which package.json pins. */
export const decoderVersions = `semblant ${own.version}, sharp ${own.dependencies.sharp}, libheif-js ${own.dependencies["libheif-js"]}`;
