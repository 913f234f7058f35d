// Batch norm in training, with an addend and ReLU after it, by kernels of our own.
#pragma once

#include "tensor.h"

namespace semblant {

napi_value normalization(napi_env env, napi_callback_info info);

}  // namespace semblant
