import { createAdaptorServer } from "@hono/node-server";
import { createApi, type ExtraRoutes, type Shelf } from "@semblant/api";
import { DataError } from "@semblant/core";
import { AtATime } from "@semblant/photos/internals";
import { guarded, type Handler } from "./guard.ts";
import { allowedHosts, inAddress, isLoopback } from "./hosts.ts";
import { staticFiles } from "./static-files.ts";
import { Tickets } from "./tickets.ts";
import { newToken } from "./token.ts";

/** Where a server listens, and what it answers with. */
export interface AppServerOptions {
  readonly shelf: Shelf;
  /** The built page's folder. */
  readonly page: string;
  /** 127.0.0.1 unless it is said. */
  readonly host?: string;
  /** A free one unless it is said. */
  readonly port?: number;
  readonly token?: string;
  /** Routes beside those of the library. */
  readonly extra?: readonly ExtraRoutes[];
  /** What the page shows first: a path. */
  readonly first?: string;
}

/** A server that listens. */
export interface AppServer {
  /** With its token: who has it sees and changes everything. */
  readonly address: string;
  /** An address that lets in once, and soon: for the arguments of a program, which others on this machine see. */
  ticket(): string;
  readonly host: string;
  readonly port: number;
  /** Ends what is still answered, and takes no more. */
  close(): Promise<void>;
}

type PlainServer = Extract<ReturnType<typeof createAdaptorServer>, { closeIdleConnections(): void; headersTimeout: number }>;

const MiB = 2 ** 20;
/** Most bytes of a body, by what it carries. */
const most = (pathname: string): number =>
  pathname === "/api/photos"
    ? 1024 * MiB
    : pathname === "/api/look"
      ? 512 * MiB
      : pathname.startsWith("/api/documents/")
        ? 32 * MiB
        : 4 * MiB;

/** Larger bodies are taken one after the other: each is in memory as a whole, some three times over. */
const mostAtOnce = 64 * MiB;
const isLarge = ({ method, headers }: Request): boolean =>
  (method === "POST" || method === "PUT") && !(Number(headers.get("content-length") ?? Number.NaN) <= mostAtOnce);

/**
 * What answers the app's requests: the API below `/api`, and the page. A function from a request to a response, without a socket.
 *
 * @param of `host` and `port`: where it listens; `token`: what lets a request in
 */
export function appHandler(
  { shelf, page, extra }: Pick<AppServerOptions, "shelf" | "page" | "extra">,
  { host, port, token, tickets }: { readonly host: string; readonly port: number; readonly token: string; readonly tickets?: Tickets },
): (request: Request) => Promise<Response> {
  const api = createApi(shelf, extra);
  const files = staticFiles(page);
  const large = new AtATime(1);
  const handler: Handler = (request) => {
    const { pathname } = new URL(request.url);
    return pathname === "/api" || pathname.startsWith("/api/")
      ? isLarge(request)
        ? large.run(() => api(request))
        : api(request)
      : files.answer(request);
  };
  return guarded(handler, { token, hosts: allowedHosts(host, port), port, most, isPublic: files.has, ...(tickets && { tickets }) });
}

/**
 * Serves a library and the page.
 *
 * @throws DataError if the port is taken, or the host is none of this machine's
 */
export async function serveApp(options: AppServerOptions): Promise<AppServer> {
  const { host = "127.0.0.1", port = 0, token = newToken(), first = "/" } = options;
  let handle: (request: Request) => Promise<Response> = async () => new Response(null, { status: 503 });
  const server = createAdaptorServer({
    fetch: (request) => handle(request),
    serverOptions: { connectionsCheckingInterval: 5000 },
  }) as PlainServer;
  server.headersTimeout = 10_000;
  server.requestTimeout = 0; // uploads take their time; their size is limited
  server.maxHeadersCount = 100;
  await new Promise<void>((done, fail) => {
    server.once("error", (error: NodeJS.ErrnoException) => fail(inWords(error, host, port)));
    server.listen(port, host.replace(/^\[|\]$/g, ""), done);
  });
  const address = server.address();
  const { port: own, address: at } = typeof address === "object" && address !== null ? address : { port, address: host };
  const tickets = new Tickets();
  handle = appHandler(options, { host, port: own, token, tickets });
  const shown = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : isLoopback(host) ? at : host;
  const by = (secret: string) => `http://${inAddress(shown)}:${own}${first}?token=${secret}`;
  return {
    address: by(token),
    ticket: () => by(tickets.issue()),
    host,
    port: own,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeIdleConnections();
        setTimeout(() => server.closeAllConnections(), 200).unref(); // events never end by themselves
      }),
  };
}

function inWords(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === "EADDRINUSE") {
    return new DataError(
      `app: expected port ${port} to be free, but another program listens there.\n` +
        "  Name another with --port, or none: a free one is taken then.",
    );
  }
  if (error.code === "EACCES") {
    return new DataError(`app: expected a port that may be used, but ${port} may not.\n  Ports from 1024 are free for everybody.`);
  }
  if (error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND") {
    return new DataError(`app: expected a host of this machine, but ${JSON.stringify(host)} is none.`);
  }
  return error;
}
