// c10d's store: short texts that all processes of a group see, kept by one of them.
#pragma once

#include "values.h"

namespace semblant {

/** open_store(host, port, whether it is kept here, seconds, prefix of all keys) -> store */
napi_value open_store(napi_env env, napi_callback_info info);
/** store_set(store, key, text) */
napi_value store_set(napi_env env, napi_callback_info info);
/** store_get(store, key, seconds) -> text, or null where none came in that time; afterwards the store has to be opened anew. */
napi_value store_get(napi_env env, napi_callback_info info);
/** store_has(store, key) -> whether it is there */
napi_value store_has(napi_env env, napi_callback_info info);
/** store_add(store, key, number) -> the sum so far */
napi_value store_add(napi_env env, napi_callback_info info);
/** close_store(store): the one that keeps it ends it for all. */
napi_value close_store(napi_env env, napi_callback_info info);
/** route_to(host, port) -> the address of this machine that others see who are reached by way of `host`, or null */
napi_value route_to(napi_env env, napi_callback_info info);
/** backends() -> what groups can be made of: "gloo", "nccl" */
napi_value backends(napi_env env, napi_callback_info info);

}  // namespace semblant
