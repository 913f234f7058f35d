import { spawn } from "node:child_process";
import { describe, expect, it } from "vitest";

/** A process that waits for the end of an SVG's decoder, which is not near. */
const program = (unbegun: string) => `
  import sharp from "sharp";
  import { listenForInterruption } from ${JSON.stringify(new URL("./interruption.ts", import.meta.url).href)};
  const { signal } = listenForInterruption(() => process.stdout.write("stopping\\n")${unbegun});
  const filter = '<filter id="f"><feTurbulence baseFrequency="0.05" numOctaves="9"/><feMorphology operator="dilate" radius="60"/></filter>';
  sharp(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="10900" height="10900">' + filter + '<rect width="10900" height="10900" filter="url(#f)"/></svg>'))
    .raw().toBuffer().catch(() => {});
  signal.addEventListener("abort", () => process.stdout.write("aborted\\n"));
  setTimeout(() => process.stdout.write("ready\\n"), 300);`;

/** What it says until the last of the words, after one signal. */
async function interrupted(unbegun: string, last: string): Promise<{ said: string; by: unknown }> {
  const child = spawn(process.execPath, ["--input-type=module", "--conditions=semblant-source", "--eval", program(unbegun)], {
    stdio: ["ignore", "pipe", "inherit"],
    cwd: import.meta.dirname,
  });
  let said = "";
  let hear = (): void => {};
  child.stdout.on("data", (text) => {
    said += text;
    hear();
  });
  const until = (word: string) =>
    new Promise<void>((resolve) => {
      hear = () => said.includes(word) && resolve();
      hear();
    });
  const ended = new Promise((resolve) => child.on("exit", (code, signal) => resolve(signal ?? code)));
  await until("ready");
  const heard = until(last);
  child.kill("SIGINT");
  await heard;
  if (unbegun === "") child.kill("SIGINT");
  return { by: await ended, said };
}

describe("Ctrl-C", () => {
  it("before there is anything to be saved says so and ends the process at once, whatever a decoder does", async () => {
    const { said, by } = await interrupted(", () => process.stdout.write('nothing to be saved\\n')", "nothing to be saved");
    expect([said, by]).toEqual(["ready\nnothing to be saved\n", "SIGINT"]);
  });

  it("otherwise lets the work come to its end, and the second one ends the process", async () => {
    const { said, by } = await interrupted("", "aborted");
    expect([said, by]).toEqual(["ready\nstopping\naborted\n", "SIGINT"]);
  });
});
