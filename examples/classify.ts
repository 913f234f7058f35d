// What the faces of a photo look like:  node examples/classify.ts me.jpg
import { Embeddings } from "@semblant/core";
import { openNodeReader, readPhoto } from "@semblant/photos";

const reader = await openNodeReader();
const faces = await reader.read(await readPhoto(process.argv[2] ?? "me.jpg"));
for (const { box, embedding, quality } of faces) {
  const [answer] = reader.model.classify(new Embeddings(embedding, reader.model.dimensions));
  const likely = reader.model.classes
    .map((name, c) => ({ name, share: answer?.distribution[c] as number }))
    .sort((a, b) => b.share - a.share)
    .slice(0, 3)
    .map(({ name, share }) => `${name} ${(100 * share).toFixed(0)} %`);
  console.log(
    `face at ${Math.round(box.x)}, ${Math.round(box.y)}, ${Math.round(quality.side)} px: ${answer?.verdict} (${likely.join(", ")})`,
  );
}
await reader.close();
