/** The words of the adapt screen. */
export const adapt = {
  title: "Adapt",
};
