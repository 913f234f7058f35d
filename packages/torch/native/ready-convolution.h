// Convolutions of 3×3 with weights that stay as they are, for a network that is only asked.
#pragma once

#include "tensor.h"

namespace semblant {

napi_value winograd_weights(napi_env env, napi_callback_info info);
napi_value winograd(napi_env env, napi_callback_info info);

}  // namespace semblant
