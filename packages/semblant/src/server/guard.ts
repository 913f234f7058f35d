import { limited } from "./body-limit.ts";
import { withHeaders } from "./headers.ts";
import { broken, foreignHost, foreignOrigin, noToken, type Refusal, refuse, tooLarge, waitFirst, wrongToken } from "./refusals.ts";
import type { Tickets } from "./tickets.ts";
import { sameToken, WrongTokens } from "./token.ts";

/** What answers requests. */
export type Handler = (request: Request) => Promise<Response> | Response;

/** What a {@link guarded} handler is guarded by. */
export interface Guard {
  readonly token: string;
  /** What a request may name as its host, with its port. */
  readonly hosts: ReadonlySet<string>;
  /** Part of the cookie's name: the browser gives the cookies of a machine to each of its ports. */
  readonly port: number;
  /** Most bytes of a request to a path. */
  most(pathname: string): number;
  /** Whether a path is a file of the page, which everybody may have: it says nothing of any photo. */
  isPublic(pathname: string): boolean;
  readonly wrong?: WrongTokens;
  /** Secrets that let in once in place of the token. */
  readonly tickets?: Tickets;
}

/**
 * Lets only requests through that the app's own page or a program with the token makes.
 *
 * The token comes once in the address (`/?token=…`). It is then kept in a cookie that no script reads and no other site sends. Programs
 * send it as `Authorization: Bearer …`. The host has to be one of the server's own, so that no other site can let its name point here.
 * What another site's page asks is refused, even with the cookie.
 */
export function guarded(handler: Handler, guard: Guard): (request: Request) => Promise<Response> {
  const wrong = guard.wrong ?? new WrongTokens();
  return async (request) => withHeaders(await answer(request));

  async function answer(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const refusal = foreign(request, url);
    if (refusal !== undefined) return refuse(request, refusal);
    const given = url.searchParams.get("token");
    if (given !== null) return signIn(request, url, given);
    if (!(safe(request) && guard.isPublic(url.pathname))) {
      const unknown = notSignedIn(request);
      if (unknown !== undefined) return refuse(request, unknown);
    }
    const most = guard.most(url.pathname);
    const { request: within, exceeded } = limited(request, most);
    if (exceeded()) return refuse(request, tooLarge(most));
    const answered = await Promise.resolve(handler(within)).catch(() => refuse(request, broken));
    return exceeded() ? refuse(request, tooLarge(most)) : answered;
  }

  function foreign(request: Request, url: URL): Refusal | undefined {
    const named = request.headers.get("host") ?? url.host;
    if (!guard.hosts.has(named.toLowerCase()) || !guard.hosts.has(url.host.toLowerCase())) return foreignHost;
    const origin = request.headers.get("origin");
    if (origin !== null && origin !== `http://${named.toLowerCase()}`) return foreignOrigin;
    const site = request.headers.get("sec-fetch-site");
    if (site === null || site === "same-origin" || site === "none") return undefined;
    // A link on another site may open the page in a window of its own, which still asks for the token.
    const alone = (request.headers.get("sec-fetch-dest") ?? "document") === "document";
    const opens = safe(request) && request.headers.get("sec-fetch-mode") === "navigate" && alone && !isApi(url.pathname);
    return opens ? undefined : foreignOrigin;
  }

  function notSignedIn(request: Request): Refusal | undefined {
    const bearer = /^Bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
    if (bearer !== undefined) return checked(bearer);
    const cookies = cookiesOf(request, cookieName(guard));
    if (cookies.length === 0) return noToken;
    if (!cookies.some((cookie) => sameToken(cookie, guard.token))) return wrongToken; // of an earlier run, mostly
    // A browser says where what changes something comes from.
    const said = request.headers.has("origin") || request.headers.get("sec-fetch-site") === "same-origin";
    return safe(request) || said ? undefined : foreignOrigin;
  }

  function checked(token: string, linked = false): Refusal | undefined {
    // Another site could use up everybody's tries. It cannot guess 256 bits either.
    if (linked) return sameToken(token, guard.token) ? undefined : wrongToken;
    if (wrong.wait > 0) return waitFirst(wrong.wait);
    if (sameToken(token, guard.token)) return undefined;
    wrong.add();
    return wrongToken;
  }

  function signIn(request: Request, url: URL, token: string): Response {
    // After a link of another site the browser would send no such cookie on being sent on; on a new request of this page it does.
    const linked = request.headers.get("sec-fetch-site") === "cross-site";
    const refusal = guard.tickets?.take(token) ? undefined : checked(token, linked);
    if (refusal !== undefined) return refuse(request, refusal);
    url.searchParams.delete("token");
    const to = url.pathname.replace(/^\/+/, "/") + url.search; // "//name" would be another host
    const cookie = `${cookieName(guard)}=${guard.token}; Path=/; HttpOnly; SameSite=Strict`;
    const headers = linked ? { refresh: `0; url=${to}` } : { location: to };
    return new Response(null, { status: linked ? 200 : 303, headers: { ...headers, "set-cookie": cookie } });
  }
}

const safe = ({ method }: Request): boolean => method === "GET" || method === "HEAD";

const isApi = (pathname: string): boolean => pathname === "/api" || pathname.startsWith("/api/");

const cookieName = ({ port }: Guard): string => `semblant-${port}`;

/** All cookies of a name: a server on another port of this machine may have set one, too. */
function cookiesOf(request: Request, name: string): string[] {
  const parts = (request.headers.get("cookie") ?? "").split(";").map((part) => part.trim());
  return parts.filter((part) => part.startsWith(`${name}=`)).map((part) => part.slice(name.length + 1));
}
