import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseCsv } from "./csv.ts";

const fields = (text: string) => parseCsv("t.csv", text).map((line) => line.fields);

describe("comma-separated text", () => {
  it("is read with LF and CRLF, with and without a last line break", () => {
    for (const text of ["a,b\nc,d\n", "a,b\r\nc,d\r\n", "a,b\nc,d", "\ufeffa,b\r\nc,d"]) {
      expect(fields(text)).toEqual([
        ["a", "b"],
        ["c", "d"],
      ]);
    }
  });

  it("keeps commas, quotes and line breaks of quoted fields", () => {
    expect(fields('fer0.png,"(0, 0, 48, 48)","say ""no""","two\nlines"\n')).toEqual([
      ["fer0.png", "(0, 0, 48, 48)", 'say "no"', "two\nlines"],
    ]);
  });

  it("keeps empty fields and leaves out empty lines", () => {
    expect(fields(",\n\na,,\n")).toEqual([
      ["", ""],
      ["a", "", ""],
    ]);
    expect(fields("")).toEqual([]);
  });

  it("knows the line that each row begins on", () => {
    expect(parseCsv("t.csv", 'a\n"b\nb"\n\nc\n').map(({ line }) => line)).toEqual([1, 2, 5]);
  });

  it("comes back as it was quoted, whatever is in it", () => {
    const row = fc.array(fc.string(), { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const text = rows.map((row) => row.map((field) => `"${field.replaceAll('"', '""')}"`).join(",")).join("\n");
        expect(fields(text)).toEqual(rows);
      }),
    );
  });

  it("refuses a quote that never ends, and text after a closing quote", () => {
    expect(() => fields('a,b\n"c,d\n')).toThrow("t.csv line 2: a quoted field begins here and never ends.");
    expect(() => fields('"a"b,c\n')).toThrow('t.csv line 1: expected a comma or the end of the line after a closing quote, but got "b".');
  });
});
