// A backward pass on a thread of its own, so that JavaScript can prepare what comes next.
#pragma once

#include "tensor.h"

namespace semblant {

napi_value begin_backward(napi_env env, napi_callback_info info);
napi_value end_backward(napi_env env, napi_callback_info info);

}  // namespace semblant
