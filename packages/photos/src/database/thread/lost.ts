/** What the system and PostgreSQL call a server that is away: it may come back. */
const away = [
  "ECONNREFUSED",
  "ECONNRESET",
  "ECONNABORTED",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENETDOWN",
  "ENOENT",
  "EAI_AGAIN",
];

/** Shutting down, broken, just starting; nobody knows the connection's process any more. */
const going = ["57P01", "57P02", "57P03", "57P05"];

const codeOf = (error: unknown): string => String((error as { code?: unknown } | undefined)?.code ?? "");

/** Whether an error says that the connection is gone. What has no code is pg's own word for that. */
export function isLost(error: unknown): boolean {
  const code = codeOf(error);
  const { severity } = error as { severity?: string };
  return code === "" || away.includes(code) || going.includes(code) || /^08...$/.test(code) || severity === "FATAL" || severity === "PANIC";
}

/**
 * Whether connecting is worth another try.
 *
 * @param first whether nothing was ever asked of the server: then only one that starts, or is full, is waited for
 */
export function passes(error: unknown, first: boolean): boolean {
  const code = codeOf(error);
  if (code === "57P03" || code === "53300") return true;
  if (first) return false;
  const { message } = error as Error;
  if (code === "") return /terminated|timeout/i.test(message);
  return away.includes(code) || going.includes(code) || /^08...$/.test(code);
}
