// C++ objects that are no tensors, as JavaScript holds them: opaque, and freed by V8 at last.
#pragma once

#include <memory>

#include "values.h"

namespace semblant {

/** A handle that keeps `object` alive. */
template <typename T>
napi_value held(napi_env env, std::shared_ptr<T> object) {
  napi_value result;
  auto* const own = new std::shared_ptr<T>(std::move(object));
  const auto release = [](napi_env, void* data, void*) { delete static_cast<std::shared_ptr<T>*>(data); };
  check(napi_create_external(env, own, release, nullptr, &result), "handle");
  return result;
}

/** What `held` keeps. */
template <typename T>
const std::shared_ptr<T>& holding(napi_env env, napi_value handle) {
  void* data;
  check(napi_get_value_external(env, handle, &data), "a handle was expected");
  return *static_cast<std::shared_ptr<T>*>(data);
}

}  // namespace semblant
