// What @vladmandic/human and face-api say of grey faces: reads raw bytes, writes one JSON line of names per face.
//   node name-faces.mjs SIDE < faces.u8 > names.jsonl
import { readFileSync } from "node:fs";
import { begin, openFaceApi, openHuman, tf } from "./networks.mjs";

const side = Number(process.argv[2]);
const bytes = readFileSync(0);
const count = bytes.length / (side * side);

await begin();
const human = await openHuman();
const faceApi = await openFaceApi();
for (let i = 0; i < count; i++) {
  const face = tf.tensor4d(Float32Array.from(bytes.subarray(i * side * side, (i + 1) * side * side)), [1, side, side, 1]);
  console.log(JSON.stringify({ human: human(face)[0], "face-api": (await faceApi(face))[0] }));
  face.dispose();
}
