// Reverse-mode gradients.
#pragma once

#include "tensor.h"

namespace semblant {

napi_value backward(napi_env env, napi_callback_info info);
napi_value gradients(napi_env env, napi_callback_info info);
napi_value gradient_of(napi_env env, napi_callback_info info);
napi_value set_gradient(napi_env env, napi_callback_info info);
napi_value requires_grad(napi_env env, napi_callback_info info);
napi_value set_requires_grad(napi_env env, napi_callback_info info);
napi_value grad_mode(napi_env env, napi_callback_info info);
napi_value set_grad_mode(napi_env env, napi_callback_info info);

}  // namespace semblant
