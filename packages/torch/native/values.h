// Numbers, strings and lists between JavaScript and C++.
#pragma once

#include "errors.h"

namespace semblant {

inline double number(napi_env env, napi_value value) {
  double result;
  check(napi_get_value_double(env, value, &result), "a number was expected");
  return result;
}

inline int64_t integer(napi_env env, napi_value value) {
  int64_t result;
  check(napi_get_value_int64(env, value, &result), "a whole number was expected");
  return result;
}

inline bool boolean(napi_env env, napi_value value) {
  bool result;
  check(napi_get_value_bool(env, value, &result), "true or false was expected");
  return result;
}

inline std::string string(napi_env env, napi_value value) {
  size_t length;
  check(napi_get_value_string_utf8(env, value, nullptr, 0, &length), "a string was expected");
  std::string result(length, '\0');
  check(napi_get_value_string_utf8(env, value, result.data(), length + 1, &length), "a string was expected");
  return result;
}

inline napi_valuetype type_of(napi_env env, napi_value value) {
  napi_valuetype type;
  check(napi_typeof(env, value, &type), "typeof");
  return type;
}

inline bool missing(napi_env env, napi_value value) {
  const auto type = type_of(env, value);
  return type == napi_undefined || type == napi_null;
}

inline bool is_array(napi_env env, napi_value value) {
  bool result;
  check(napi_is_array(env, value, &result), "is_array");
  return result;
}

/** Calls `body(element)` for each element of a JavaScript array. */
template <typename Body>
void each(napi_env env, napi_value array, Body body) {
  uint32_t length;
  check(napi_get_array_length(env, array, &length), "an array was expected");
  for (uint32_t i = 0; i < length; i++) {
    napi_value element;
    check(napi_get_element(env, array, i, &element), "element");
    body(element);
  }
}

inline std::vector<int64_t> integers(napi_env env, napi_value array) {
  std::vector<int64_t> result;
  each(env, array, [&](napi_value element) { result.push_back(integer(env, element)); });
  return result;
}

inline napi_value to_js(napi_env env, double value) {
  napi_value result;
  check(napi_create_double(env, value, &result), "number");
  return result;
}

inline napi_value to_js(napi_env env, bool value) {
  napi_value result;
  check(napi_get_boolean(env, value, &result), "boolean");
  return result;
}

inline napi_value to_js(napi_env env, const std::string& value) {
  napi_value result;
  check(napi_create_string_utf8(env, value.data(), value.size(), &result), "string");
  return result;
}

inline napi_value null(napi_env env) {
  napi_value result;
  check(napi_get_null(env, &result), "null");
  return result;
}

inline napi_value undefined(napi_env env) {
  napi_value result;
  check(napi_get_undefined(env, &result), "undefined");
  return result;
}

/** A JavaScript array of `length` elements, the i-th being `make(i)`. */
template <typename Make>
napi_value list(napi_env env, size_t length, Make make) {
  napi_value result;
  check(napi_create_array_with_length(env, length, &result), "array");
  for (size_t i = 0; i < length; i++) check(napi_set_element(env, result, i, make(i)), "element");
  return result;
}

}  // namespace semblant
