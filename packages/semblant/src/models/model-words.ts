/** What every model of faces that is made here has to say of itself. */
export const limits: readonly string[] = [
  'Its words say what a face looks like to people who were asked ("happy-looking"), not what a person feels, means or is.',
  "Faces came from the web by searching for words, labels from about ten raters each who disagree on one face in five; few are old, few are children, and how groups of people are represented is not known.",
  "Rare looks (contempt, disgust, fear) are named less surely than common ones: see the recall of each.",
  "It saw upright faces, roughly frontal, grey, 48 pixels wide. Profiles, hands before the face and faces under 24 pixels are read worse.",
  "An embedding tells a little of who somebody is (see identity leak): keep it as you would keep the photo.",
];

/** What it must not be used for; the first is forbidden in the European Union (Regulation 2024/1689, article 5(1)(f)). */
export const unacceptable: readonly string[] = [
  "Inferring emotions of people at work or in education.",
  "Judging people: hiring, insurance, credit, policing, border control, health, lie detection.",
  "Watching people who do not know of it, and children in particular.",
];
