// Runs in the page: makes a video of two pictures, the first half of the time one, then the other.

/**
 * @param {readonly string[]} addresses of two pictures of one size
 * @param {number} length in milliseconds
 * @returns {Promise<string>} the bytes of a WebM file, in base64
 */
globalThis.videoOf = async (addresses, length) => {
  const pictures = await Promise.all(
    addresses.map(async (address) => {
      const picture = new Image();
      picture.src = address;
      await picture.decode();
      return picture;
    }),
  );
  const canvas = document.createElement("canvas");
  canvas.width = pictures[0].width;
  canvas.height = pictures[0].height;
  const context = canvas.getContext("2d");
  context.drawImage(pictures[0], 0, 0);
  const recorder = new MediaRecorder(canvas.captureStream(15), { mimeType: "video/webm;codecs=vp8", videoBitsPerSecond: 4_000_000 });
  const parts = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  const ended = new Promise((resolve) => {
    recorder.onstop = resolve;
  });
  recorder.start();
  const begun = performance.now();
  while (performance.now() - begun < length) {
    context.drawImage(pictures[performance.now() - begun < length / 2 ? 0 : 1], 0, 0);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  recorder.stop();
  await ended;
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
};
