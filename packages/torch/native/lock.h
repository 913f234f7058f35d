// The operating system's lock on a file, which Node itself does not offer.
#pragma once

#include "values.h"

namespace semblant {

napi_value lock_file(napi_env env, napi_callback_info info);

}  // namespace semblant
