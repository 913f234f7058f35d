import { serverTransport } from "./server-transport.ts";
import type { Transport } from "./transport.ts";

/** Who answers: `semblant app`, or a worker of the page. index.html says it. */
export const home: "server" | "browser" =
  document.querySelector<HTMLMetaElement>('meta[name="semblant-home"]')?.content === "browser" ? "browser" : "server";

/** The home in the browser puts itself here when it starts; see {@link startHome}. */
let transport: Promise<Transport> | undefined;

/** The one transport of this page; the browser's is loaded only where it is needed. */
export function startHome(): Promise<Transport> {
  transport ??= home === "server" ? Promise.resolve(serverTransport) : browserHome();
  return transport;
}

async function browserHome(): Promise<Transport> {
  return (await import("./worker-transport.ts")).workerTransport();
}
