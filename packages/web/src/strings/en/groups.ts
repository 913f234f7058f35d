/** The words of the groups screen. */
export const groups = {
  title: "Groups",
};
