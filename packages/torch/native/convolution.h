// Convolutions by kernels of our own.
#pragma once

#include "tensor.h"

namespace semblant {

napi_value convolution(napi_env env, napi_callback_info info);

}  // namespace semblant
