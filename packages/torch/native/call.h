// Any ATen operator, called by name through the dispatcher.
#pragma once

#include "tensor.h"

namespace semblant {

/** op(name, overload) -> id: looks an operator up once. */
napi_value op(napi_env env, napi_callback_info info);

/** call(id, ...arguments) -> result. */
napi_value call(napi_env env, napi_callback_info info);

/** run(id, ...arguments): as call, for operations in place, whose result is an argument again. */
napi_value run(napi_env env, napi_callback_info info);

}  // namespace semblant
