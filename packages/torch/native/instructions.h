// Which of the compiled kernels this processor can run.
#pragma once

namespace semblant {

enum class Instructions { plain, avx2, avx512, amx };

/** The newest that the processor has, the compiler knew, and nobody has forbidden. */
Instructions instructions();

}  // namespace semblant
