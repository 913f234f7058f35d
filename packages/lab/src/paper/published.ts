import { networkDeclarations } from "@semblant/training/settings";

/** The paper's own numbers, to stand beside ours: Tables 1 and 2, in percent. */

/** The paper's three methods, by the loss that stands for each: CNN, TripletLoss, SGMLoss. */
export const methods = { "cross-entropy": "CNN", triplet: "Triplet", sgm: "SGM" } as const;
export type PublishedMethod = keyof typeof methods;

/** The paper's five networks, in the order of its tables. */
const inTables = ["fmpnet", "cvgg13", "alexnet", "resnet18", "preactresnet18"] as const;
export type PublishedNetwork = (typeof inTables)[number];

/** The paper's five networks by their titles, in the order of its tables. */
export const architectures = Object.fromEntries(inTables.map((name) => [name, networkDeclarations.get(name)?.title])) as Readonly<
  Record<PublishedNetwork, string>
>;

/** A row of Table 2: classification of the 3,137 test faces of FER+. Its F1 is 2PR/(P+R) of the macro averages. */
export interface Table2Row {
  readonly accuracy: number;
  readonly macroPrecision: number;
  readonly macroRecall: number;
  readonly paperF1: number;
}

const row = (accuracy: number, macroPrecision: number, macroRecall: number, paperF1: number): Table2Row => ({
  accuracy,
  macroPrecision,
  macroRecall,
  paperF1,
});

export const table2: Readonly<Record<PublishedMethod, Readonly<Record<PublishedNetwork, Table2Row>>>> = {
  "cross-entropy": {
    fmpnet: row(79.535, 66.697, 68.582, 67.627),
    cvgg13: row(84.316, 75.151, 67.425, 71.079),
    alexnet: row(86.038, 77.658, 68.657, 72.881),
    resnet18: row(87.695, 85.956, 69.659, 76.954),
    preactresnet18: row(82.372, 76.915, 65.238, 70.597),
  },
  triplet: {
    fmpnet: row(82.563, 79.554, 62.406, 69.944),
    cvgg13: row(85.974, 82.034, 68.112, 74.428),
    alexnet: row(86.038, 80.598, 67.895, 73.703),
    resnet18: row(87.121, 78.543, 68.378, 73.109),
    preactresnet18: row(83.519, 74.081, 64.856, 69.162),
  },
  sgm: {
    fmpnet: row(83.36, 78.806, 66.52, 72.143),
    cvgg13: row(86.261, 86.321, 67.341, 75.659),
    alexnet: row(86.643, 86.182, 67.673, 75.814),
    resnet18: row(87.631, 88.614, 68.724, 77.412),
    preactresnet18: row(84.316, 89.008, 66.519, 76.138),
  },
};

/** The columns of Table 1, by the names that our data sets carry. */
export const table1Sets = ["FER+", "AffectNet", "JAFFE", "CK+", "BU-3DFE"] as const;
export type Table1Set = (typeof table1Sets)[number];

const cells = (...values: readonly [number, number, number, number, number]): Readonly<Record<Table1Set, number>> =>
  Object.fromEntries(table1Sets.map((name, i) => [name, values[i]])) as Record<Table1Set, number>;

/** Table 1: NMI of k-means clusters (by our reading, `paper/readings.md` 14); networks trained on FER+ alone. */
export const table1: Readonly<Record<"triplet" | "sgm", Readonly<Record<PublishedNetwork, Readonly<Record<Table1Set, number>>>>>> = {
  triplet: {
    fmpnet: cells(55.257, 10.627, 19.528, 71.129, 34.901),
    cvgg13: cells(67.384, 9.103, 28.295, 68.303, 27.275),
    alexnet: cells(67.035, 12.945, 30.241, 68.8, 27.039),
    resnet18: cells(64.457, 15.588, 31.046, 74.028, 36.708),
    preactresnet18: cells(57.904, 8.452, 20.699, 70.079, 27.58),
  },
  sgm: {
    fmpnet: cells(57.88, 10.469, 26.196, 77.839, 36.559),
    cvgg13: cells(65.139, 10.355, 24.293, 66.062, 27.233),
    alexnet: cells(62.091, 10.582, 24.56, 65.23, 28.115),
    resnet18: cells(68.84, 12.333, 30.382, 77.902, 37.545),
    preactresnet18: cells(51.425, 6.886, 23.216, 61.413, 26.104),
  },
};
