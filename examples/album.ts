// Sums up a folder of photos in twelve, and says what each stands for:  node examples/album.ts ~/Pictures
import { album, openLibrary } from "@semblant/photos";

using library = await openLibrary(process.argv[2] ?? "photos");
for await (const { done, total, path, error } of library.index()) {
  if (error !== undefined) console.error(`${path}: ${error}`);
  else if (done % 50 === 0 || done === total) console.error(`${done} of ${total} files`);
}

const { pictures, coverage } = await album(library, { size: 12 });
for (const { path, standsFor, why } of pictures) console.log(`${path} stands for ${standsFor.photos} photos. ${why}`);
console.log(`Together they cover ${(100 * coverage.all).toFixed(0)} % of what the album shows.`);
