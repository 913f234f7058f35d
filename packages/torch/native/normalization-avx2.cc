#include "normalization-lanes.h"

namespace semblant {

const NormalizationKernels<float> normalization_avx2_float = normalization_of<float>();
const NormalizationKernels<uint16_t> normalization_avx2_half = normalization_of<uint16_t>();

}  // namespace semblant
