import { liveTensors, tidy } from "@semblant/torch";
import { expect, it } from "vitest";
import { upload } from "./upload.ts";

it("moves several lists as one, and gives each back, empty ones too", () => {
  const lists = [Float32Array.of(1, 2, 3), new Float32Array(0), Float32Array.of(0.1)];
  tidy(() => {
    const before = liveTensors();
    const moved = upload(lists, "cpu");
    expect(liveTensors()).toBe(before + 4); // the one that was moved, and its parts
    expect(moved.map((part) => part.data())).toEqual(lists);
    expect(upload([], "cpu")).toEqual([]);
    expect(upload([new Float32Array(0)], "cpu").map(({ shape }) => shape)).toEqual([[0]]);
  });
});
