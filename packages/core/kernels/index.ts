// All kernels: one module of WebAssembly. Each export is (block, task, thread); packages/core/src/kernels/ calls them by name.

export { multiplyCodes } from "./codes";
export { expectRows } from "./expectation";
export { assignRows, measureRows, nearerRows, packRows, sumRows } from "./k-means";
export { addMoments } from "./moments";
export { packGallery, searchGallery } from "./neighbors";
export { repelLeaves } from "./repulsion";
