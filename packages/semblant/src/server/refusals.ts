/** What an answer that refuses says, in the form of all errors of the API. */
export interface Refusal {
  readonly status: number;
  readonly kind: string;
  readonly message: string;
  readonly hint?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A refusal, as JSON for programs and as plain words for a person who opened an address. */
export function refuse(request: Request, { status, kind, message, hint, headers = {} }: Refusal): Response {
  const { pathname } = new URL(request.url);
  const forPrograms = pathname === "/api" || pathname.startsWith("/api/");
  const body = forPrograms
    ? JSON.stringify({ error: { kind, message, ...(hint !== undefined && { hint }) } })
    : `${message}\n${hint ?? ""}\n`;
  const type = forPrograms ? "application/json" : "text/plain; charset=utf-8";
  return new Response(body, { status, headers: { "content-type": type, ...headers } });
}

export const noToken: Refusal = {
  status: 401,
  kind: "NoToken",
  message: "app: expected the address with its token, but got one without.",
  hint: "Open the address that semblant app wrote when it began.",
};

export const wrongToken: Refusal = {
  status: 401,
  kind: "WrongToken",
  message: "app: expected the token of this run of semblant app, but got another.",
  hint: "Open the address that semblant app wrote when it began.",
};

export const foreignHost: Refusal = {
  status: 403,
  kind: "ForeignHost",
  message: "app: expected a request to this server's own address, but got another host.",
  hint: "To answer to another name: semblant app --host NAME",
};

export const foreignOrigin: Refusal = {
  status: 403,
  kind: "ForeignOrigin",
  message: "app: expected a request of the app's own page, but another site made it.",
};

export const broken: Refusal = { status: 500, kind: "Error", message: "app: something went wrong here that is not your fault." };

export const tooLarge = (most: number): Refusal => ({
  status: 413,
  kind: "TooLarge",
  message: `app: expected at most ${Math.round(most / 2 ** 20)} MiB at once, but got more.`,
  headers: { connection: "close" },
});

export const waitFirst = (seconds: number): Refusal => ({
  status: 429,
  kind: "TooMany",
  message: `app: expected the right token, but there were too many wrong ones.`,
  hint: `Try again in ${seconds} s.`,
  headers: { "retry-after": String(seconds) },
});
