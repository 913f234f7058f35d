// Winograd's kernels for processors with AVX512; CMakeLists.txt gives this file the compiler's options for it.
#include "winograd-transforms.h"
#include "winograd-products.h"

namespace semblant {

const WinogradKernels winograd_avx512_two = kernels_of<Two>();
const WinogradKernels winograd_avx512_three = kernels_of<Three>();

}  // namespace semblant
