/** The words of the map screen. */
export const map = {
  title: "Map",
};
