import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "semblant-stopped-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const cli = resolve(import.meta.dirname, "../cli.ts");
const long = ["data.count=20000", "data.cache=false", "network.baseChannels=8", "perClass=2", "steps=50", "--threads", "1"];
const unbegun = "Stopped before the first step: there is nothing to be saved.\n";

interface Ended {
  readonly status: number | null;
  readonly said: string;
  readonly seconds: number;
}

/** Runs the command and sends a signal once its standard error has said so much; the seconds are from there to its end. */
function stopped(args: readonly string[], ready: string, signal: NodeJS.Signals): Promise<Ended> {
  const child = spawn(process.execPath, ["--conditions=semblant-source", "--disable-warning=ExperimentalWarning", cli, ...args], {
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  let sent: number | undefined;
  child.stderr.on("data", (text) => {
    said += text;
    if (sent !== undefined || !said.includes(ready)) return;
    sent = -1;
    setTimeout(() => {
      sent = performance.now();
      child.kill(signal);
    }, 500); // well within the drawing of 20,000 faces
  });
  return new Promise((done) => {
    child.on("close", (status) => done({ status, said, seconds: (performance.now() - (sent as number)) / 1000 }));
  });
}

describe("a training that is stopped before its first step", () => {
  it.each([
    ["train", "SIGINT", 130],
    ["train", "SIGTERM", 143],
    ["subdivide", "SIGINT", 130],
  ] as const)("%s hears %s while it draws faces, says so, and leaves nothing", async (command, signal, status) => {
    const out = `${command}-${signal}`;
    const ended = await stopped([command, ...long, "--out", out], "reading the data ...\n", signal);
    expect(ended).toMatchObject({ status, said: `reading the data ...\n${unbegun}` });
    expect(existsSync(join(folder, out))).toBe(false);
  });

  it("compare hears it as well", async () => {
    const ended = await stopped(["compare", "--losses", "sgm,triplet", ...long, "--out", "compared"], "reading the data ...\n", "SIGINT");
    expect(ended).toMatchObject({ status: 130, said: `reading the data ...\n${unbegun}` });
    expect(existsSync(join(folder, "compared"))).toBe(false);
  });

  it("says nothing where it is to be quiet", async () => {
    const quiet = spawn(
      process.execPath,
      ["--conditions=semblant-source", "--disable-warning=ExperimentalWarning", cli, "train", ...long, "--quiet", "--out", "quiet"],
      { cwd: folder, stdio: ["ignore", "ignore", "pipe"] },
    );
    let said = "";
    quiet.stderr.on("data", (text) => {
      said += text;
    });
    const status = new Promise((done) => quiet.on("close", (code, signal) => done(code ?? signal)));
    setTimeout(() => quiet.kill("SIGINT"), 4000);
    expect([[130, "SIGINT"].includes((await status) as number), said]).toEqual([true, ""]);
  });
});

describe("what keeps a training from beginning", () => {
  /** The command to its end. */
  const run = (...args: string[]) => stopped(args, "\u0000never", "SIGINT");

  it("is said before the data is read: a setting, a folder that holds a run, a run that is not there", async () => {
    mkdirSync(join(folder, "held"));
    writeFileSync(join(folder, "held", "settings.json"), "{}");
    expect(await run("train", ...long, "--out", "held")).toMatchObject({
      status: 2,
      said: "OptionError: train: held holds a run already.\n  Resume it, or name another folder.\n",
    });
    expect((await run("train", ...long, "loss.sigmma=2")).said).toMatch(/^OptionError: settings: unknown option "loss\.sigmma"/);
    writeFileSync(join(folder, "wrong.yaml"), "loss: { sigmma: 2 }");
    expect((await run("train", ...long, "--config", "wrong.yaml")).said).toMatch(/^OptionError: settings: unknown option "loss\.sigmma"/);
    expect(await run("train", "--resume", "nowhere")).toMatchObject({
      status: 1,
      said: "resuming nowhere ...\nDataError: run at nowhere: there is no such folder.\n  A run's folder is made by train.\n",
    });
    expect((await run("subdivide", ...long, "--out", "held")).said).toBe(
      'OptionError: subdivide: expected held to be empty or not there, but it holds "settings.json".\n  Name another folder.\n',
    );
  });

  it.runIf(process.platform === "linux")("is said of a folder that the system does not make, instead of trying for ever", async () => {
    const short = [
      "data.count=80",
      "data.cache=false",
      "network.baseChannels=8",
      "network.size=16",
      "perClass=2",
      "steps=1",
      "--threads",
      "1",
    ];
    const { status, said } = await run("train", ...short, "--out", "/proc/x/y");
    expect(status).toBe(1);
    expect(said).toContain("DataError: /proc/x/y: expected to make the folder, but there is no such file or folder (ENOENT).\n");
  });

  it("is told where each class has one face, and none is left for validation", async () => {
    const sharp = (await import("sharp")).default;
    for (const [i, name] of ["calm", "happy", "sad"].entries()) {
      mkdirSync(join(folder, "single", name), { recursive: true });
      const raw = { width: 48, height: 48, channels: 1 } as const;
      await sharp(Buffer.alloc(48 * 48, 60 * (i + 1)), { raw })
        .png()
        .toFile(join(folder, "single", name, "1.png"));
    }
    const { status, said } = await run(
      "train",
      "--data",
      "single",
      "network.baseChannels=8",
      "network.size=16",
      "perClass=2",
      "steps=1",
      "--threads",
      "1",
      "--out",
      "of-single",
    );
    expect(status).toBe(0);
    expect(said).toContain(
      "There is no validation, since the data has no face for it: nothing says which step was best, and the last is kept.\nEach of the 3 classes has one face: nothing can be learned of what they share.\n",
    );
  });
});
