// What an optimizer does to all parameters, in one call and one pass over their memory.
#pragma once

#include "tensor.h"

namespace semblant {

napi_value with_gradients(napi_env env, napi_callback_info info);
napi_value clear_gradients(napi_env env, napi_callback_info info);
napi_value gradient_norm(napi_env env, napi_callback_info info);
napi_value scale_gradients(napi_env env, napi_callback_info info);
napi_value adam(napi_env env, napi_callback_info info);
napi_value sgd(napi_env env, napi_callback_info info);
napi_value average(napi_env env, napi_callback_info info);
napi_value exchange(napi_env env, napi_callback_info info);

}  // namespace semblant
