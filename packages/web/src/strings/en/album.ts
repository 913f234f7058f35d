/** The words of the album screen. */
export const album = {
  title: "Album",
};
