// Winograd's kernels for any processor.
#include "winograd-transforms.h"
#include "winograd-products.h"

namespace semblant {

const WinogradKernels winograd_plain_two = kernels_of<Two>();
const WinogradKernels winograd_plain_three = kernels_of<Three>();

}  // namespace semblant
