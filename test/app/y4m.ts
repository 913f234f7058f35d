import { writeFileSync } from "node:fs";

/** Grey pixels of one picture, row by row. */
export interface GreyFrame {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Writes a video that Chromium's fake camera shows: YUV4MPEG2, 4:2:0, without colour. Width and height are even. */
export function writeY4m(path: string, frames: readonly GreyFrame[], perSecond: number): void {
  const { width, height } = frames[0] as GreyFrame;
  const noColour = Buffer.alloc((width * height) / 2, 128);
  const head = Buffer.from(`YUV4MPEG2 W${width} H${height} F${perSecond}:1 Ip A1:1 C420jpeg\n`);
  writeFileSync(path, Buffer.concat([head, ...frames.flatMap(({ data }) => [Buffer.from("FRAME\n"), Buffer.from(data), noColour])]));
}
