import { createServer } from "node:net";
import { EngineError } from "@semblant/core";

/** A port of this machine on which nobody listens: there its ranks meet. No other machine is asked, or could come. */
export function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const server = createServer();
    server.once("error", ({ message }) => failed(new EngineError(`train: expected a free port on this machine, but got: ${message}.`)));
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => found(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
