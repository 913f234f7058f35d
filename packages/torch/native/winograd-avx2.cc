// Winograd's kernels for processors with AVX2; CMakeLists.txt gives this file the compiler's options for it.
#include "winograd-transforms.h"
#include "winograd-products.h"

namespace semblant {

const WinogradKernels winograd_avx2_two = kernels_of<Two>();
const WinogradKernels winograd_avx2_three = kernels_of<Three>();

}  // namespace semblant
