// Handles: create, read, shape, dispose, and the count of what is alive.
#include "tensor.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace semblant {
namespace {

struct Handle {
  at::Tensor tensor;
  c10::StorageImpl* storage = nullptr;
};

struct Held {
  size_t handles = 0;
  int64_t bytes = 0;
};

// A worker thread has its own V8 and loads its own copy of what follows.
thread_local int64_t live = 0;
thread_local int64_t bytes_held = 0;
thread_local int64_t bytes_told = 0;
thread_local int64_t bytes_lately = 0;  // the most that was held in the current window
thread_local int64_t bytes_collected = 0;  // by V8, and not told yet
thread_local int changes = 0;           // in the current window
// Views share their storage: its bytes count once, from its first handle to its last.
thread_local std::unordered_map<c10::StorageImpl*, Held> storages;
// Handles that were disposed of, to be used again: V8 frees an external only when the event loop turns, which a long training loop prevents.
thread_local napi_ref spare = nullptr;
thread_local uint32_t spare_count = 0;
constexpr uint32_t spare_limit = 1 << 16;
constexpr int64_t megabyte = 1 << 20;

/** Lets V8 know of so many bytes, if they are a megabyte more or less than it knows of. */
void tell(napi_env env, int64_t bytes) {
  const int64_t untold = bytes - bytes_told;
  if (std::abs(untold) < megabyte) return;
  bytes_told = bytes;
  int64_t total;
  napi_adjust_external_memory(env, untold, &total);
}

/**
 * Counts bytes. V8 is told the most that was held lately, not each rise and fall: it takes rises for garbage to come, and would
 * collect once a training step, although scopes have freed all of it. Only a larger peak than before is news.
 */
void hold(napi_env env, int64_t change) {
  constexpr int window = 1 << 14;  // storages that came or went: several training steps
  bytes_held += change;
  bytes_lately = std::max(bytes_lately, bytes_held);
  if (bytes_held > bytes_told) tell(env, bytes_held);
  if (++changes < window) return;
  changes = 0;
  tell(env, bytes_lately);
  bytes_lately = bytes_held;
}

/** What V8 has collected itself is gone for it at once: else it would let garbage grow beyond what it was told before. */
void collected(napi_env env, int64_t bytes) {
  bytes_collected += bytes;
  if (bytes_collected < megabyte) return;
  bytes_lately = std::max(bytes_held, bytes_lately - bytes_collected);
  tell(env, std::max(bytes_held, bytes_told - bytes_collected));
  bytes_collected = 0;
}

napi_value spare_handles(napi_env env) {
  napi_value array;
  if (spare != nullptr) {
    check(napi_get_reference_value(env, spare, &array), "spare handles");
    return array;
  }
  check(napi_create_array(env, &array), "spare handles");
  check(napi_create_reference(env, array, 1, &spare), "spare handles");
  return array;
}

void track(napi_env env, Handle* handle) {
  if (!handle->tensor.has_storage()) return;
  handle->storage = handle->tensor.storage().unsafeGetStorageImpl();
  auto& held = storages[handle->storage];
  if (held.handles++ > 0) return;
  held.bytes = static_cast<int64_t>(handle->storage->nbytes());
  hold(env, held.bytes);
}

void untrack(napi_env env, Handle* handle) {
  if (handle->storage == nullptr) return;
  const auto found = storages.find(handle->storage);
  handle->storage = nullptr;
  if (--found->second.handles > 0) return;
  hold(env, -found->second.bytes);
  storages.erase(found);
}

void release(napi_env env, Handle* handle) {
  if (!handle->tensor.defined()) return;
  untrack(env, handle);
  handle->tensor.reset();
  live--;
}

void finalize(napi_env env, void* data, void*) {
  auto* handle = static_cast<Handle*>(data);
  const int64_t before = bytes_held;
  release(env, handle);
  delete handle;
  collected(env, before - bytes_held);
}

Handle* handle_of(napi_env env, napi_value value) {
  void* data;
  check(napi_get_value_external(env, value, &data), "a tensor was expected");
  return static_cast<Handle*>(data);
}

/** A typed array with a copy of `bytes` bytes. */
napi_value typed_array(napi_env env, napi_typedarray_type type, size_t length, const void* source, size_t bytes) {
  void* memory;
  napi_value buffer;
  napi_value result;
  check(napi_create_arraybuffer(env, bytes, &memory, &buffer), "out of memory");
  if (bytes > 0) std::memcpy(memory, source, bytes);
  check(napi_create_typedarray(env, type, length, buffer, 0, &result), "typed array");
  return result;
}

/**
 * A copy on a device. A GPU takes it from pages that stay in place, so that nothing waits until it has done what was asked of it before;
 * libtorch keeps those pages until they are read.
 */
at::Tensor copied(const at::Tensor& borrowed, at::Device device, at::ScalarType wanted) {
  if (!device.is_cuda() || borrowed.numel() == 0) return borrowed.to(device, wanted, /*non_blocking=*/false, /*copy=*/true);
  return borrowed.to(wanted).pin_memory().to(device, wanted, /*non_blocking=*/true, /*copy=*/true);
}

}  // namespace

napi_value wrap(napi_env env, at::Tensor tensor) {
  if (!tensor.defined()) return null(env);
  napi_value result;
  Handle* handle;
  if (spare_count > 0) {
    const auto handles = spare_handles(env);
    check(napi_get_element(env, handles, --spare_count, &result), "spare handle");
    check(napi_set_element(env, handles, spare_count, undefined(env)), "spare handle");
    handle = handle_of(env, result);
  } else {
    handle = new Handle;
    const auto status = napi_create_external(env, handle, finalize, nullptr, &result);
    if (status != napi_ok) delete handle;
    check(status, "no handle could be made");
  }
  handle->tensor = std::move(tensor);
  live++;
  track(env, handle);
  return result;
}

const at::Tensor& unwrap(napi_env env, napi_value value) {
  const auto* handle = handle_of(env, value);
  if (!handle->tensor.defined()) throw std::invalid_argument("the tensor was disposed of");
  return handle->tensor;
}

std::vector<at::Tensor> unwrap_all(napi_env env, napi_value array) {
  std::vector<at::Tensor> result;
  each(env, array, [&](napi_value element) { result.push_back(unwrap(env, element)); });
  return result;
}

/** create(typedArray, dtype of its bytes, shape, dtype wanted, device): a copy of the values. */
napi_value create(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<5> args(env, info);
    void* values;
    size_t length;
    napi_typedarray_type type;
    check(napi_get_typedarray_info(env, args[0], &type, &length, &values, nullptr, nullptr), "a typed array was expected");
    const auto source = static_cast<at::ScalarType>(integer(env, args[1]));
    const auto sizes = integers(env, args[2]);
    const auto wanted = static_cast<at::ScalarType>(integer(env, args[3]));
    static char nothing[8];
    const auto borrowed = at::from_blob(values == nullptr ? nothing : values, sizes, at::TensorOptions().dtype(source));
    return wrap(env, copied(borrowed, at::Device(string(env, args[4])), wanted));
  });
}

/** data(handle, raw): a copy of the values, rows in order; half precisions widen to float32 unless the raw bytes are asked for. */
napi_value data(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<2> args(env, info);
    const bool raw = boolean(env, args[1]);
    auto values = unwrap(env, args[0]).detach().to(at::kCPU);
    if (!raw && (values.scalar_type() == at::kHalf || values.scalar_type() == at::kBFloat16)) values = values.to(at::kFloat);
    values = values.contiguous();
    const auto length = static_cast<size_t>(values.numel());
    const size_t bytes = length * values.element_size();
    if (raw) return typed_array(env, napi_uint8_array, bytes, values.data_ptr(), bytes);
    switch (values.scalar_type()) {
      case at::kFloat: return typed_array(env, napi_float32_array, length, values.data_ptr(), bytes);
      case at::kDouble: return typed_array(env, napi_float64_array, length, values.data_ptr(), bytes);
      case at::kLong: return typed_array(env, napi_bigint64_array, length, values.data_ptr(), bytes);
      case at::kInt: return typed_array(env, napi_int32_array, length, values.data_ptr(), bytes);
      default: return typed_array(env, napi_uint8_array, length, values.data_ptr(), bytes);
    }
  });
}

napi_value item(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<1> args(env, info);
    return to_js(env, unwrap(env, args[0]).item().toDouble());
  });
}

napi_value shape(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<1> args(env, info);
    const auto sizes = unwrap(env, args[0]).sizes();
    return list(env, sizes.size(), [&](size_t i) { return to_js(env, static_cast<double>(sizes[i])); });
  });
}

napi_value dtype(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<1> args(env, info);
    return to_js(env, static_cast<double>(unwrap(env, args[0]).scalar_type()));
  });
}

napi_value device(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<1> args(env, info);
    return to_js(env, unwrap(env, args[0]).device().str());
  });
}

napi_value channels_last(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<1> args(env, info);
    return to_js(env, unwrap(env, args[0]).suggest_memory_format() == at::MemoryFormat::ChannelsLast);
  });
}

/** set_data(handle, other): the handle's tensor takes over the other's values, type and place, and stays the same leaf of the graph. */
napi_value set_data(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<2> args(env, info);
    auto* handle = handle_of(env, args[0]);
    unwrap(env, args[0]);
    handle->tensor.set_data(unwrap(env, args[1]).detach());
    untrack(env, handle);
    track(env, handle);
    return undefined(env);
  });
}

napi_value dispose(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<1> args(env, info);
    auto* handle = handle_of(env, args[0]);
    if (!handle->tensor.defined()) return undefined(env);
    release(env, handle);
    if (spare_count < spare_limit) check(napi_set_element(env, spare_handles(env), spare_count++, args[0]), "spare handle");
    return undefined(env);
  });
}

napi_value live_tensors(napi_env env, napi_callback_info) { return to_js(env, static_cast<double>(live)); }

napi_value live_bytes(napi_env env, napi_callback_info) { return to_js(env, static_cast<double>(bytes_held)); }

}  // namespace semblant
