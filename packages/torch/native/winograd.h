// Convolutions of 3×3 by Winograd's products, on the CPU in float32, for a network that is only asked.
#pragma once

#include "tensor.h"

namespace semblant {

napi_value winograd_weights(napi_env env, napi_callback_info info);
napi_value winograd(napi_env env, napi_callback_info info);

}  // namespace semblant
