// Ctrl-C while JavaScript is busy: Node tells of a signal only when its event loop turns, which reading, building and a step hold up.
#pragma once

#include "values.h"

namespace semblant {

napi_value watch_interruption(napi_env env, napi_callback_info info);
napi_value interruption_begun(napi_env env, napi_callback_info info);
napi_value unwatch_interruption(napi_env env, napi_callback_info info);

}  // namespace semblant
