import { native } from "./binding.ts";

/**
 * Takes the operating system's lock on an open file, which ends with the process that holds it, however that ends: no other process of
 * this machine gets it meanwhile, whatever container it is in. Closing the file gives it back.
 *
 * @param descriptor of a file that is open
 * @returns whether it is taken now; null where the file system has no locks, as some network drives
 * @throws EngineError if libtorch's binding cannot be loaded
 *
 * @example
 * lockFile(99_999); // null
 */
export function lockFile(descriptor: number): boolean | null {
  return native().lockFile(descriptor);
}
