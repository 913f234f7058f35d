// What the C library does with memory that tensors give back.
#pragma once

namespace semblant {

/** Lets the process keep the memory of tensors that are gone for those that come. */
void keep_freed_memory();

}  // namespace semblant
