// Batch norm over the rows of several processes, by libtorch's own operators: where normalization.cc has no kernel.
#pragma once

#include "tensor.h"

namespace semblant {

/** group_normalization(group, x, [weight, bias, running mean, running variance], momentum, epsilon) -> y; each vector may be null. */
napi_value group_normalization(napi_env env, napi_callback_info info);

}  // namespace semblant
