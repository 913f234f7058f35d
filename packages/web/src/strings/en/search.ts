/** The words of the search screen. */
export const search = {
  title: "Search",
};
