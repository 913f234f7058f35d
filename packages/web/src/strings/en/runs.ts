/** The words of the runs screen. */
export const runs = {
  title: "Runs",
};
