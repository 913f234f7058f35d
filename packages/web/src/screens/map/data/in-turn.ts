/** At once, so that the home is kept busy and not flooded. */
const AT_ONCE = 4;

/** Does one thing for each, a few at once and in order; the first that fails ends it. */
export async function eachInTurn<One>(all: readonly One[], work: (one: One) => Promise<unknown>): Promise<void> {
  const left = all[Symbol.iterator]();
  let hasFailed = false;
  const take = async () => {
    for (const one of left) {
      if (hasFailed) return;
      try {
        await work(one);
      } catch (error) {
        hasFailed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, take));
}
