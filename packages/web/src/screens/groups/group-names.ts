/** A name that a person gave to a group: to these faces, since groups come and go with the slider. */
export interface NamedGroup {
  readonly name: string;
  readonly faces: readonly number[];
}

/** How much two groups share to be the same one: their common faces, of all that are in either. */
const same = 0.5;

/**
 * The names that persons gave, group by group: each name goes to the group that shares the most faces with those it was given to, if that
 * is more than half of all in either; undefined where no name fits.
 */
export function givenNames(groups: readonly { readonly faces: readonly number[] }[], named: readonly NamedGroup[]): (string | undefined)[] {
  const names: (string | undefined)[] = groups.map(() => undefined);
  const pairs = named.flatMap(({ name, faces }) => {
    const own = new Set(faces);
    return groups.map((group, i) => {
      const common = group.faces.filter((face) => own.has(face)).length;
      return { name, i, share: common / (own.size + group.faces.length - common) };
    });
  });
  const given = new Set<string>();
  for (const { name, i, share } of pairs.sort((a, b) => b.share - a.share)) {
    if (share <= same || names[i] !== undefined || given.has(name)) continue;
    names[i] = name;
    given.add(name);
  }
  return names;
}

/** The names with a group's name given, changed, or (where it is empty) taken back. */
export function rename(named: readonly NamedGroup[], group: { readonly faces: readonly number[] }, name: string): NamedGroup[] {
  const [before] = givenNames([group], named);
  const others = named.filter((one) => one.name !== before && one.name !== name);
  return name === "" ? others : [...others, { name, faces: group.faces }];
}

/** Sub-groups of a group, out of groups that are more alike: those most of whose faces are in it. */
export function within<G extends { readonly faces: readonly number[] }>(
  group: { readonly faces: readonly number[] },
  finer: readonly G[],
): G[] {
  const own = new Set(group.faces);
  return finer.filter(({ faces }) => faces.filter((face) => own.has(face)).length * 2 > faces.length);
}
