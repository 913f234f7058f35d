/**
 * Whether a library is said to lie on a database server.
 *
 * @example
 * isServerAddress("postgres://anna@db.example/photos"); // true
 *
 * @example
 * isServerAddress("postgres.sqlite"); // false
 */
export function isServerAddress(place: string): boolean {
  return /^postgres(ql)?:\/\//i.test(place);
}

/**
 * A server's address as it may be shown and written down; a file's path as it is.
 *
 * @example
 * withoutPassword("postgres://anna:secret@db.example/photos"); // "postgres://anna@db.example/photos"
 */
export function withoutPassword(place: string): string {
  if (!isServerAddress(place)) return place;
  const address = URL.canParse(place) ? new URL(place) : undefined;
  // A password that should have been written %2F ends the name of the host, and what follows looks like a path.
  if (address === undefined || address.pathname.includes("@")) return place.replace(/:\/\/.*@/s, "://").replace(/\?.*$/s, "");
  address.password = "";
  for (const name of ["password", "sslpassword"]) address.searchParams.delete(name);
  return address.href;
}
