// The engine itself: random state, threads, autocast, what it was built with.
#pragma once

#include "tensor.h"

namespace semblant {

napi_value seed(napi_env env, napi_callback_info info);
napi_value random_state(napi_env env, napi_callback_info info);
napi_value set_random_state(napi_env env, napi_callback_info info);
napi_value threads(napi_env env, napi_callback_info info);
napi_value set_threads(napi_env env, napi_callback_info info);
napi_value autocast(napi_env env, napi_callback_info info);
napi_value restore_autocast(napi_env env, napi_callback_info info);
napi_value synchronize(napi_env env, napi_callback_info info);
napi_value tune(napi_env env, napi_callback_info info);
napi_value tensor_float32(napi_env env, napi_callback_info info);
napi_value about(napi_env env, napi_callback_info info);

}  // namespace semblant
