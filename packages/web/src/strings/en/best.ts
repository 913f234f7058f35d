/** The words of the best screen. */
export const best = {
  title: "Best shots",
};
