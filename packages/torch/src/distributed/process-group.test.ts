import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { freePort, runRanks } from "../fixtures/ranks.ts";
import { hasGloo, joinProcessGroup, ones, sumGradientsDuring, tensor, tidy } from "../index.ts";

const script = (name: string) => fileURLToPath(new URL(`../fixtures/${name}.ts`, import.meta.url));
/** What is left to say of ranks that have to end well. */
const faultsOf = async (checks: string, size: number) => {
  const ranks = await runRanks(script("group-checks"), checks, { size, port: await freePort() });
  return ranks.flatMap(({ status, stdout, stderr }) => {
    const wrong = stdout.split("\n").filter((line) => line.startsWith("WRONG"));
    return [
      ...wrong,
      ...(status === 0 && stdout.includes("DONE") ? [] : [`ended with ${status}`]),
      ...(stderr ? [stderr.slice(-600)] : []),
    ];
  });
};

/** Without Gloo (apt-get install libgloo-dev) there is nothing to be tried. */
describe.skipIf(!hasGloo())("a group of processes", () => {
  it("sums and gathers whatever type and number of rows; takes batch norm over all rows as one process that has them", async () => {
    expect(await faultsOf("collectives,batch norm,training step", 3)).toEqual([]);
  });

  it("of 4 computes the gradients of one process that has all rows: within 2e-5 in float32, 5e-2 in bfloat16", async () => {
    expect(await faultsOf("training step", 4)).toEqual([]);
  });

  it("of one is no different from none", () => {
    const group = joinProcessGroup({ rank: 0, size: 1, address: "127.0.0.1", port: 0 });
    tidy(() => {
      const x = ones([3]);
      group.allReduce([x]);
      group.broadcast(x, 0);
      group.barrier();
      expect(group.gather(x, [3]).data()).toEqual(ones([3]).data());
      expect(group.exchange("name", "me")).toEqual(["me"]);
      const weight = tensor([3], { requiresGrad: true });
      const fails = () => {
        throw new RangeError("no");
      };
      expect(() => sumGradientsDuring([weight], group, fails)).toThrow("no");
      expect(sumGradientsDuring([weight], group, () => weight.square().sum().backward())).toBe(undefined);
      expect(weight.grad?.item()).toBe(6);
      expect(() => group.gather(x, [2])).toThrow("gather: expected 2 rows of rank 0, but got 3.");
      expect(() => group.gather(x, [2, 1])).toThrow("gather: expected counts for 1 ranks, but got 2.");
      expect(() => group.broadcast(x, 1)).toThrow("broadcast: expected from to be a rank from 0 to 0, but got 1.");
    });
    group.close();
    expect(() => group.barrier()).toThrow("process group: used after it was closed.");
  });
});

describe.skipIf(!hasGloo())("a group in which something goes wrong", () => {
  const tell = async (what: string, size: number, stays?: number) => {
    const port = await freePort();
    const ranks = await runRanks(script("group-failures"), what, { size, port, ...(stays !== undefined && { stays }) });
    expect(ranks.map(({ stderr }) => stderr).join("")).toBe("");
    return ranks.map(({ stdout }) => stdout);
  };

  it("names a rank that ended", async () => {
    const words = "EngineError: process group: expected all 3 ranks, but rank 2 is gone.\n  What was written there last says why.";
    expect(await tell("dies", 3)).toEqual([words, words, ""]);
  });

  it("names a rank that is stopped, after the time limit", async () => {
    const words =
      "EngineError: process group: expected an answer of all 2 ranks within 2 s, but rank 1 gave none.\n" +
      "  It may have ended or be stopped, or the network be cut.";
    expect(await tell("is stopped", 2, 1)).toEqual([words, ""]);
  });

  it("names a rank that is alive, but does something else", async () => {
    const words =
      "EngineError: process group: expected an answer of all 2 ranks within 2 s, but rank 1 did something else.\n" +
      "  A longer time limit helps where one rank has more to do than others.";
    expect(await tell("does something else", 2, 1)).toEqual([words, ""]);
  });

  it("passes on why a rank stops, and says that one left", async () => {
    expect(await tell("says why", 2)).toEqual([
      "EngineError: process group: expected all 2 ranks to go on, but rank 1 stopped.\n" +
        "  It said: train: expected a disk with room, but it is full.",
      "",
    ]);
    expect(await tell("leaves", 2)).toEqual([
      "EngineError: process group: expected all 2 ranks to go on, but rank 1 left the group.\n  All ranks have to take the same steps.",
      "",
    ]);
  });

  it("is not made where ranks were told different sizes", async () => {
    const words =
      "EngineError: joinProcessGroup: expected all ranks to be started with one size, but rank 0 was told 2 and rank 1 3.\n" +
      "  Start all with the same WORLD_SIZE.";
    expect(await tell("another size", 2)).toEqual([words, words]);
  });
});

describe.skipIf(!hasGloo())("joining a group", () => {
  const joining = { rank: 0, size: 2, address: "127.0.0.1", timeLimit: 0.5 };

  it("says that the port is in use", async () => {
    const server = createServer().listen(0);
    await once(server, "listening");
    const { port } = server.address() as { port: number };
    expect(() => joinProcessGroup({ ...joining, port })).toThrow(
      `joinProcessGroup: expected port ${port} to be free, but another program listens there.\n` +
        "  Another training may be under way; a training of its own takes another MASTER_PORT.",
    );
    server.close();
    await once(server, "close");
  });

  it("says who did not come, and that rank 0 is not there", async () => {
    const port = await freePort();
    expect(() => joinProcessGroup({ ...joining, size: 4, port })).toThrow(
      "joinProcessGroup: expected 4 ranks within 0.5 s, but ranks 1, 2, 3 did not come.\n" +
        "  Are all started, with the same address and port?",
    );
    expect(() => joinProcessGroup({ ...joining, rank: 1, port })).toThrow(
      `joinProcessGroup: expected rank 0 at 127.0.0.1:${port} within 0.5 s, but nobody answered there.\n` +
        "  Is it started, and is its address right?",
    );
  });

  it.each([
    [{ rank: 2 }, "joinProcessGroup: expected rank to be a whole number from 0 to 1, but got 2."],
    [{ size: 0 }, "joinProcessGroup: expected size to be a whole number from 1 to 65536, but got 0."],
    [{ port: 0 }, "joinProcessGroup: expected port to be a whole number from 1 to 65535, but got 0."],
    [{ timeLimit: 0 }, "joinProcessGroup: expected timeLimit to be seconds above 0, but got 0."],
    [{ backend: "nccl" as const }, "joinProcessGroup: expected an addon with nccl, but it was built without.\n"],
  ])("refuses %j", (wrong, words) => {
    expect(() => joinProcessGroup({ ...joining, port: 29_500, ...wrong })).toThrow(words);
  });
});
