// Any C++ exception becomes one JavaScript error that carries the first line only: libtorch appends a stack that helps nobody here.
#pragma once

#include "precompiled.h"

namespace semblant {

/** A JavaScript exception is pending already (a getter of an argument threw, say): unwind and let Node deliver it. */
struct Pending {};

inline void check(napi_status status, const char* what) {
  if (status == napi_ok) return;
  if (status == napi_pending_exception) throw Pending{};
  throw std::invalid_argument(what);
}

inline std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

/** Runs the body of one exported function; whatever it throws reaches JavaScript as an Error. */
template <typename Body>
napi_value guarded(napi_env env, Body body) {
  try {
    return body();
  } catch (const Pending&) {
  } catch (const c10::Error& error) {
    napi_throw_error(env, nullptr, first_line(error.what_without_backtrace()).c_str());
  } catch (const std::exception& error) {
    napi_throw_error(env, nullptr, first_line(error.what()).c_str());
  } catch (...) {
    napi_throw_error(env, nullptr, "unknown C++ exception");
  }
  return nullptr;
}

/** The arguments of one call, as many as came, at most `capacity`. */
template <size_t capacity>
struct Arguments {
  napi_value values[capacity];
  size_t count = capacity;

  Arguments(napi_env env, napi_callback_info info) { check(napi_get_cb_info(env, info, &count, values, nullptr, nullptr), "arguments"); }
  napi_value operator[](size_t i) const { return values[i]; }
};

}  // namespace semblant
