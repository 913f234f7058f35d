/**
 * What messages are made of: the four errors, and how numbers, names and values are read and written in them.
 * A program that prints a help page takes it from here: a few files are loaded, and not all of core.
 * There is no promise about any of it.
 */

export { DataError, EngineError, invalidOption, nearest, OptionError, refuseUnknown, ShapeError, show } from "./errors.ts";
export { inFileWords, isFileFailure } from "./file-errors.ts";
export { numberIn, wholeIn } from "./numbers-in-text.ts";
export { printable } from "./printable.ts";
