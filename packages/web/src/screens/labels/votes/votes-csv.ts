import { csvField } from "@semblant/core/internals";
import { choices, type Votes } from "./votes.ts";

/**
 * Votes in the layout of FER+'s fer2013new.csv: a line per face, a column per choice with how many voted for it. The name is the photo's;
 * of several faces in a photo its box stands behind, as a media fragment (`a.jpg#xywh=10,20,64,64`), since a name means one face there.
 *
 * @param isAlone whether a photo, by its content, has one face only
 */
export function votesCsv({ faces }: Votes, isAlone: (version: string) => boolean): string {
  const lines = faces.map(({ path, version, box, votes }) => {
    const name = isAlone(version) ? path : `${path}#xywh=${box.map(Math.round).join(",")}`;
    return ["Training", csvField(name), ...choices.map((choice) => votes.filter((vote) => vote.choice === choice).length)];
  });
  return [["Usage", "Image name", ...choices], ...lines].map((fields) => `${fields.join(",")}\r\n`).join("");
}
