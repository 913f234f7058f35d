import type { Connected, ServerSession } from "./session.ts";

/**
 * Waits for an answer. A line that is cut without a word never answers: now and then another connection looks whether the server still
 * works on the question, and where it does not, or cannot be reached, the line is given up. An answer itself may take as long as it likes.
 */
export async function watched<T>(session: ServerSession, on: Connected, work: () => Promise<T>): Promise<T> {
  let answered = false;
  const timer = setInterval(() => {
    session.isServed(on).then((served) => {
      if (!served && !answered) session.drop(on);
    });
  }, session.silence);
  try {
    return await work();
  } finally {
    answered = true;
    clearInterval(timer);
  }
}
