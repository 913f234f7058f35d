declare module "pgpass" {
  /** Looks up the password for a connection in the user's file; undefined where there is none. */
  export default function pgpass(connection: unknown, then: (password: string | undefined) => void): void;
}
