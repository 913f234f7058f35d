// A thread that says every second that this process is alive, whatever its other threads do.
#pragma once

#include "values.h"

namespace semblant {

/** start_beat(host, port, prefix, key) -> beat: counts at that key of the store, by a connection of its own. */
napi_value start_beat(napi_env env, napi_callback_info info);
/** stop_beat(beat) */
napi_value stop_beat(napi_env env, napi_callback_info info);

}  // namespace semblant
