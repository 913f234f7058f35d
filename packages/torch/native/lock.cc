#include "lock.h"

#include <sys/file.h>

#include <cerrno>

namespace semblant {

/** lock_file(descriptor) -> true if it is taken now, false if another holds it, null where the file system has no locks. */
napi_value lock_file(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<1> args(env, info);
    const auto descriptor = static_cast<int>(integer(env, args[0]));
    int result;
    do result = flock(descriptor, LOCK_EX | LOCK_NB);
    while (result != 0 && errno == EINTR);
    if (result == 0) return to_js(env, true);
    return errno == EWOULDBLOCK ? to_js(env, false) : null(env);
  });
}

}  // namespace semblant
