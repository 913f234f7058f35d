/** What is searched for, as it stands in the address. A picture that was dropped is not in it: it is nobody's but this window's. */
export interface Question {
  readonly words: string;
  readonly face: number | undefined;
  /** Faces that the answer is to be more like, and less like. */
  readonly like: readonly number[];
  readonly unlike: readonly number[];
  readonly folder: string;
  readonly expression: string;
  /** The most faces in a photo: 1 finds portraits. */
  readonly people: "any" | "one" | "several";
}

export const nothing: Question = { words: "", face: undefined, like: [], unlike: [], folder: "", expression: "", people: "any" };

/** How many faces an answer has at first, and how many more each time. */
export const step = 48;

/** A question out of an address. */
export function questionOf(params: URLSearchParams): Question {
  const people = params.get("people");
  const face = idsOf(params.get("face"))[0];
  return {
    words: face === undefined ? (params.get("words") ?? "") : "",
    face,
    like: idsOf(params.get("like")),
    unlike: idsOf(params.get("unlike")),
    folder: params.get("folder") ?? "",
    expression: params.get("expression") ?? "",
    people: people === "one" || people === "several" ? people : "any",
  };
}

function idsOf(text: string | null): number[] {
  const ids = (text ?? "").split(",").map(Number);
  return [...new Set(ids.filter((id) => Number.isSafeInteger(id) && id > 0))];
}

/** An address's search of a question; "" where nothing is asked. */
export function addressOf({ words, face, like, unlike, folder, expression, people }: Question): string {
  const params = new URLSearchParams();
  if (words !== "") params.set("words", words);
  if (face !== undefined) params.set("face", String(face));
  if (like.length > 0) params.set("like", like.join(","));
  if (unlike.length > 0) params.set("unlike", unlike.join(","));
  if (folder !== "") params.set("folder", folder);
  if (expression !== "") params.set("expression", expression);
  if (people !== "any") params.set("people", people);
  const text = params.toString();
  return text === "" ? "" : `?${text}`;
}

/** Whether there is something to search by. Faces to be less like alone are no question. */
export const isAsked = ({ words, face, like }: Question, embedding?: readonly number[]): boolean =>
  words.trim() !== "" || face !== undefined || like.length > 0 || embedding !== undefined;

/** What POST /api/search takes. */
export function bodyOf(question: Question, { k, embedding }: { readonly k: number; readonly embedding?: readonly number[] | undefined }) {
  const { words, face, like, unlike, folder, expression, people } = question;
  const filter = {
    ...(folder !== "" && { folder }),
    ...(expression !== "" && { expression }),
    ...(people !== "any" && { people: people === "one" ? { most: 1 } : { least: 2 } }),
  };
  return {
    k,
    ...(embedding !== undefined ? { embedding } : face !== undefined ? { face } : words.trim() !== "" && { words: words.trim() }),
    ...(like.length > 0 && { like }),
    ...(unlike.length > 0 && { unlike }),
    ...(Object.keys(filter).length > 0 && { filter }),
  };
}

/** The question with one face more to be like, or less like; a face is never both. Said again, it is taken back. */
export function weigh(question: Question, face: number, way: "like" | "unlike"): Question {
  const other = way === "like" ? "unlike" : "like";
  const there = question[way].includes(face);
  return {
    ...question,
    [way]: there ? question[way].filter((one) => one !== face) : [...question[way], face],
    [other]: question[other].filter((one) => one !== face),
  };
}

/** The words with one more, after a comma. */
export function withWord(words: string, word: string): string {
  const said = words.split(",").map((one) => one.trim());
  return said.includes(word) ? words : [...said.filter(Boolean), word].join(", ");
}
