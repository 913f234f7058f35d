/** The words of the page about the app and its model. */
export const about = {
  title: "About",
};
