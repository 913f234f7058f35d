// Gradients summed over the processes of a group.
#pragma once

#include "tensor.h"

namespace semblant {

/** group_sum_gradients(group, parameters): each gradient becomes its sum over all ranks. */
napi_value group_sum_gradients(napi_env env, napi_callback_info info);

}  // namespace semblant
