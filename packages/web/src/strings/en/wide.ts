/** The shape of words in one language, for another: each text any text, each function one of the same arguments. */
export type Wide<T> = T extends string
  ? string
  : T extends (...given: infer A) => string
    ? (...given: A) => string
    : { readonly [K in keyof T]: Wide<T[K]> };
