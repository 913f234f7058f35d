#include "memory.h"

#include <cstdlib>
#include <mutex>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace semblant {

// A training step makes and drops the same hundreds of large blocks over and over. glibc maps each of them anew from the system and gives
// it back at once, and the system clears every page again: half the time of a step. From the heap, which is neither given back nor
// cleared, the next step takes what the last one left; the process stays as large as its largest step.
void keep_freed_memory() {
#ifdef __GLIBC__
  static std::once_flag once;
  std::call_once(once, [] {
    for (const char* own : {"MALLOC_MMAP_MAX_", "MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_", "GLIBC_TUNABLES"}) {
      if (std::getenv(own) != nullptr) return;  // somebody has decided
    }
    mallopt(M_MMAP_MAX, 0);
    mallopt(M_TRIM_THRESHOLD, -1);  // never
    mallopt(M_TOP_PAD, 64 << 20);   // grow by as much at a time
    mallopt(M_ARENA_MAX, 1);        // what one thread gives back, another takes: backward runs beside JavaScript
  });
#endif
}

}  // namespace semblant
