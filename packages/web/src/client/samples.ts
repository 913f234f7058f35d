/** A drawn photo, as a visitor's own file would be. */
export interface Sample {
  readonly name: string;
  readonly file: File;
}

/** The photos of drawn people that lie beside the page; all, or those at these places. */
export async function readSamples(places?: readonly number[]): Promise<readonly Sample[]> {
  const names = (await (await own("samples/names.json")).json()) as readonly string[];
  const wanted = places === undefined ? names : places.flatMap((place) => names[place] ?? []);
  return Promise.all(
    wanted.map(async (name) => ({ name, file: new File([await (await own(`samples/${name}`)).blob()], name, { type: "image/jpeg" }) })),
  );
}

async function own(path: string): Promise<Response> {
  const response = await fetch(new URL(path, document.baseURI));
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response;
}
