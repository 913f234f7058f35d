/** The words of the labels screen. */
export const labels = {
  title: "Labels",
};
