import { formatTable } from "@semblant/core/internals";
import { describe, expect, it } from "vitest";
import { openTerminal } from "./terminal.ts";

function recorded(
  manner: Parameters<typeof openTerminal>[1],
  { tty = false, env = {} }: { tty?: boolean; env?: Record<string, string> } = {},
) {
  const said = { stdout: "", stderr: "" };
  let now = 0;
  const output = (name: "stdout" | "stderr") => ({
    isTTY: tty,
    columns: 20,
    write(text: string) {
      said[name] += text;
    },
  });
  const terminal = openTerminal({ stdout: output("stdout"), stderr: output("stderr"), env }, manner, () => now);
  return {
    terminal,
    said,
    wait(seconds: number) {
      now += 1000 * seconds;
    },
  };
}

describe("the terminal", () => {
  it("puts results on stdout and progress on stderr", () => {
    const { terminal, said } = recorded({});
    terminal.print("result");
    terminal.note("progress");
    terminal.result({ unseen: true });
    expect(said).toEqual({ stdout: "result\n", stderr: "progress\n" });
  });

  it("puts one JSON on stdout and nothing else where that is asked for", () => {
    const { terminal, said } = recorded({ json: true });
    terminal.print("result");
    terminal.result({ accuracy: 1 });
    expect(said.stdout).toBe('{"accuracy":1}\n');
  });

  it("says nothing of its progress where it is to be quiet", () => {
    const { terminal, said } = recorded({ quiet: true });
    terminal.note("progress");
    terminal.live("step 1");
    terminal.print("result");
    expect(said).toEqual({ stdout: "result\n", stderr: "" });
  });

  it("says what could not be done where it is to be quiet, too", () => {
    const { terminal, said } = recorded({ quiet: true, json: true });
    terminal.complain("a.jpg could not be read");
    expect(said).toEqual({ stdout: "", stderr: "a.jpg could not be read\n" });
  });

  it("draws the live line over itself, cut to the width, and ends it before anything else", () => {
    const { terminal, said } = recorded({}, { tty: true });
    terminal.live("step 1");
    terminal.live("step 2, with more words than fit");
    terminal.note("saved");
    expect(said.stderr).toBe("\r\u001b[2Kstep 1\r\u001b[2Kstep 2, with more w\nsaved\n");
  });

  it("writes a plain line now and then where there is no terminal", () => {
    const { terminal, said, wait } = recorded({});
    for (let step = 1; step <= 25; step++) {
      terminal.live(`step ${step}`);
      wait(1);
    }
    expect(said.stderr).toBe("step 1\nstep 11\nstep 21\n");
  });

  it("ends plain lines with how far it came, unless it was over before the second", () => {
    const { terminal, said, wait } = recorded({});
    for (const text of ["looking ...", "photo 7/10", "photo 10/10"]) {
      terminal.live(text);
      wait(text === "looking ..." ? 10 : 1);
    }
    terminal.endLive();
    terminal.endLive();
    expect(said.stderr).toBe("looking ...\nphoto 7/10\nphoto 10/10\n");
    wait(10);
    for (const text of ["searching ...", "writing ..."]) terminal.live(text);
    terminal.endLive();
    expect(said.stderr).toBe("looking ...\nphoto 7/10\nphoto 10/10\nsearching ...\n");
  });

  it("has no colour in a pipe, with --no-color, with NO_COLOR, or in JSON", () => {
    const bold = (...args: Parameters<typeof recorded>) => recorded(...args).terminal.color.bold("x");
    expect(bold({}, { tty: true })).toBe("\u001b[1mx\u001b[22m");
    expect([
      bold({}),
      bold({ color: false }, { tty: true }),
      bold({}, { tty: true, env: { NO_COLOR: "1" } }),
      bold({ json: true }, { tty: true }),
    ]).toEqual(["x", "x", "x", "x"]);
  });
});

describe("names of strangers", () => {
  const name = "\u001b]0;owned\u0007\u001b[2Ja\u009bb\u202ec\u2028d\ud800e\rf";
  const shown = "\\u001b]0;owned\\u0007\\u001b[2Ja\\u009bb\\u202ec\\u2028d\\ud800e\\rf";

  it.each([false, true])("reach no terminal as control codes (on a terminal: %s)", (tty) => {
    const { terminal, said } = recorded({}, { tty });
    terminal.print(name);
    terminal.note(name);
    expect(said).toEqual({ stdout: `${shown}\n`, stderr: `${shown}\n` });
  });

  it("keep the live line one line", () => {
    const { terminal, said } = recorded({});
    terminal.live("photo\n\u001b[31m1");
    expect(said.stderr).toBe("photo\\n\\u001b[31m1\n");
  });

  it("come out of JSON as they were, though none of it steers the terminal", () => {
    const { terminal, said } = recorded({ json: true });
    terminal.result({ [name]: name });
    expect(said.stdout.trimEnd()).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Bidi_Control}]/u);
    expect(JSON.parse(said.stdout)).toEqual({ [name]: name });
  });

  it("leave bold type of our own where colours are wanted", () => {
    const { terminal, said } = recorded({}, { tty: true });
    terminal.print(`${terminal.color.bold("runs/\u001b[5m1")}: good`);
    expect(said.stdout).toBe("\u001b[1mruns/\\u001b[5m1\u001b[22m: good\n");
  });
});

describe("a table", () => {
  it("has every row on one line, whatever stands in a cell", () => {
    expect(
      formatTable([
        ["", "Acc"],
        ["a\nb\t\u001b[1m", "1"],
      ]),
    ).toBe("                 Acc\na\\nb\\t\\u001b[1m    1");
  });

  it("has its first column to the left and the others to the right", () => {
    expect(
      formatTable([
        ["", "Acc", "Prec"],
        ["SGM", "84.1", "9"],
      ]),
    ).toBe("      Acc  Prec\nSGM  84.1     9");
  });
});
