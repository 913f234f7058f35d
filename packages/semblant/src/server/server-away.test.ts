import { expect, it } from "vitest";
import { openPostgres } from "../../../photos/src/database/postgres.ts";
import { ServerAway } from "./server-away.ts";

/** What asking says where no server is: nothing listens at port 9. */
function gone(): never {
  openPostgres("postgres://127.0.0.1:9/photos");
  throw new Error("somebody listens at port 9");
}

it("a server that went away is not asked again before it is back, which is told", async () => {
  let comeBack = () => {};
  const told: string[] = [];
  const away = new ServerAway(
    () => new Promise((done) => (comeBack = done)),
    () => told.push("back"),
  );
  expect(away.asking(() => "an answer")).toBe("an answer");
  expect(() => away.asking(gone)).toThrow("expected a PostgreSQL server at 127.0.0.1:9, but nothing answers there.");
  let asked = 0;
  const ask = () => away.asking(() => ++asked);
  expect(ask).toThrow("nothing answers there");
  expect(() => away.refuse()).toThrow("nothing answers there");
  expect(asked).toBe(0);
  comeBack();
  await new Promise((done) => setImmediate(done));
  expect(told).toEqual(["back"]);
  expect([ask(), ask()]).toEqual([1, 2]);
});

it("other errors pass, and who is closed is told nothing", async () => {
  const told: string[] = [];
  const away = new ServerAway(
    (signal) => new Promise((_, fail) => signal.addEventListener("abort", () => fail(new Error("closed")))),
    () => told.push("back"),
  );
  const broken = () => {
    throw new Error("damaged");
  };
  expect(() => away.asking(broken)).toThrow("damaged");
  expect(away.asking(() => 1)).toBe(1);
  expect(() => away.asking(gone)).toThrow("nothing answers there");
  away.close();
  await new Promise((done) => setImmediate(done));
  expect(told).toEqual([]);
});
