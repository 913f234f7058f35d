// All kernels: one module of WebAssembly. Each export is (block, task, thread); packages/core/src/kernels/ calls them by name.

export { packGallery, searchGallery } from "./neighbors";
