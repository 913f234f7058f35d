/** `npm run bench` and `npm run experiment`: every module says how it is used, and refuses what it does not know in a sentence. */
import { spawnSync } from "node:child_process";
import { accessSync, constants, globSync, readFileSync, realpathSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "..");
const scripts = { bench: "bench", experiment: "experiments" } as const;
type Script = keyof typeof scripts;

function run(script: Script, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [resolve(root, scripts[script], "run.mjs"), ...args], {
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

/** The names that a script lists. */
function namesOf(script: Script): string[] {
  const { stdout } = run(script, "--help");
  return /NAME is one of (.*)\n/.exec(stdout)?.[1]?.split(", ") ?? [];
}

describe.each(["bench", "experiment"] as const)("npm run %s", (script) => {
  it("lists its names: asked for help on stdout, else on stderr with the status of wrong usage", () => {
    const help = run(script, "--help");
    expect(help).toEqual({ status: 0, stdout: expect.stringContaining(`usage: npm run ${script} -- NAME [options]`), stderr: "" });
    expect(run(script)).toEqual({ status: 2, stdout: "", stderr: help.stdout });
    expect(run(script, "nonesuch")).toEqual({ status: 2, stdout: "", stderr: `${script}: there is no "nonesuch".\n${help.stdout}` });
  });

  it("has a usage for every module that reads options", () => {
    const reading = globSync("*.ts", { cwd: resolve(root, scripts[script]) }).filter((file) =>
      readFileSync(resolve(root, scripts[script], file), "utf8").includes("= parseOptions("),
    );
    expect(reading.length).toBeGreaterThan(5);
    expect(namesOf(script)).toEqual(expect.arrayContaining(reading.map((file) => file.slice(0, -3))));
  });

  it("prints a module's usage without running it", () => {
    for (const name of namesOf(script)) {
      const { status, stdout, stderr } = run(script, name, "--help");
      expect({ name, status, stderr }).toEqual({ name, status: 0, stderr: "" });
      expect(stdout).toContain(`npm run ${script} -- ${name}`);
      expect(stdout).not.toMatch(/^ \*/m);
    }
  });
});

describe("npm run setup", () => {
  const setUp = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [resolve(root, "scripts/setup.mjs"), ...args], { encoding: "utf8" });
    return { status, stdout, stderr };
  };

  it("says its usage, and refuses what it does not know, before it does anything", () => {
    expect(setUp("--help")).toEqual({ status: 0, stdout: "usage: npm run setup [-- --photos]\n", stderr: "" });
    expect(setUp("--photo")).toEqual({
      status: 2,
      stdout: "",
      stderr: 'setup: unknown option "--photo".\nusage: npm run setup [-- --photos]\n',
    });
  });

  it("makes the command what npx runs in the clone", () => {
    const link = resolve(root, "node_modules/.bin/semblant");
    expect(realpathSync(link)).toBe(resolve(root, "packages/semblant/dist/cli.js"));
    accessSync(link, constants.X_OK);
  });
});

describe("npm run photos", () => {
  const photos = (cwd: string, ...args: string[]) => {
    const env = { ...process.env, INIT_CWD: cwd, NO_COLOR: "1" };
    const { status, stdout, stderr } = spawnSync(process.execPath, [resolve(root, "scripts/photos.mjs"), ...args], {
      encoding: "utf8",
      env,
    });
    return { status, stdout, stderr };
  };

  it("runs the command with the same words, and says nothing of set-up where that is done", () => {
    expect(photos(root, "--version")).toEqual({ status: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), stderr: "" });
    expect(photos(root, "albun").status).toBe(2);
  });

  it("looks for photos from where the person is, and ends with the status of the command", () => {
    const { status, stderr } = photos(resolve(root, "docs"), "album", "no such folder");
    expect(status).toBe(1);
    expect(stderr).toContain("no such folder");
    const none = photos(resolve(root, "docs"), "best", "../paper");
    expect({ status: none.status, said: none.stderr.includes("expected photos in ../paper") }).toEqual({ status: 1, said: true });
  });
});

describe("options that are wrong", () => {
  it("are refused in a sentence, with what is known and the status 2", () => {
    expect(run("bench", "memory", "--stpes", "3")).toEqual({
      status: 2,
      stdout: "",
      stderr: "memory: unknown option --stpes; known: --steps, --width.\n  See: --help\n",
    });
    expect(run("experiment", "table", "--all").stderr).toBe("table: unknown option --all; known: no options.\n  See: --help\n");
    expect(run("experiment", "ablation")).toEqual({
      status: 2,
      stdout: "",
      stderr: "ablation: expected the folder of FER+ with --data.\n  See: --help\n",
    });
    expect(run("bench", "memory", "--steps").stderr).toBe(
      "memory: expected a value after --steps; known: --steps, --width.\n  See: --help\n",
    );
    expect(run("experiment", "ablation", "--table=yes").stderr).toMatch(/^ablation: expected no value after --table; known: /);
    expect(run("bench", "memory", "here").stderr).toBe("memory: expected options, but got here; known: --steps, --width.\n  See: --help\n");
  });

  it("are read by one function", () => {
    const others = globSync("{bench,experiments}/*.ts", { cwd: root }).filter((file) =>
      /\bparseArgs\b/.test(readFileSync(resolve(root, file), "utf8")),
    );
    expect(others).toEqual(["bench/options.ts"]);
  });
});
