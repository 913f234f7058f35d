// Gradients summed over the processes of a group.
#pragma once

#include "tensor.h"

namespace semblant {

/** begin_gradient_sums(group, parameters, whether a backward pass comes) -> sums: begun while that pass goes on, or at once. */
napi_value begin_gradient_sums(napi_env env, napi_callback_info info);
/** end_gradient_sums(sums): each gradient is its sum over all ranks then. */
napi_value end_gradient_sums(napi_env env, napi_callback_info info);
/** drop_gradient_sums(sums): the backward pass failed. */
napi_value drop_gradient_sums(napi_env env, napi_callback_info info);

}  // namespace semblant
