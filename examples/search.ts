// The faces of a folder that look most like those of a photo, or like words:  node examples/search.ts ~/Pictures "happy"
import { openLibrary, search } from "@semblant/photos";

const [folder = "photos", asked = "happy"] = process.argv.slice(2);
using library = await openLibrary(folder);
for await (const _ of library.index()); // what is new since the last time

const { hits } = await search(library, asked, { k: 5 });
for (const { path, face, expression } of hits) console.log(`${path}, face ${face}, labelled ${expression}`);
