/** What the packages of Semblant share among themselves. There is no promise about any of it: it may change with every version. */

// How a resource is written, for homes with routes of their own

export { answerJson, body, done, given, newResource, route } from "./http/resource.ts";
export { flag, list, oneOf, options, pathId, some, text, whole, within } from "./schemas/words.ts";
