import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { guardFormula, withoutGuard } from "./formula-guard.ts";

describe("the guard against formulas", () => {
  it.each([
    ["=1+1", "'=1+1"],
    ["+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"],
    ["-2+3", "'-2+3"],
    ["@SUM(1)", "'@SUM(1)"],
    ["\t=1", "'\t=1"],
    ["\r=1", "'\r=1"],
    ["\n=1", "'\n=1"],
    ["＝1", "'＝1"],
    ["-a.jpg", "'-a.jpg"],
    ["'=1", "''=1"],
  ])("makes text of %j", (field, guarded) => {
    expect(guardFormula(field)).toBe(guarded);
    expect(withoutGuard(guarded)).toBe(field);
  });

  it.each(["-1", "+1.5", "-.5", "1e-7", "-2.5E+3", "happy", "a=b", "'til dawn.jpg", ""])("leaves %j as it is", (field) => {
    expect(guardFormula(field)).toBe(field);
    expect(withoutGuard(field)).toBe(field);
  });

  it("gives every text back, and lets none begin as a formula that is no number", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^['=+\-@\t\r\na1.]{0,6}$/), (field) => {
        const guarded = guardFormula(field);
        expect(withoutGuard(guarded)).toBe(field);
        if (!Number.isFinite(Number(guarded))) expect(guarded).not.toMatch(/^[=+\-@\t\r\n]/);
      }),
    );
  });
});
