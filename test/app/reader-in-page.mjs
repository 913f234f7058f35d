// Runs in the page: opens the page's own worker of faces, and reads pictures with it.
import { wrap } from "/comlink.mjs";

/** @param {string} script of the worker */
globalThis.openReader = async (script, options) => {
  globalThis.reader = wrap(new Worker(script, { type: "module" }));
  const { on, threads, classes } = await globalThis.reader.open({ base: `${location.origin}/`, ...options });
  return { on, threads, classes };
};

/** @param {string} base64 bytes of a picture's file */
globalThis.readPicture = async (base64) => {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const { faces, answers, ...read } = await globalThis.reader.read(new Blob([bytes]), {});
  const plain = faces.map(({ box, embedding }, i) => {
    const { verdict, distribution } = answers[i];
    return { box, embedding: [...embedding], verdict, distribution: [...distribution] };
  });
  return { ...read, faces: plain };
};
