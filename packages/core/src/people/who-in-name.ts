/** Who is in a picture, as its name says. */
export interface Who {
  /** The person, as the set numbers people: `S010`. */
  readonly subject: string;
  /** The recording that the picture is one frame or one view of: `S010_004`. Absent where pictures are taken one by one. */
  readonly sequence?: string;
  /** How names say so: `CK+ file names`. Names of the same kind mean the same people in two sets. */
  readonly by: string;
}

interface Scheme {
  readonly by: string;
  readonly form: RegExp;
  /** What is a person, and what a recording, of the parts that the form finds. */
  readonly read: (parts: readonly string[]) => { readonly subject: string; readonly sequence?: string };
}

/** What sets call their pictures. Each form says so much that no other picture is called so by chance. */
const schemes: readonly Scheme[] = [
  {
    by: "CK+ file names", // S010_004_00000017: person, sequence, frame
    form: /^(S\d{3})_(\d{3})_\d{8}(?:\D.*)?$/i,
    read: ([person = "", sequence = ""]) => ({ subject: person, sequence: `${person}_${sequence}` }),
  },
  {
    by: "KDEF file names", // AF01ANHL: session, person, expression, view; the views are taken at one moment
    form: /^([AB])([FM]\d{2})(AF|AN|DI|HA|NE|SA|SU)(?:FL|HL|S|HR|FR)(?:[^A-Z].*)?$/i,
    read: ([session = "", person = "", expression = ""]) => ({ subject: person, sequence: `${session}${person}${expression}` }),
  },
  {
    by: "BU-3DFE file names", // F0001_AN01WH_F2D: person, expression, its intensity; one performance growing
    form: /^([FM]\d{4})_(AN|DI|FE|HA|NE|SA|SU)0[0-4][A-Z]{2}(?:_.*)?$/i,
    read: ([person = "", expression = ""]) => ({ subject: person, sequence: `${person}_${expression}` }),
  },
  {
    by: "JAFFE file names", // KA.AN1.39: person, expression, which time; each was posed anew
    form: /^([A-Z]{2})\.(?:AN|DI|FE|HA|NE|SA|SU)\d\.\d+(?:\..*)?$/i,
    read: ([person = ""]) => ({ subject: person }),
  },
  {
    by: "RaFD file names", // Rafd090_01_Caucasian_female_angry_frontal: angle, person; the angles are taken at one moment
    form: /^Rafd\d+_(\d+)_(?:Caucasian|Moroccan|[A-Z]+)_(?:female|male|kid)_([a-z]+)_(frontal|left|right)/i,
    read: ([person = "", expression = "", gaze = ""]) => ({ subject: person, sequence: `${person}_${expression}_${gaze}` }),
  },
];

/** `S010`, `P001`, `subject_12`, `actor-03`: folders for people. */
const personFolder = /^(?:[SPFM]\d{2,5}|(?:subject|subj|sub|person|actor|participant|id)[ _-]?\d{1,5})$/i;
/** `S010_004`: folders for the sequences of people. */
const sequenceFolder = /^([SPFM]\d{2,5})_(\d{1,4})$/i;

/**
 * Who is in a picture, and of which recording it is, by its name or by the folders that it lies in; undefined where they do not say.
 *
 * Known are the file names of CK+ (and CK+48), KDEF, BU-3DFE, JAFFE and RaFD, in whichever folder, and folders for a person (`S010`,
 * `P001`, `subject_12`) or for a sequence (`S010_004`); a folder within a person's folder is a recording of that person.
 * A recording is a video, the views of one moment (KDEF, RaFD), or one performance at several intensities (BU-3DFE).
 *
 * @param path file name, with any folders before it; `/` between them
 *
 * @example
 * whoInName("anger/S010_004_00000017.png"); // { subject: "S010", sequence: "S010_004", by: "CK+ file names" }
 */
export function whoInName(path: string): Who | undefined {
  const folders = path.split("/");
  const name = (folders.pop() as string).replace(/\.[a-z\d]+$/i, "");
  for (const { by, form, read } of schemes) {
    const [, ...parts] = form.exec(name) ?? [];
    if (parts.length > 0) return { ...read(parts.map((part) => part.toUpperCase())), by };
  }
  return whoInFolders(folders);
}

/** Whether a folder is called as those for people are. */
export function isPersonFolder(name: string): boolean {
  return personFolder.test(name);
}

function whoInFolders(folders: readonly string[]): Who | undefined {
  const by = "folder names";
  for (const [i, folder] of folders.entries()) {
    const [, person] = sequenceFolder.exec(folder) ?? [];
    if (person !== undefined) return { subject: person.toUpperCase(), sequence: folder.toUpperCase(), by };
    if (!personFolder.test(folder)) continue;
    const subject = folder.toUpperCase();
    const recording = folders.slice(i + 1).join("/");
    return recording === "" ? { subject, by } : { subject, sequence: `${subject}/${recording}`, by };
  }
  return undefined;
}
