import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { crc32c, EventFile, masked } from "./tensorboard.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "events-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

type Field = number | bigint | Buffer;

/** The records of a file, their checksums checked with a CRC computed bit by bit. */
function records(bytes: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = Number(bytes.readBigUInt64LE(at));
    const data = bytes.subarray(at + 12, at + 12 + length);
    expect(bytes.readUInt32LE(at + 8)).toBe(masked(bitwise(bytes.subarray(at, at + 8))));
    expect(bytes.readUInt32LE(at + 12 + length)).toBe(masked(bitwise(data)));
    found.push(data);
    at += 16 + length;
  }
  return found;
}

function bitwise(bytes: Buffer): number {
  let crc = 0xffffffffn;
  for (const byte of bytes) {
    crc ^= BigInt(byte);
    for (let i = 0; i < 8; i++) crc = crc & 1n ? (crc >> 1n) ^ 0x82f63b78n : crc >> 1n;
  }
  return Number(crc ^ 0xffffffffn);
}

/** Fields of a protocol buffer message, in order. */
function fields(message: Buffer): [number, Field][] {
  let at = 0;
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = message[at++] as number;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const found: [number, Field][] = [];
  while (at < message.length) {
    const key = Number(varint());
    const size = { 0: 0, 1: 8, 2: 0, 5: 4 }[key & 7] as number;
    const length = (key & 7) === 2 ? Number(varint()) : size;
    const value = (key & 7) === 0 ? varint() : message.subarray(at, at + length);
    at += length;
    found.push([key >> 3, Buffer.isBuffer(value) && size > 0 ? number(value) : value]);
  }
  return found;
}

const number = (bytes: Buffer) => (bytes.length === 8 ? bytes.readDoubleLE() : bytes.readFloatLE());

const scalars = (summary: Buffer) =>
  fields(summary).map(([, value]) => fields(value as Buffer).map(([, part]) => (Buffer.isBuffer(part) ? part.toString() : part)));

describe("TensorBoard event file", () => {
  it("has the checksum that RFC 3720 gives for the digits 1 to 9 and for 32 zeros", () => {
    expect(crc32c(Buffer.from("123456789")).toString(16)).toBe("e3069283");
    expect(crc32c(Buffer.alloc(32)).toString(16)).toBe("8a9136aa");
  });

  it("opens with its version and the beginning of a session, then has an event a step", () => {
    const file = new EventFile(folder, { after: 0, now: () => 1_700_000_000_500 });
    file.append(1, { loss: 0.5, learningRate: 0.25 });
    file.append(300, { "validation/neighbors": 71.5 });
    file.close();
    const [name] = readdirSync(folder);
    expect(name).toBe("events.out.tfevents.1700000000.0000.semblant");
    const [version, session, first, second] = records(readFileSync(join(folder, name as string))).map(fields);
    expect(version).toEqual([
      [1, 1_700_000_000.5],
      [3, Buffer.from("brain.Event:2")],
    ]);
    expect(session).toEqual([
      [1, 1_700_000_000.5],
      [2, 1n],
      [7, Buffer.from([8, 1])],
    ]);
    expect(first?.[1]).toEqual([2, 1n]);
    expect(scalars(first?.[2]?.[1] as Buffer)).toEqual([
      ["loss", 0.5],
      ["learningRate", 0.25],
    ]);
    expect(second?.[1]).toEqual([2, 300n]);
    expect(scalars(second?.[2]?.[1] as Buffer)).toEqual([["validation/neighbors", 71.5]]);
  });

  it("starts another file, sorted after the first, when training goes on", () => {
    for (const after of [0, 7]) new EventFile(folder, { after, now: () => 1_700_000_000_000 }).close();
    const names = readdirSync(folder).sort();
    expect(names).toHaveLength(2);
    const [, session] = records(readFileSync(join(folder, names[1] as string))).map(fields);
    expect(session?.[1]).toEqual([2, 8n]);
  });
});
