import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { DataError } from "@semblant/core";
import { inFileWords } from "@semblant/core/internals";
import type { Encryption } from "./parse-server-address.ts";

/**
 * Sees that the files which an address names for encryption can be read and hold what they should: where one is missing, connecting would
 * look as if the server were.
 *
 * @throws DataError if one cannot be read, or is not what it should be
 */
export function checkCertificateFiles({ ca, certificate, key }: Encryption): void {
  if (ca !== undefined) parsedFile("sslrootcert", "a certificate", ca, (text) => new X509Certificate(text));
  const own =
    certificate === undefined ? undefined : parsedFile("sslcert", "a certificate", certificate, (text) => new X509Certificate(text));
  if (key === undefined) return;
  parsedFile("sslkey", own === undefined ? "a key" : "the certificate's key", key, (text) => {
    if (own?.checkPrivateKey(createPrivateKey(text)) === false) throw new Error("another key");
  });
}

function parsedFile<T>(name: string, what: string, file: string, parse: (text: string) => T): T {
  const text = textOf(name, file);
  try {
    return parse(text);
  } catch (cause) {
    throw new DataError(`library: expected ${name} to name a file with ${what} in PEM form, but got ${file}.`, { cause });
  }
}

function textOf(name: string, file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const said = inFileWords(error, file);
    throw said instanceof DataError ? new DataError(`library: ${name}: ${said.message}`, { cause: error }) : said;
  }
}
