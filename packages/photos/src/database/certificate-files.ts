import { readFileSync } from "node:fs";
import { createSecureContext, type SecureContextOptions } from "node:tls";
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
  const parts = [
    { name: "sslrootcert", what: "certificates", file: ca, as: "ca" },
    { name: "sslcert", what: "a certificate", file: certificate, as: "cert" },
    { name: "sslkey", what: "the certificate's key", file: key, as: "key" },
  ] as const;
  const read: SecureContextOptions = {};
  for (const { name, what, file, as } of parts) {
    if (file === undefined) continue;
    const why = refusal(read, as, textOf(name, file));
    if (why === undefined) continue;
    throw new DataError(`library: expected ${name} to name a file with ${what} in PEM form, but got ${file}: ${why}.`);
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

/** Why a text cannot be taken, beside those that were; undefined where it can. */
function refusal(read: SecureContextOptions, as: "ca" | "cert" | "key", text: string): string | undefined {
  if (!text.includes("-----BEGIN")) return "it has none";
  read[as] = text;
  try {
    createSecureContext(read);
    return undefined;
  } catch (error) {
    return (error as Error).message.split(":").at(-1);
  }
}
