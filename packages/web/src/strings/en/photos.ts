/** The words of the photos screen. */
export const photos = {
  title: "Photos",
};
