import { OptionError } from "@semblant/core";
import { describe, expect, it } from "vitest";
import { rankFromEnvironment } from "./environment.ts";

const two = { WORLD_SIZE: "2", RANK: "1", MASTER_ADDR: "node-a", MASTER_PORT: "29500" };
const said = (env: Record<string, string>) => {
  try {
    return rankFromEnvironment(env);
  } catch (error) {
    expect(error).toBeInstanceOf(OptionError);
    return (error as Error).message.split("\n")[0];
  }
};

describe("torchrun's variables", () => {
  it("mean a process that trains alone where WORLD_SIZE is 1, or missing as RANK is", () => {
    expect(rankFromEnvironment({})).toBeUndefined();
    expect(rankFromEnvironment({ MASTER_ADDR: "node-a" })).toBeUndefined();
    expect(rankFromEnvironment({ ...two, WORLD_SIZE: "1" })).toBeUndefined();
  });

  it("say which process this is, and where all meet", () => {
    expect(rankFromEnvironment(two)).toEqual({ rank: 1, size: 2, address: "node-a", port: 29_500, localRank: 0 });
    expect(rankFromEnvironment({ ...two, RANK: "0", LOCAL_RANK: "1" })).toMatchObject({ rank: 0, localRank: 1 });
  });

  it("leave listening to torchrun where it says that it does, under a name of this try", () => {
    const ofAgent = { TORCHELASTIC_USE_AGENT_STORE: "True", TORCHELASTIC_RESTART_COUNT: "2" };
    expect(rankFromEnvironment({ ...two, RANK: "0", ...ofAgent })).toMatchObject({ launcherStore: "/worker/attempt_2" });
    expect(rankFromEnvironment({ ...two, RANK: "0", TORCHELASTIC_USE_AGENT_STORE: "False" })).not.toHaveProperty("launcherStore");
  });

  it.each([
    [{ ...two, WORLD_SIZE: "two" }, 'environment: expected WORLD_SIZE to be a whole number from 1 to 65536, but got "two".'],
    [{ ...two, WORLD_SIZE: "0" }, 'environment: expected WORLD_SIZE to be a whole number from 1 to 65536, but got "0".'],
    [{ RANK: "1", MASTER_ADDR: "node-a" }, "environment: expected WORLD_SIZE to be a whole number from 1 to 65536, but got nothing."],
    [{ WORLD_SIZE: "2" }, "environment: expected RANK to be a whole number from 0 to 1, but got nothing."],
    [{ ...two, RANK: "2" }, 'environment: expected RANK to be a whole number from 0 to 1, but got "2".'],
    [{ ...two, MASTER_ADDR: "" }, 'environment: expected MASTER_ADDR to be the host of rank 0, but got "".'],
    [{ ...two, MASTER_PORT: "0" }, 'environment: expected MASTER_PORT to be a whole number from 1 to 65535, but got "0".'],
    [{ ...two, LOCAL_RANK: "2" }, 'environment: expected LOCAL_RANK to be a whole number from 0 to 1, but got "2".'],
  ])("are refused by name: %j", (env, message) => {
    expect(said(env)).toBe(message);
  });
});
