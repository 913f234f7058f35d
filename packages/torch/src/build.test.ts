import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const script = fileURLToPath(new URL("../build.mjs", import.meta.url));
const build = (args: string[], environment: Record<string, string>) => {
  const { status, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: "utf8", env: { ...process.env, ...environment } });
  return { status, stderr };
};

describe("npx @semblant/torch build", () => {
  it("says where libtorch was looked for and how to get one", () => {
    expect(build(["build"], { LIBTORCH: "/nowhere" })).toEqual({
      status: 1,
      stderr:
        "No libtorch was found in LIBTORCH=/nowhere: include/torch is missing there.\n" +
        "  Debian, Ubuntu:  apt-get install -y libtorch-dev libgloo-dev libopenblas0-pthread cmake g++\n" +
        "  macOS, Fedora, others: install cmake and a C++17 compiler, then LIBTORCH=/path/to/libtorch npx @semblant/torch build\n" +
        '  (any libtorch from 1.13 on; a pip-installed torch is one: python3 -c "import torch; print(torch.__path__[0])")\n',
    });
  });

  it("refuses arguments it does not know", () => {
    expect(build(["build", "--quick"], {})).toEqual({ status: 2, stderr: "Usage: npx @semblant/torch build [--force]\n" });
  });
});
