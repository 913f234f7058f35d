// The handle: what JavaScript holds of a tensor.
#pragma once

#include "values.h"

namespace semblant {

/** Wraps a tensor in an external value, which goes on to another tensor after `dispose` and is otherwise collected by V8; an undefined tensor becomes null. */
napi_value wrap(napi_env env, at::Tensor tensor);

/** The tensor inside a handle; throws when it was disposed of. */
const at::Tensor& unwrap(napi_env env, napi_value handle);

std::vector<at::Tensor> unwrap_all(napi_env env, napi_value array);

napi_value create(napi_env env, napi_callback_info info);
napi_value data(napi_env env, napi_callback_info info);
napi_value item(napi_env env, napi_callback_info info);
napi_value shape(napi_env env, napi_callback_info info);
napi_value dtype(napi_env env, napi_callback_info info);
napi_value device(napi_env env, napi_callback_info info);
napi_value channels_last(napi_env env, napi_callback_info info);
napi_value set_data(napi_env env, napi_callback_info info);
napi_value dispose(napi_env env, napi_callback_info info);
napi_value live_tensors(napi_env env, napi_callback_info info);
napi_value live_bytes(napi_env env, napi_callback_info info);

}  // namespace semblant
