/** The words of the live screen. */
export const live = {
  title: "Live",
};
